import type { Message } from '@chat/client';
import * as actions from './actions';
import type { MessageAct } from './acts';
import { linkToMessage } from './address';
import { copy } from './copy';
import type { Desk } from './desk.svelte';
import { usedEmoji } from './emoji';
import { excerpt } from './text';

interface Beside {
  readonly message: Message;
  readonly anchor: Element;
}

/** What is being done with the messages of a list. */
export class Doing {
  /** The seq of the message that is being written anew. */
  editing = $state<number | null>(null);
  /** For which message a reaction is being chosen. */
  picking = $state.raw<Beside | null>(null);
  /** For which message the menu is open. */
  menu = $state.raw<Beside | null>(null);
  readonly #desk: Desk;
  readonly #reply: (message: Message) => void;

  constructor(desk: Desk, reply: (message: Message) => void) {
    this.#desk = desk;
    this.#reply = reply;
  }

  /** @param anchor What the message's own pop-ups lie beside. */
  start(act: MessageAct, message: Message, anchor: Element): void {
    const desk = this.#desk;
    switch (act) {
      case 'react':
        this.picking = { message, anchor };
        break;
      case 'reply':
        this.#reply(message);
        break;
      case 'thread':
        desk.open({ kind: 'thread', seq: message.threadSeq ?? message.seq, atSeq: null });
        break;
      case 'edit':
        this.editing = message.seq;
        break;
      case 'pin':
      case 'unpin':
        void desk.attempt(actions.pin(desk.client, message, act === 'pin'));
        break;
      case 'copy':
        void copy(message.text).then((done) => desk.toast(done ? 'Copied.' : 'The text could not be copied.'));
        break;
      case 'link':
        void copy(linkToMessage(message.roomId, message.threadSeq ?? message.seq)).then((done) => desk.toast(done ? 'The link is copied.' : 'The link could not be copied.'));
        break;
      case 'forward':
      case 'edits':
      case 'readers':
        desk.show({ kind: act, message });
        break;
      case 'delete':
        desk.show({
          kind: 'confirm',
          question: 'Delete this message?',
          explanation: message.text === '' ? 'Its files go with it.' : `“${excerpt(message.text)}”`,
          verb: 'Delete',
          yes: () => void desk.attempt(actions.deleteMessage(desk.client, message)),
        });
        break;
    }
  }

  async save(message: Message, text: string): Promise<boolean> {
    if (text.trim() === message.text.trim() || (await this.#desk.attempt(actions.edit(this.#desk.client, message, text)))) {
      this.editing = null;
      return true;
    }
    return false;
  }

  /** Sets my reaction, or takes it back. */
  toggle(message: Message, emoji: string): void {
    const isMine = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.userIds.includes(this.#desk.me));
    if (!isMine) usedEmoji(emoji);
    void this.#desk.attempt(actions.react(this.#desk.client, message, emoji, !isMine));
  }
}
