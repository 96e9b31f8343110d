import { Alterations } from './alterations.js';
import type { Asking } from './asking.js';
import type { Chance } from './backoff.js';
import type { GetHistory, Guid, History, Member, MemberPage, Message, MyRoom, PresenceNotice, Reader, Room, RoomSync, StreamChunk, TypingNotice } from './contracts.generated.js';
import { MyMarker } from './marker.js';
import { Picture } from './notifier.js';
import { Outbox } from './outbox.js';
import { Pages } from './pages.js';
import { People } from './people.js';
import { Readers } from './readers.js';
import type { RoomView } from './roomview.js';
import { type RoomChange, Sequencer } from './sequencer.js';
import { Threads } from './threads.js';
import { Typists } from './typists.js';

/** What a room needs from its client. */
export interface RoomOwner extends Asking {
  readonly me: Guid;
  readonly messageTextBytes: number;
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
  readonly outbox: Outbox;
  readonly alterations: Alterations;
  readonly marker: MyMarker;
  readonly #people = new People();
  readonly #readers = new Readers();
  readonly #typists = new Typists(() => this.#changed());
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
    this.pages = new Pages({ ask: (position) => this.history(position), changed }, mine.head + 1);
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
    this.outbox = new Outbox({ roomId, changed, send: (request) => owner.hub.SendMessage(request), sent: (message) => this.#sent(message) }, owner.chance);
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
      this.#readers.reset();
    }
    this.#takeRoom(mine.room);
    this.#takeMembership(mine.membership);
    this.sequencer.hear(mine.head);
    this.#people.counted(mine.memberCount, mine.head, isStale);
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
    this.#people.counted(sync.memberCount, sync.head, reset);
    if (reset) this.#reset(sync);
    for (const change of changes) this.#apply(change, false);
    this.#settle();
    this.#changed();
  }

  heardTyping(notice: TypingNotice): void {
    if (notice.userId !== this.owner.me) this.#typists.hear(notice);
  }

  heardPresence(notice: PresenceNotice): void {
    this.#people.hear(notice);
    this.#changed();
  }

  /** A piece of a message that is still being written. */
  heardStream(chunk: StreamChunk): void {
    if (this.threads.grow(chunk) || this.pages.timeline.grow(chunk)) this.#changed();
  }

  heardReader(reader: Reader): void {
    if (reader.userId === this.owner.me) return;
    this.#readers.hear(reader);
    this.#changed();
  }

  /** There is a connection, and the room was told what it missed. */
  connected(): void {
    this.outbox.open();
    if (this.#people.isLoaded) void this.loadPeople().catch(() => undefined);
    if (this.#readers.seqs) void this.loadReaders().catch(() => undefined);
    this.threads.reload();
    this.marker.connected();
  }

  disconnected(): void {
    this.outbox.close();
    this.#typists.clear();
  }

  /** Ends all timers; the room is not mine any more. */
  close(): void {
    this.disconnected();
    this.marker.close();
  }

  /** Loads the last messages and the members, once. */
  async open(): Promise<void> {
    const messages = this.pages.isLoaded ? Promise.resolve() : this.pages.loadOlder();
    const people = this.#people.isLoaded ? Promise.resolve() : this.loadPeople();
    await Promise.all([messages, people]);
  }

  async loadPeople(): Promise<void> {
    await this.#people.load(true, () => this.#membersAfter(null));
    this.#changed();
  }

  async loadMorePeople(): Promise<void> {
    const after = this.#people.next;
    if (after === null) return;
    await this.#people.load(false, () => this.#membersAfter(after));
    this.#changed();
  }

  async loadReaders(): Promise<void> {
    const { readers } = await this.owner.persist(() => this.owner.hub.ListReaders({ roomId: this.id }));
    this.#readers.take(readers, this.owner.me);
    this.#changed();
  }

  history(position: Omit<GetHistory, 'roomId'>): Promise<History> {
    return this.owner.persist(() => this.owner.hub.GetHistory({ ...position, roomId: this.id }));
  }

  /** Forgets the oldest messages above so many. */
  trim(most: number): void {
    if (this.pages.timeline.trim(most)) this.#changed();
  }

  #membersAfter(after: string | null): Promise<MemberPage> {
    return this.owner.persist(() => this.owner.hub.ListMembers({ roomId: this.id, after, limit: 200 }));
  }

  #sent(message: Message): void {
    this.accept({ kind: 'message', record: message });
    // A repeat may be answered long after the message came, and was forgotten again.
    if (message.version <= this.sequencer.known && message.clientMessageId) this.outbox.arrived(message.clientMessageId);
  }

  #reset(sync: RoomSync): void {
    this.pages.reset(sync.messages, sync.hasOlder, sync.head);
    this.#people.reset(sync.members);
    if (sync.room) this.#room = sync.room;
    this.#membership = sync.members.find(({ userId }) => userId === this.owner.me) ?? this.#membership;
    this.outbox.forgetSent();
    this.alterations.reset();
    this.marker.startAt(sync.head);
    this.threads.restart();
    this.owner.reset(this.id);
  }

  #apply(change: RoomChange, isLive: boolean): void {
    if (change.kind === 'room') this.#takeRoom(change.record);
    else if (change.kind === 'message') this.#takeMessage(change.record, isLive);
    else {
      this.#people.put(change.record);
      this.#takeMembership(change.record);
      if (change.record.state !== 'active') this.#readers.left(change.record.userId);
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
    this.#people.countOn(message);
    if (message.authorId) this.#typists.stopped(message.authorId);
    if (message.clientMessageId && message.authorId === this.owner.me) this.outbox.arrived(message.clientMessageId);
  }

  #settle(): void {
    this.alterations.settle();
    this.marker.settle();
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
      outgoing: this.outbox.items.filter(({ threadSeq = null }) => threadSeq === null),
      pending: this.alterations.pending,
      isLoaded: this.pages.isLoaded,
      isLoadingOlder: this.pages.isLoadingOlder,
      hasOlder: timeline.hasOlder,
      members: this.#people.list(),
      between: this.#people.only(this.#room.between),
      hasMoreMembers: this.#people.next !== null,
      memberCount: this.#people.count,
      onlineCount: this.#people.onlineCount,
      presence: this.#people.presence,
      seen: this.#people.seen,
      typing: this.#typists.names,
      readSeq: this.marker.seq,
      unread,
      unreadMentions: mentions,
      readers: this.#readers.seqs,
    };
  }
}
