import { Alterations } from './alterations.js';
import type { Asking } from './asking.js';
import type { Chance } from './backoff.js';
import { Company } from './company.js';
import type { GetHistory, Guid, History, Member, Message, MyRoom, Room, RoomSync, StreamChunk } from './contracts.generated.js';
import { MyMarker } from './marker.js';
import { Picture } from './notifier.js';
import type { Outbox } from './outbox.js';
import { Pages } from './pages.js';
import type { RoomView } from './roomview.js';
import { type RoomChange, Sequencer } from './sequencer.js';
import { Threads } from './threads.js';

/** What a room needs from its client. */
export interface RoomOwner extends Asking {
  readonly me: Guid;
  readonly messageTextBytes: number;
  /** So many messages are held at most; see {@link Pages}. */
  readonly messagesKept: number;
  readonly outbox: Outbox;
  readonly chance: Chance;
  /** A change was taken: each one once, in the order of the versions. */
  taken(roomId: Guid, change: RoomChange): void;
  /** The room was loaded afresh; its changes follow. */
  reset(roomId: Guid): void;
  /** A change was held back: something before it is missing. */
  behind(roomId: Guid): void;
  /** What {@link RoomState.view} answers is another. */
  changed(): void;
}

/** What is known of a room of mine, put together from all that the server says. */
export class RoomState {
  readonly id: Guid;
  readonly owner: RoomOwner;
  readonly sequencer: Sequencer;
  readonly picture = new Picture<RoomView>(() => this.#draw());
  readonly pages: Pages;
  readonly threads = new Threads();
  readonly alterations: Alterations;
  readonly marker: MyMarker;
  readonly company: Company;
  #room: Room;
  #membership: Member;

  /** @param known All changes up to this one count as known; 0 where a snapshot follows. */
  constructor(owner: RoomOwner, mine: MyRoom, epoch: string, known: number) {
    const state = this;
    const roomId = mine.room.roomId;
    const changed = (): void => this.#changed();
    this.id = roomId;
    this.owner = owner;
    this.#room = mine.room;
    this.#membership = mine.membership;
    this.sequencer = new Sequencer(known, epoch);
    this.pages = new Pages({ ask: (position) => this.history(position), changed }, mine.head + 1, owner.messagesKept);
    this.alterations = new Alterations({
      roomId, changed, hub: owner.hub,
      get me() { return owner.me; },
      get known() { return state.sequencer.known; },
      persist: (ask) => owner.persist(ask),
      made: (record) => this.accept({ kind: 'message', record }),
    });
    this.marker = new MyMarker({
      roomId, changed, asking: owner, chance: owner.chance,
      get me() { return owner.me; },
      get timeline() { return state.pages.timeline; },
    });
    this.company = new Company({
      roomId, changed, asking: owner,
      get me() { return owner.me; },
    });
    this.take(mine);
    this.marker.startAt(known);
  }

  /** The message with this `seq`, if it is held. */
  messageAt(seq: number): Message | undefined {
    return this.pages.timeline.at(seq) ?? this.threads.messageAt(seq);
  }

  /** Takes what the server counted. */
  take(mine: MyRoom): void {
    const { isStale } = this.sequencer;
    if (isStale) {
      // Versions and markers of another life do not compare.
      this.#room = mine.room;
      this.#membership = mine.membership;
      this.company.readers.reset();
    }
    this.#takeRoom(mine.room);
    this.#takeMembership(mine.membership);
    this.sequencer.hear(mine.head);
    this.company.people.counted(mine.memberCount, mine.head, isStale);
    this.marker.counted(mine, isStale);
    this.#changed();
  }

  /** Takes a live change, or holds it back. */
  accept(change: RoomChange): void {
    for (const next of this.sequencer.accept(change)) this.#apply(next, true);
    this.#settle();
    if (this.sequencer.isBehind) this.owner.behind(this.id);
  }

  /** Takes the answer to a sync. */
  applySync(sync: RoomSync): void {
    const { reset, changes } = this.sequencer.applySync(sync);
    if (sync.epoch !== this.sequencer.epoch) return;
    this.company.people.counted(sync.memberCount, sync.head, reset);
    if (reset) this.#reset(sync);
    for (const change of changes) this.#apply(change, false);
    this.#settle();
    this.#changed();
  }

  /** A piece of a message that is still being written. */
  heardStream(chunk: StreamChunk): void {
    const { timeline } = this.pages;
    // Everybody in the room hears the pieces of its threads: they are not kept for a message that is known and not among these.
    const isOurs = chunk.seq > this.sequencer.known || timeline.at(chunk.seq) !== undefined;
    if (this.threads.grow(chunk) || (isOurs && timeline.grow(chunk))) this.#changed();
  }

  /** There is a connection, and the room was told what it missed. */
  connected(): void {
    this.company.connected();
    this.threads.reload();
    this.marker.connected();
  }

  disconnected(): void {
    this.company.disconnected();
    this.marker.disconnected();
  }

  /** Ends all timers; the room is not mine any more. */
  close(): void {
    this.disconnected();
  }

  /** Loads the last messages and the members, once. */
  async open(): Promise<void> {
    const messages = this.pages.isLoaded ? Promise.resolve() : this.pages.loadOlder();
    const people = this.company.people.isLoaded ? Promise.resolve() : this.company.load();
    await Promise.all([messages, people]);
  }

  history(position: Omit<GetHistory, 'roomId'>): Promise<History> {
    return this.owner.persist(() => this.owner.hub.GetHistory({ ...position, roomId: this.id }));
  }

  /** The server stored a message of mine. */
  stored(message: Message): void {
    this.accept({ kind: 'message', record: message });
    // A repeat may be answered long after the message came, and was forgotten again.
    if (message.version <= this.sequencer.known && message.clientMessageId) this.owner.outbox.arrived(message.clientMessageId);
  }

  /** What is shown is another. */
  changed(): void {
    this.#changed();
  }

  #reset(sync: RoomSync): void {
    this.pages.reset(sync.messages, sync.hasOlder, sync.head);
    this.company.people.reset(sync.members);
    if (sync.room) this.#room = sync.room;
    this.#membership = sync.members.find(({ userId }) => userId === this.owner.me) ?? this.#membership;
    this.owner.outbox.forgetSent(this.id);
    this.alterations.reset();
    this.marker.startAt(sync.head);
    this.threads.restart();
    this.owner.reset(this.id);
  }

