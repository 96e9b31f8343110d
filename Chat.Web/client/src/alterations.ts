import type { Asking } from './asking.js';
import type { Guid, Message, Reaction } from './contracts.generated.js';

/** What is being done to a message. */
export type Alteration = 'edit' | 'delete' | 'react' | 'pin';

/** What alterations need from their owner. */
export interface AlterationsOwner extends Asking {
  readonly roomId: Guid;
  readonly me: Guid;
  /** All changes of the room up to this version are shown. */
  readonly known: number;
  /** The server made it. */
  made(message: Message): void;
  /** What is shown is another. */
  changed(): void;
}

interface Pending {
  readonly seq: number;
  readonly what: Alteration;
  readonly show: (message: Message) => Message;
  /** The version that the server gave it; null while it is not known to be made. */
  version: number | null;
}

const asItIs = (message: Message): Message => message;

/**
 * What I do to messages that are in a room. Edits and reactions are shown at once, and taken back where they are refused;
 * deletions and pins are shown when they are made. Those of one message are made one after another, in order.
 */
export class Alterations {
  readonly #owner: AlterationsOwner;
  readonly #lines = new Map<number, Promise<unknown>>();
  #pending: readonly Pending[] = [];

  constructor(owner: AlterationsOwner) {
    this.#owner = owner;
  }

  /** By `seq`, what is on its way. */
  get pending(): ReadonlyMap<number, readonly Alteration[]> {
    const bySeq = new Map<number, Alteration[]>();
    for (const { seq, what } of this.#pending) bySeq.set(seq, [...(bySeq.get(seq) ?? []), what]);
    return bySeq;
  }

  edit(seq: number, text: string): Promise<Message> {
    return this.#make(seq, 'edit', (message) => ({ ...message, text }), (roomId) => this.#owner.hub.EditMessage({ roomId, seq, text }));
  }

  delete(seq: number): Promise<Message> {
    return this.#make(seq, 'delete', asItIs, (roomId) => this.#owner.hub.DeleteMessage({ roomId, seq }));
  }

  react(seq: number, emoji: string, isSet: boolean): Promise<Message> {
    const show = (message: Message): Message => ({ ...message, reactions: reacted(message.reactions, emoji, this.#owner.me, isSet) });
    return this.#make(seq, 'react', show, (roomId) => this.#owner.hub.SetReaction({ roomId, seq, emoji, isSet }));
  }

  pin(seq: number, isPinned: boolean): Promise<Message> {
    return this.#make(seq, 'pin', asItIs, (roomId) => this.#owner.hub.SetPin({ roomId, seq, isPinned }));
  }

  /** The messages with what is on its way. */
  shownOn(messages: readonly Message[]): readonly Message[] {
    if (this.#pending.length === 0) return messages;
    return messages.map((message) => this.#shown(message));
  }

  /** More of the room is shown: what is in it is no longer on its way. */
  settle(): void {
    if (this.#pending.length > 0) this.#keep(({ version }) => version === null || version > this.#owner.known);
  }

  /** The room was loaded afresh: what was made is in it. */
  reset(): void {
    this.#keep(({ version }) => version === null);
  }

  #shown(message: Message): Message {
    if (message.deletedAt !== null) return message;
    return this.#pending.reduce((shown, { seq, show }) => (seq === message.seq ? show(shown) : shown), message);
  }

  async #make(seq: number, what: Alteration, show: Pending['show'], ask: (roomId: Guid) => Promise<Message>): Promise<Message> {
    const pending: Pending = { seq, what, show, version: null };
    this.#pending = [...this.#pending, pending];
    this.#owner.changed();
    try {
      const message = await this.#inLine(seq, () => this.#owner.persist(() => ask(this.#owner.roomId)));
      pending.version = message.version;
      this.#owner.made(message);
      this.settle();
      return message;
    } catch (error) {
      this.#keep((other) => other !== pending);
      throw error;
    }
  }

  async #inLine<T>(seq: number, act: () => Promise<T>): Promise<T> {
    const before = this.#lines.get(seq) ?? Promise.resolve();
    const mine = before.then(act, act);
    this.#lines.set(seq, mine);
    try {
      return await mine;
    } finally {
      if (this.#lines.get(seq) === mine) this.#lines.delete(seq);
    }
  }

  #keep(which: (pending: Pending) => boolean): void {
    const kept = this.#pending.filter(which);
    if (kept.length === this.#pending.length) return;
    this.#pending = kept;
    this.#owner.changed();
  }
}

/** The reactions as the server would make them. */
function reacted(reactions: readonly Reaction[], emoji: string, me: Guid, isSet: boolean): readonly Reaction[] {
  const same = reactions.find((reaction) => reaction.emoji === emoji);
  if ((same?.userIds.includes(me) ?? false) === isSet) return reactions;
  if (!same) return [...reactions, { emoji, userIds: [me] }];
  const userIds = isSet ? [...same.userIds, me] : same.userIds.filter((id) => id !== me);
  return reactions.map((reaction) => (reaction === same ? { emoji, userIds } : reaction)).filter((reaction) => reaction.userIds.length > 0);
}
