import type { Asking } from './asking.js';
import type { Chance } from './backoff.js';
import { CatchUp, type SyncOutcome } from './catchup.js';
import type { Connected, Guid, Heads, Member, MyRoom, ReadMarker, RoomEntry, RoomHead, RoomSync } from './contracts.generated.js';
import { ChatError, NotConnected } from './errors.js';
import type { Outbox } from './outbox.js';
import { type RoomRemoved, removedAs } from './removal.js';
import { ChatRoom } from './room.js';
import { type RoomOwner, RoomState } from './roomstate.js';
import type { RoomChange } from './sequencer.js';
import { Strays } from './strays.js';

/** What the rooms need from their client. */
export interface RoomsOwner extends Asking {
  readonly me: Guid;
  readonly isConnected: boolean;
  readonly messageTextBytes: number;
  readonly messagesKept: number;
  readonly outbox: Outbox;
  readonly chance: Chance;
  taken(roomId: Guid, change: RoomChange): void;
  reset(roomId: Guid): void;
  added(room: ChatRoom): void;
  removed(removed: RoomRemoved): void;
  /** What is shown is another. */
  changed(): void;
  /** {@link Rooms.isCatchingUp} may be another. */
  catchingUpChanged(): void;
}

const gapMs = 250;
const headsJitterMs = 500;
const syncRetryMs = 2_000;
const mostKnownRooms = 700;

/** My rooms, held in step with the server's. */
export class Rooms {
  readonly #owner: RoomsOwner;
  readonly #byId = new Map<Guid, ChatRoom>();
  readonly #strays = new Strays();
  /** The ends of my memberships, heard above a gap that can no longer be closed. */
  readonly #farewells = new Map<Guid, Member>();
  readonly #catchUp: CatchUp;
  #epoch = '';

