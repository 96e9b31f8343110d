import type { Chance } from './backoff.js';
import type {
  Guid, History, Member, Message, MyRoom, PresenceNotice, PresenceStatus, ReadMarker, Room, RoomSync, StreamChunk, TypingNotice, UserPresence,
} from './contracts.generated.js';
import { type ChatError, NotConnected } from './errors.js';
import type { Hub } from './hub.js';
import { Picture, type Unsubscribe, type Watchable } from './notifier.js';
import { Outbox, type Outgoing } from './outbox.js';
import { People } from './people.js';
import { MyReading } from './reading.js';
import { type RoomChange, Sequencer } from './sequencer.js';
import { checkText } from './text.js';
import { Timeline } from './timeline.js';
import { Typists } from './typists.js';

/** A room as it is to be shown; it does not change, another takes its place. */
export interface RoomView {
  readonly id: Guid;
  readonly room: Room;
  readonly membership: Member;
  /** The newest messages by `seq`, without a hole. */
  readonly messages: readonly Message[];
  /** What I wrote and is not among `messages` yet. */
  readonly outgoing: readonly Outgoing[];
  /** Whether the last messages were fetched. */
  readonly isLoaded: boolean;
  readonly isLoadingOlder: boolean;
  readonly hasOlder: boolean;
  /** The known members by name. */
  readonly members: readonly Member[];
  readonly hasMoreMembers: boolean;
  readonly memberCount: number;
  readonly onlineCount: number;
  /** Who is not offline. */
  readonly presence: ReadonlyMap<Guid, PresenceStatus>;
  /** All that was told of each: also what they say of themselves, and when those who are offline were here last. */
  readonly seen: ReadonlyMap<Guid, UserPresence>;
  /** Names of those who are typing. */
  readonly typing: readonly string[];
  readonly readSeq: number;
  readonly unread: number;
  readonly unreadMentions: number;
}

/** What a room needs from its client. */
export interface RoomOwner {
  readonly me: Guid;
  readonly messageTextBytes: number;
  readonly chance: Chance;
  /** Throws {@link NotConnected} inside its calls when there is no connection. */
  readonly hub: Hub;
  /** Asks again on the next connection when this one is lost over it: for what may be repeated. */
  persist<T>(ask: () => Promise<T>): Promise<T>;
  /** A change was taken: each one once, in the order of the versions. */
  taken(roomId: Guid, change: RoomChange): void;
  /** The room was loaded afresh; its changes follow. */
  reset(roomId: Guid): void;
  /** What {@link ChatRoom.view} answers is another. */
  changed(): void;
}

const typingEveryMs = 2_000;
const pageSize = 50;

/** A room of mine: what happened in it, who is there, and what I do in it. */
export class ChatRoom implements Watchable<RoomView> {
  readonly id: Guid;
  readonly sequencer: Sequencer;
  readonly #owner: RoomOwner;
  readonly #picture = new Picture<RoomView>(() => this.#draw());
  readonly #outbox: Outbox;
  readonly #people = new People();
  readonly #reading = new MyReading();
  readonly #typists = new Typists(() => this.#changed());
  #timeline: Timeline;
  #room: Room;
  #membership: Member;
  #isLoaded = false;
  #olderPage: Promise<void> | null = null;
  #life = 0;
  #typedAt = 0;
  #toMark = 0;
  #isMarking = false;