  #apply(change: RoomChange, isLive: boolean): void {
    if (change.kind === 'room') this.#takeRoom(change.record);
    else if (change.kind === 'message') this.#takeMessage(change.record, isLive);
    else {
      this.company.put(change.record);
      this.#takeMembership(change.record);
    }
    this.owner.taken(this.id, change);
    this.#changed();
  }

  #takeRoom(room: Room): void {
    if (room.version > this.#room.version) this.#room = room;
  }

  #takeMembership(member: Member): void {
    if (member.userId === this.owner.me && member.version > this.#membership.version) this.#membership = member;
  }

  #takeMessage(message: Message, isLive: boolean): void {
    this.marker.take(message, this.messageAt(message.seq), isLive);
    this.pages.put(message);
    this.threads.take(message);
    this.company.people.countOn(message);
    if (message.authorId) this.company.typists.stopped(message.authorId);
    if (message.clientMessageId && message.authorId === this.owner.me) this.owner.outbox.arrived(message.clientMessageId);
  }

  #settle(): void {
    this.alterations.settle();
    this.marker.settle();
    this.pages.settle();
    this.threads.settle();
  }

  #changed(): void {
    this.picture.changed();
    this.threads.changed();
    this.owner.changed();
  }

  #draw(): RoomView {
    const { timeline } = this.pages;
    const { unread, mentions } = this.marker.counts;
    return {
      id: this.id,
      room: this.#room,
      membership: this.#membership,
      messages: this.alterations.shownOn(timeline.messages),
      outgoing: this.owner.outbox.of(this.id).filter(({ threadSeq }) => threadSeq === null),
      pending: this.alterations.pending,
      isLoaded: this.pages.isLoaded,
      isLoadingOlder: this.pages.isLoadingOlder,
      hasOlder: timeline.hasOlder,
      ...this.company.view(this.#room.between),
      readSeq: this.marker.seq,
      unread,
      unreadMentions: mentions,
    };
  }
}