  constructor(owner: RoomsOwner) {
    this.#owner = owner;
    this.#catchUp = new CatchUp({
      isNeeded: (roomId) => this.#byId.get(roomId)?.sequencer.isBehind ?? true,
      sync: (roomId) => this.#sync(roomId),
      changed: () => owner.catchingUpChanged(),
    });
  }

  get isCatchingUp(): boolean {
    return this.#catchUp.isBusy;
  }

  /** The life of the server's store; empty before the first connection. */
  get epoch(): string {
    return this.#epoch;
  }

  /** What is known of that life. */
  get heads(): readonly RoomHead[] {
    return this.all
      .filter(({ sequencer }) => sequencer.epoch === this.#epoch)
      .slice(0, mostKnownRooms)
      .map(({ id, sequencer }) => ({ roomId: id, head: sequencer.known }));
  }

  get all(): readonly ChatRoom[] {
    return [...this.#byId.values()];
  }

  get(roomId: Guid): ChatRoom | undefined {
    return this.#byId.get(roomId);
  }

  /** A connection is about to be made: what strays belonged to the last one. */
  begin(): void {
    this.#strays.clear();
    this.#farewells.clear();
  }

  /** Takes the answer to Connect. */
  take({ epoch, rooms, deleted, ended }: Connected): void {
    this.#epoch = epoch;
    for (const { roomId, reason } of deleted) this.drop({ roomId, cause: 'deleted', reason, until: null });
    for (const member of ended) this.drop(removedAs(member));
    const mine = new Set(rooms.map(({ room }) => room.roomId));
    for (const roomId of [...this.#byId.keys()]) if (!mine.has(roomId)) this.#lost(roomId);
    for (const mine of rooms) {
      // Live changes wait until now, so that what is known is what was told.
      this.#byId.get(mine.room.roomId)?.sequencer.connect(epoch, mine.head);
      this.#takeMine(mine, epoch, mine.sync);
    }
  }

  /** The connection is ready, and what came before it was taken. */
  connected(): void {
    for (const room of this.#byId.values()) {
      this.#syncIfBehind(room.id, 0);
      room.state.connected();
    }
    void this.#learnNames();
  }

  /** There is no connection. */
  disconnected(): void {
    for (const room of this.#byId.values()) room.state.disconnected();
    this.#catchUp.clear();
  }

  /** Takes the room that I came into. */
  enter({ mine, snapshot }: RoomEntry): ChatRoom {
    const room = this.#takeMine(mine, snapshot.epoch, snapshot);
    if (this.#owner.isConnected) room.state.connected();
    this.#syncIfBehind(room.id, gapMs);
    return room;
  }

  /** Lets go of a room. */
  drop(removed: RoomRemoved): void {
    this.#farewells.delete(removed.roomId);
    const room = this.#byId.get(removed.roomId);
    if (!room) return;
    room.state.close();
    this.#byId.delete(removed.roomId);
    this.#owner.outbox.forgetSent(removed.roomId);
    this.#owner.removed(removed);
  }

  /** Takes a live change. */
  hear(change: RoomChange): void {
    const { roomId } = change.record;
    const room = this.#byId.get(roomId);
    const mine = change.kind === 'member' && change.record.userId === this.#owner.me ? change.record : null;
    if (room) {
      if (mine && mine.state !== 'active') this.#farewells.set(roomId, mine);
      room.state.accept(change);
      return;
    }
    this.#strays.keep(change);
    // I joined on another device, or somebody opened a direct room with me: fetch it.
    if (mine?.state === 'active') this.#catchUp.ask(roomId, gapMs);
  }

  /** Takes the heads that the server announces now and then. */
  hearHeads({ rooms }: Heads): void {
    for (const { roomId, head } of rooms) {
      this.#byId.get(roomId)?.sequencer.hear(head);
      this.#syncIfBehind(roomId, this.#owner.chance() * headsJitterMs);
    }
  }

  /** Takes a room of mine, new or held; with what was missed, or with the snapshot it is entered by. */
  #takeMine(mine: MyRoom, epoch: string, sync: RoomSync | null): ChatRoom {
    let room = this.#byId.get(mine.room.roomId);
    if (room) room.state.take(mine);
    else room = this.#add(mine, epoch, sync ? 0 : mine.head);
    if (sync) room.state.applySync(sync);
    return room;
  }

  /** @param known All of the room's changes up to this one count as known. */
  #add(mine: MyRoom, epoch: string, known: number): ChatRoom {
    const room = new ChatRoom(new RoomState(this.#roomOwner(), mine, epoch, known));
    this.#byId.set(room.id, room);
    for (const change of this.#strays.take(room.id)) room.state.accept(change);
    this.#owner.added(room);
    return room;
  }

  #roomOwner(): RoomOwner {
    const owner = this.#owner;
    return {
      get me() { return owner.me; },
      get messageTextBytes() { return owner.messageTextBytes; },
      messagesKept: owner.messagesKept,
      outbox: owner.outbox,
      chance: owner.chance,
      hub: owner.hub,
      persist: (ask) => owner.persist(ask),
      taken: (roomId, change) => this.#taken(roomId, change),
      reset: (roomId) => owner.reset(roomId),
      behind: (roomId) => this.#syncIfBehind(roomId, gapMs),
      changed: () => owner.changed(),
    };
  }

  #taken(roomId: Guid, change: RoomChange): void {
    this.#owner.taken(roomId, change);
    if (change.kind === 'member' && change.record.userId === this.#owner.me && change.record.state !== 'active') this.drop(removedAs(change.record));
  }

  /** The server says that it is not mine; why, it may have said before. */
  #lost(roomId: Guid): void {
    const farewell = this.#farewells.get(roomId);
    this.drop(farewell ? removedAs(farewell) : { roomId, cause: 'unknown', reason: '', until: null });
  }

  #syncIfBehind(roomId: Guid, afterMs: number): void {
    if (this.#byId.get(roomId)?.sequencer.isBehind) this.#catchUp.ask(roomId, afterMs);
  }

  async #sync(roomId: Guid): Promise<SyncOutcome> {
    const room = this.#byId.get(roomId);
    if (room && !room.sequencer.isBehind) return { kind: 'level' };
    try {
      const sync = await this.#owner.hub.Sync({ roomId, version: room?.sequencer.known ?? 0, epoch: room?.sequencer.epoch ?? '' });
      // How much of a room that somebody else may have opened I have not read. A marker does not move back.
      const marker = room ? null : await this.#owner.hub.MarkRead({ roomId, seq: 1 });
      const synced = this.#byId.get(roomId);
      if (synced) synced.state.applySync(sync);
      else if (marker) this.#found(sync, marker);
      return synced?.sequencer.isBehind ? { kind: 'again', afterMs: gapMs } : { kind: 'level' };
    } catch (error) {
      if (error instanceof NotConnected) return { kind: 'gone' };
      if (error instanceof ChatError && (error.code === 'not_a_member' || error.code === 'not_found')) {
        this.#lost(roomId);
        return { kind: 'gone' };
      }
      const wait = (error instanceof ChatError ? error.retryAfterMs : null) ?? syncRetryMs;
      return { kind: 'again', afterMs: wait * (1 + this.#owner.chance()) };
    }
  }

  /** A room that became mine elsewhere, made from its snapshot. */
  #found(sync: RoomSync, marker: ReadMarker): void {
    const strays = this.#strays.take(sync.roomId);
    const membership = sync.members.find(({ userId }) => userId === this.#owner.me) ?? this.#myJoining(strays);
    if (!sync.room || !membership) return;
    const { room, head, memberCount } = sync;
    const { seq: readSeq, unread, unreadMentions } = marker;
    const found = this.#takeMine({ room, membership, head, memberCount, readSeq, unread, unreadMentions, sync: null }, sync.epoch, sync);
    for (const change of strays) found.state.accept(change);
    found.state.connected();
  }

  #myJoining(changes: readonly RoomChange[]): Member | undefined {
    return changes.flatMap((change) => (change.kind === 'member' ? [change.record] : [])).find(({ userId }) => userId === this.#owner.me);
  }

  /** Direct rooms are called by who is in them: one after another, so that many of them are no flood. */
  async #learnNames(): Promise<void> {
    for (const room of this.all) {
      const { room: { between }, between: known } = room.view;
      if (known.length >= between.length) continue;
      try {
        await room.loadPeople();
      } catch (error) {
        if (error instanceof NotConnected) return;
      }
    }
  }
}