  /** @param known All changes up to this one count as known; 0 where a snapshot follows. */
  constructor(owner: RoomOwner, mine: MyRoom, epoch: string, known: number) {
    this.id = mine.room.roomId;
    this.#owner = owner;
    this.#room = mine.room;
    this.#membership = mine.membership;
    this.sequencer = new Sequencer(known, epoch);
    this.#timeline = new Timeline(mine.head + 1);
    this.#outbox = new Outbox({
      roomId: this.id,
      send: (request) => owner.hub.SendMessage(request),
      sent: (message) => this.#sent(message),
      changed: () => this.#changed(),
    }, owner.chance);
    this.take(mine, epoch);
  }

  get view(): RoomView {
    return this.#picture.current;
  }

  subscribe(run: (view: RoomView) => void): Unsubscribe {
    return this.#picture.subscribe(run);
  }

  // What the server says.

  /** Takes what the server counted, in the life of its store that `epoch` names. */
  take(mine: MyRoom, epoch: string, wentBack = false): void {
    this.sequencer.enterEpoch(epoch, wentBack);
    if (this.sequencer.isStale) {
      // Versions and markers of another life do not compare.
      this.#room = mine.room;
      this.#membership = mine.membership;
      this.#reading.reset();
    }
    this.#takeRoom(mine.room);
    this.#takeMembership(mine.membership);
    this.sequencer.hear(mine.head);
    this.#people.counted(mine.memberCount, mine.head, this.sequencer.isStale);
    this.#reading.counted(mine);
    this.#changed();
  }

  /** Takes a live change, or holds it back. */
  accept(change: RoomChange): void {
    for (const next of this.sequencer.accept(change)) this.#apply(next);
  }

  /** Takes the answer to a sync. */
  applySync(sync: RoomSync): void {
    const { reset, changes } = this.sequencer.applySync(sync);
    if (sync.epoch !== this.sequencer.epoch) return;
    this.#people.counted(sync.memberCount, sync.head, reset);
    if (reset) {
      this.#life++;
      this.#olderPage = null;
      this.#isLoaded = true;
      this.#timeline.reset(sync.messages, sync.hasOlder, sync.head);
      this.#people.reset(sync.members);
      if (sync.room) this.#room = sync.room;
      this.#membership = sync.members.find(({ userId }) => userId === this.#owner.me) ?? this.#membership;
      this.#outbox.forgetSent();
      this.#owner.reset(this.id);
    }
    for (const change of changes) this.#apply(change);
    this.#changed();
  }

  heardTyping(notice: TypingNotice): void {
    if (notice.userId !== this.#owner.me) this.#typists.hear(notice);
  }

  heardPresence(notice: PresenceNotice): void {
    this.#people.hear(notice);
    this.#changed();
  }

  heardReadMarker(marker: ReadMarker): void {
    if (marker.userId !== this.#owner.me) return;
    this.#reading.moved(marker.seq, marker.unread, this.sequencer.known);
    this.#changed();
  }

  /** A piece of a message that is still being written. */
  heardStream(chunk: StreamChunk): void {
    if (this.#timeline.grow(chunk)) this.#changed();
  }

  /** There is a connection, and the room was told what it missed. */
  connected(): void {
    this.#outbox.open();
    if (this.#people.isLoaded) void this.loadPeople().catch(() => undefined);
    void this.#mark();
  }

  disconnected(): void {
    this.#outbox.close();
    this.#typists.clear();
  }

  /** The server closes the connection because of a frame; see {@link Outbox.frameRefused}. */
  frameRefused(reason: ChatError): void {
    this.#outbox.frameRefused(reason);
  }

  /** Ends all timers; the room is not mine any more. */
  close(): void {
    this.disconnected();
  }

  // What I do.

  /**
   * Posts a message. It appears among `outgoing` at once and goes out as soon as it can.
   * @throws {ChatError} `invalid` or `too_large`: the server would refuse it.
   */
  send(text: string, options: { readonly replyToSeq?: number | null } = {}): Outgoing {
    const mistake = checkText(text, this.#owner.messageTextBytes);
    if (mistake) throw mistake;
    this.#typedAt = 0;
    return this.#outbox.add(text, options.replyToSeq ?? null);
  }

  /** Sends a failed message again. */
  retry(clientMessageId: Guid): void {
    this.#outbox.retry(clientMessageId);
  }

  /** Gives a failed message up. */
  drop(clientMessageId: Guid): void {
    this.#outbox.drop(clientMessageId);
  }

  /** Loads the last messages and the members, once. */
  async open(): Promise<void> {
    const messages = this.#isLoaded ? Promise.resolve() : this.loadOlder();
    const people = this.#people.isLoaded ? Promise.resolve() : this.loadPeople();
    await Promise.all([messages, people]);
  }

  /** Loads the page below the messages that are held. */
  loadOlder(limit: number = pageSize): Promise<void> {
    if (this.#isLoaded && !this.#timeline.hasOlder) return Promise.resolve();
    this.#olderPage ??= this.#loadOlder(limit, this.#life);
    this.#changed();
    return this.#olderPage;
  }

  /** Loads older messages until the one with this `seq` is held; answers whether it is. */
  async loadBackTo(seq: number, mostPages = 20): Promise<boolean> {
    for (let page = 0; page < mostPages && this.#timeline.from > seq && this.#timeline.hasOlder; page++) await this.loadOlder(200);
    return this.messageAt(seq) !== undefined;
  }

  /** The message with this `seq`, if it is held. */
  messageAt(seq: number): Message | undefined {
    return this.#timeline.at(seq);
  }

  /** The message with this `seq`, held or fetched; null when there is none. */
  async messageBySeq(seq: number): Promise<Message | null> {
    const held = this.#timeline.at(seq);
    if (held) return held;
    const page = await this.#owner.hub.GetHistory({ roomId: this.id, aroundSeq: seq, limit: 1 });
    return page.messages.find((message) => message.seq === seq) ?? null;
  }

  /** Forgets the oldest messages above so many; they can be loaded again. */
  trim(most: number): void {
    if (this.#timeline.trim(most)) this.#changed();
  }

  /** Loads the first members and who is here. */
  async loadPeople(): Promise<void> {
    await this.#people.load(true, () => this.#owner.persist(() => this.#owner.hub.ListMembers({ roomId: this.id, limit: 200 })));
    this.#changed();
  }

  /** Loads the next members. */
  async loadMorePeople(): Promise<void> {
    const after = this.#people.next;
    if (after === null) return;
    await this.#people.load(false, () => this.#owner.persist(() => this.#owner.hub.ListMembers({ roomId: this.id, after, limit: 200 })));
    this.#changed();
  }

  /** Tells the others that I am typing, at most every 2 s; or, once, that I stopped. */
  typing(isTyping: boolean): void {
    const now = Date.now();
    if (isTyping ? now - this.#typedAt < typingEveryMs : this.#typedAt === 0) return;
    this.#typedAt = isTyping ? now : 0;
    // Ephemeral: worth no second try.
    this.#owner.hub.SendTyping({ roomId: this.id, isTyping }).catch(() => undefined);
  }

  /** I have read up to this message. */
  markRead(seq: number): void {
    if (seq <= Math.max(this.#toMark, this.#reading.readSeq)) return;
    this.#toMark = seq;
    this.#reading.moved(seq, null, this.sequencer.known);
    this.#changed();
    void this.#mark();
  }

  #sent(message: Message): void {
    this.accept({ kind: 'message', record: message });
    // A repeat may be answered long after the message came, and was forgotten again.
    if (message.version <= this.sequencer.known && message.clientMessageId) this.#outbox.arrived(message.clientMessageId);
  }

  async #mark(): Promise<void> {
    if (this.#isMarking || this.#toMark === 0) return;
    this.#isMarking = true;
    const seq = this.#toMark;
    try {
      this.heardReadMarker(await this.#owner.hub.MarkRead({ roomId: this.id, seq }));
      if (this.#toMark === seq) this.#toMark = 0;
    } catch (error) {
      // Without a connection it waits for the next one; a refusal is not worth another try.
      if (!(error instanceof NotConnected) && this.#toMark === seq) this.#toMark = 0;
    }
    this.#isMarking = false;
    if (this.#toMark > seq) void this.#mark();
  }

  async #loadOlder(limit: number, life: number): Promise<void> {
    try {
      const page: History = await this.#owner.persist(() => this.#owner.hub.GetHistory({ roomId: this.id, beforeSeq: this.#timeline.from, limit }));
      if (life !== this.#life) return;
      this.#timeline.prepend(page);
      this.#isLoaded = true;
    } finally {
      if (life === this.#life) {
        this.#olderPage = null;
        this.#changed();
      }
    }
  }

  #apply(change: RoomChange): void {
    switch (change.kind) {
      case 'room':
        this.#takeRoom(change.record);
        break;
      case 'member':
        this.#people.put(change.record);
        this.#takeMembership(change.record);
        break;
      case 'message':
        this.#takeMessage(change.record);
        break;
    }
    this.#owner.taken(this.id, change);
    this.#changed();
  }

  #takeRoom(room: Room): void {
    if (room.version > this.#room.version) this.#room = room;
  }

  #takeMembership(member: Member): void {
    if (member.userId === this.#owner.me && member.version > this.#membership.version) this.#membership = member;
  }

  #takeMessage(message: Message): void {
    this.#timeline.put(message);
    this.#people.countOn(message);
    this.#reading.countOn(message, this.#owner.me);
    if (message.authorId) this.#typists.stopped(message.authorId);
    if (message.clientMessageId && message.authorId === this.#owner.me) this.#outbox.arrived(message.clientMessageId);
  }

  #changed(): void {
    this.#picture.changed();
    this.#owner.changed();
  }

  #draw(): RoomView {
    const { unread, mentions } = this.#reading.counts(this.#timeline, this.#owner.me);
    return {
      id: this.id,
      room: this.#room,
      membership: this.#membership,
      messages: this.#timeline.messages,
      outgoing: this.#outbox.items,
      isLoaded: this.#isLoaded,
      isLoadingOlder: this.#olderPage !== null,
      hasOlder: this.#timeline.hasOlder,
      members: this.#people.list(),
      hasMoreMembers: this.#people.next !== null,
      memberCount: this.#people.count,
      onlineCount: this.#people.onlineCount,
      presence: this.#people.presence,
      seen: this.#people.seen,
      typing: this.#typists.names,
      readSeq: this.#reading.readSeq,
      unread,
      unreadMentions: mentions,
    };
  }
}
