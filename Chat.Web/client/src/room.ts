import type { Edits, Guid, Message, MessagePlace, Room, UpdateRoom } from './contracts.generated.js';
import { InviteLinks } from './links.js';
import { Moderation } from './moderation.js';
import type { Unsubscribe, Watchable } from './notifier.js';
import type { Outgoing, SendOptions } from './outgoing.js';
import type { RoomState } from './roomstate.js';
import type { RoomView } from './roomview.js';
import type { Sequencer } from './sequencer.js';
import { checkText } from './text.js';
import { ChatThread } from './thread.js';
import { MyTyping } from './typists.js';

/** A room of mine: what happened in it, who is there, and what I do in it. */
export class ChatRoom implements Watchable<RoomView> {
  readonly id: Guid;
  /** Keeping order among its members. */
  readonly moderation: Moderation;
  /** The links that let people in. */
  readonly links: InviteLinks;
  /** Where the client puts what the server says; for nobody else. @internal */
  readonly state: RoomState;
  readonly #typing: MyTyping;

  constructor(state: RoomState) {
    const { id: roomId, owner } = state;
    this.id = roomId;
    this.state = state;
    this.moderation = new Moderation(roomId, owner, (record) => state.accept({ kind: 'member', record }));
    this.links = new InviteLinks(roomId, owner);
    // Ephemeral: worth no second try.
    this.#typing = new MyTyping((isTyping) => void owner.hub.SendTyping({ roomId, isTyping }).catch(() => undefined));
  }

  get view(): RoomView {
    return this.state.picture.current;
  }

  /** How far the room's changes are known. */
  get sequencer(): Sequencer {
    return this.state.sequencer;
  }

  /** {@link view}, to be handed on as a function. */
  readonly getView = (): RoomView => this.view;

  readonly subscribe = (run: (view: RoomView) => void): Unsubscribe => this.state.picture.subscribe(run);

  // What I write.

  /**
   * Posts a message. It appears among `outgoing` at once, is kept before its first try, and goes out as soon as it can.
   * @throws {ChatError} `invalid` or `too_large`: the server would refuse it.
   */
  send(text: string, options: SendOptions = {}): Outgoing {
    const item = this.state.owner.outbox.add(this.id, text, options);
    this.#typing.sent();
    return item;
  }

  /** Posts a message of this or another room of mine here: its text and files as they are when it goes out. */
  forward(from: MessagePlace, options: Pick<SendOptions, 'threadSeq'> = {}): Outgoing {
    return this.state.owner.outbox.add(this.id, '', options, { roomId: from.roomId, seq: from.seq });
  }

  /**
   * Gives a message of mine another text, which is shown at once and taken back where it is refused.
   * @throws {ChatError}
   */
  async edit(seq: number, text: string): Promise<Message> {
    const hasFiles = (this.messageAt(seq)?.attachments.length ?? 0) > 0;
    const mistake = checkText(text, this.state.owner.messageTextBytes, hasFiles);
    if (mistake) throw mistake;
    return this.state.alterations.edit(seq, text);
  }

  /** Takes the content of a message away, my own or as a moderator. @throws {ChatError} */
  delete(seq: number): Promise<Message> {
    return this.state.alterations.delete(seq);
  }

  /** Sets a reaction of mine or takes it back, shown at once and undone where it is refused. @throws {ChatError} */
  react(seq: number, emoji: string, isSet = true): Promise<Message> {
    return this.state.alterations.react(seq, emoji, isSet);
  }

  /** Pins a message or takes it off. @throws {ChatError} */
  pin(seq: number, isPinned = true): Promise<Message> {
    return this.state.alterations.pin(seq, isPinned);
  }

  /** Tells the others that I am typing, at most every 2 s; or, once, that I stopped. */
  typing(isTyping: boolean): void {
    this.#typing.set(isTyping);
  }

  // What I read.

  /** Loads the last messages and the members, once. */
  open(): Promise<void> {
    return this.state.open();
  }

  /** Loads the page below the messages that are held. */
  loadOlder(limit?: number): Promise<void> {
    return this.state.pages.loadOlder(limit);
  }

  /** Loads older messages until the one with this `seq` is held; answers whether it is. */
  loadBackTo(seq: number, mostPages = 20): Promise<boolean> {
    return this.state.pages.loadBackTo(seq, mostPages);
  }

  /** The message with this `seq`, if it is held. */
  messageAt(seq: number): Message | undefined {
    return this.state.messageAt(seq);
  }

  /** The message with this `seq`, held or fetched; null when there is none, or it is in a thread that nobody uses. */
  async messageBySeq(seq: number): Promise<Message | null> {
    const held = this.messageAt(seq);
    if (held) return held;
    const page = await this.state.history({ aroundSeq: seq, limit: 1 });
    return page.messages.find((message) => message.seq === seq) ?? null;
  }

  /** The thread of a message: it may have none yet. */
  thread(rootSeq: number): ChatThread {
    return this.state.threads.find(rootSeq) ?? this.#newThread(rootSeq);
  }

  /** Lets go of the oldest messages above so many, and no longer keeps what was paged in; they can be loaded again. */
  trim(most: number): void {
    this.state.pages.trim(most);
  }

  /** What a message said, from first to last. */
  getEdits(seq: number): Promise<Edits> {
    return this.state.owner.persist(() => this.state.owner.hub.GetEdits({ roomId: this.id, seq }));
  }

  /** What is pinned, by `seq`. */
  async listPins(): Promise<readonly Message[]> {
    return (await this.state.owner.persist(() => this.state.owner.hub.ListPins({ roomId: this.id }))).messages;
  }

  /** I have read up to this message; with the last one of the room, or without a `seq`, all there is, in threads too. */
  markRead(seq?: number): void {
    this.state.marker.move(seq);
  }

  /** Loads how far the others have read, and keeps it in step from then on; empty in rooms above 50 members. */
  loadReaders(): Promise<void> {
    return this.state.company.loadReaders();
  }

  // Who is here, and the room itself.

  /** Loads the first members and who is here. */
  loadPeople(): Promise<void> {
    return this.state.company.load();
  }

  /** Loads the next members. */
  loadMorePeople(): Promise<void> {
    return this.state.company.loadMore();
  }

  /** Changes the room's name, topic or rules; what is left out stays. @throws {ChatError} */
  async update(change: Omit<UpdateRoom, 'roomId'>): Promise<Room> {
    const room = await this.state.owner.persist(() => this.state.owner.hub.UpdateRoom({ ...change, roomId: this.id }));
    this.state.accept({ kind: 'room', record: room });
    return room;
  }

  /** Makes the room one for reading only, or one to write in again. @throws {ChatError} */
  archive(isArchived = true): Promise<Room> {
    return this.update({ isArchived });
  }

  #newThread(rootSeq: number): ChatThread {
    const state = this.state;
    return new ChatThread({
      roomId: this.id,
      get known() { return state.sequencer.known; },
      messagesKept: state.owner.messagesKept,
      get outgoing() { return state.owner.outbox.of(state.id); },
      get pending() { return state.alterations.pending; },
      shownOn: (messages) => state.alterations.shownOn(messages),
      find: (seq) => this.messageBySeq(seq),
      ask: (position) => state.history(position),
      send: (text, options) => this.send(text, options),
      hold: (thread) => state.threads.hold(thread),
      release: (thread) => state.threads.release(thread),
    }, rootSeq);
  }
}
