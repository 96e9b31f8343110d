import type { Chance } from './backoff.js';
import { CatchUp, type SyncOutcome } from './catchup.js';
import { Connection } from './connection.js';
import {
  ChatContract, type ChatClientEvents, type Closing, type Connected, type CreateRoom, type FindPeople, type Guid, type ListRooms, type Member, type Message,
  type MyRoom, type Notice, type PeoplePage, type PresenceStatus, type RoomEntry, type RoomPage, type RoomSync, type ServerLimits, type User, type UserPresence,
} from './contracts.generated.js';
import { Emitter } from './emitter.js';
import { ChatError, NotConnected } from './errors.js';
import { newGuid } from './guid.js';
import { Calls } from './calls.js';
import { type Hub, hubOver, type Invoke } from './hub.js';
import { type OpenLink, type Protocol, signalRLinks } from './link.js';
import { Picture, type Unsubscribe, type Watchable } from './notifier.js';
import type { Outgoing } from './outbox.js';
import { Pinger } from './pinger.js';
import { ChatRoom, type RoomView } from './room.js';
import type { RoomChange } from './sequencer.js';
import { Sessions } from './sessions.js';
import type { ConnectionState } from './state.js';
import { Strays } from './strays.js';
import { type StreamOptions, StreamWriter } from './streams.js';

export interface ChatOptions {
  /** Address of the server; may carry a path prefix. */
  readonly server: string;
  /**
   * Answers the access token for each new connection; after one was refused, another if there is one: see
   * {@link RenewedToken.get}. Throwing a {@link ChatError} `unauthenticated` ends the sign-in.
   */
  readonly accessToken: (refused?: string) => string | Promise<string>;
  /** Encoding on the wire; `json` by default. */
  readonly protocol?: Protocol;
  /** What this client is, for lists of devices: at most 200 characters. */
  readonly clientName?: string;
  /** Instead of SignalR, for tests. */
  readonly openLink?: OpenLink;
  /** Instead of `Math.random`, for tests. */
  readonly chance?: Chance;
}

/** The client as it is to be shown; it does not change, another takes its place. */
export interface ChatView {
  readonly state: ConnectionState;
  /** Who I am; null before the first connection. */
  readonly user: User | null;
  /** My rooms by name. */
  readonly rooms: readonly RoomView[];
  /** The last measured round trip in milliseconds; null before the first. */
  readonly roundTripMs: number | null;
}

/** What one can listen to with {@link ChatClient.on}. */
export interface ChatEvents {
  /** A change of a room was taken: each once, in the order of the room's versions. */
  change: { readonly roomId: Guid; readonly change: RoomChange };
  /** A message was taken for the first time in this form: posted, edited, deleted or reacted to. */
  message: { readonly roomId: Guid; readonly message: Message };
  /** The room was loaded afresh: what it holds now replaces what was told before. */
  reset: { readonly roomId: Guid };
  roomAdded: { readonly room: ChatRoom };
  roomRemoved: { readonly roomId: Guid; readonly reason: string };
  state: ConnectionState;
  notice: Notice;
  /** Another of my sessions was revoked. */
  sessionRevoked: { readonly sessionId: Guid };
}

const gapMs = 250;
const headsJitterMs = 500;
const syncRetryMs = 2_000;
const mostKnownRooms = 700;
/** Before the first connection has told the server's own. */
const usualLimits: ServerLimits = { messageTextBytes: 16 * 1024, frameBytes: 64 * 1024, attachmentBytes: 16 * 1024 * 1024 };

const byName = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** Chat for one signed-in user: stays connected, holds its rooms in step with the server, and sends what it is given. */
export class ChatClient implements Watchable<ChatView> {
  readonly #options: ChatOptions;
  readonly #chance: Chance;
  readonly #connection: Connection;
  readonly #rooms = new Map<Guid, ChatRoom>();
  readonly #strays = new Strays();
  readonly #catchUp = new CatchUp({
    isNeeded: (roomId) => this.#rooms.get(roomId)?.sequencer.isBehind ?? true,
    sync: (roomId) => this.#sync(roomId),
    changed: () => this.#settle(),
  });
  readonly #emitter = new Emitter<ChatEvents>();
  readonly #picture = new Picture<ChatView>(() => this.#draw());
  readonly #pinger = new Pinger((request) => this.hub.Ping(request), () => this.#picture.changed());
  #user: User | null = null;
  #epoch = '';
  #limits = usualLimits;
  readonly #calls = new Calls();
  #invoke: Invoke | null = null;
  /** Live changes that came before the answer to Connect. */
  #early: RoomChange[] | null = null;
  #presence: PresenceStatus = 'online';
  #sessionId: Guid | null = null;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.#chance = options.chance ?? Math.random;
    const open = options.openLink ?? signalRLinks(options.server, () => options.accessToken(), options.protocol ?? 'json');
    this.#connection = new Connection(open, {
      events: this.#events(),
      token: options.accessToken,
      greet: (invoke) => this.#greet(invoke),
      changed: (state) => this.#stateChanged(state),
      frameRefused: (closing) => this.#frameRefused(closing),
    }, this.#chance);
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  get user(): User | null {
    return this.#user;
  }

  get limits(): ServerLimits {
    return this.#limits;
  }

  /** The last measured round trip in milliseconds; null before the first. */
  get roundTripMs(): number | null {
    return this.#pinger.roundTripMs;
  }

  get view(): ChatView {
    return this.#picture.current;
  }

  /** All hub methods. They throw {@link ChatError} for a refusal and {@link NotConnected} without a connection. */
  readonly hub: Hub = hubOver((method, request) => this.#invoke?.(method, request) ?? Promise.reject(new NotConnected()));

  /** My sign-ins on all devices. */
  readonly sessions = new Sessions(this.hub, (call) => this.#calls.make(call));

  subscribe(run: (view: ChatView) => void): Unsubscribe {
    return this.#picture.subscribe(run);
  }

  on<K extends keyof ChatEvents>(name: K, listener: (event: ChatEvents[K]) => void): Unsubscribe {
    return this.#emitter.on(name, listener);
  }

  /** Connects, and stays connected until {@link stop}. */
  start(): void {
    this.#connection.start();
  }

  async stop(): Promise<void> {
    await this.#connection.stop();
  }

  /** Ends my session on this device, for good, and stops. Without a connection the server ends it when it was not used for its time. */
  async signOut(): Promise<void> {
    try {
      if (this.#sessionId !== null) await this.hub.RevokeSessions({ sessionId: this.#sessionId });
    } finally {
      await this.stop();
    }
  }

  /** Ends the wait for the next try to connect: the network is back, or somebody looks. */
  retryNow(): void {
    this.#connection.retryNow();
  }

  /** A room of mine. */
  room(roomId: Guid): ChatRoom | undefined {
    return this.#rooms.get(roomId);
  }

  /**
   * Posts a message; see {@link ChatRoom.send}.
   * @throws {ChatError} `not_a_member`, `invalid` or `too_large`.
   */
  send(roomId: Guid, text: string, options: { readonly replyToSeq?: number | null } = {}): Outgoing {
    const room = this.#rooms.get(roomId);
    if (!room) throw new ChatError('not_a_member', 'This room is not one of yours.');
    return room.send(text, options);
  }

  /**
   * Posts a message that is written while it is sent, such as the answer of a language model: the others see it grow. Over
   * drops that last no longer than 10 s it goes on from where the server is.
   * @throws {ChatError} Refused; what was sent until then stays, as cut off.
   */
  streamMessage(roomId: Guid, pieces: AsyncIterable<string>, options: StreamOptions = {}): Promise<Message> {
    const start = {
      roomId, clientMessageId: options.clientMessageId ?? newGuid(), replyToSeq: options.replyToSeq ?? null, threadSeq: options.threadSeq ?? null,
    };
    const writer = new StreamWriter({
      hub: this.hub,
      persist: (ask) => this.#calls.make(ask),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    return writer.write(start, pieces, (record) => this.#hear({ kind: 'message', record }));
  }

  /** A page of rooms to join, by name. */
  listRooms(request: ListRooms = {}): Promise<RoomPage> {
    return this.#calls.make(() => this.hub.ListRooms(request));
  }

  /** Over drops that last no longer than 10 s, as the two below. */
  async createRoom(request: Omit<CreateRoom, 'roomId'>): Promise<ChatRoom> {
    const roomId = newGuid();
    return this.#enter(await this.#calls.make(() => this.hub.CreateRoom({ ...request, roomId })));
  }

  async joinRoom(roomId: Guid): Promise<ChatRoom> {
    return this.#enter(await this.#calls.make(() => this.hub.JoinRoom({ roomId })));
  }

  async leaveRoom(roomId: Guid): Promise<void> {
    await this.#calls.make(() => this.hub.LeaveRoom({ roomId }));
    this.#drop(roomId, '');
  }

  /** Says how I want to be seen, on this and every later connection. */
  async setPresence(status: PresenceStatus): Promise<void> {
    this.#presence = status;
    await this.hub.SetPresence({ status });
  }

  /**
   * Sets what I say of myself, on all devices: at most 100 characters without line breaks; empty for nothing.
   * @param seconds For how long; null until it is set again.
   * @throws {ChatError} `invalid`.
   */
  setStatusText(text: string, seconds: number | null = null): Promise<UserPresence> {
    return this.#calls.make(() => this.hub.SetStatusText({ text, seconds }));
  }

  /** People by the beginning of their name, with their presence. */
  findPeople(request: FindPeople): Promise<PeoplePage> {
    return this.#calls.make(() => this.hub.FindPeople(request));
  }

  #events(): ChatClientEvents {
    return {
      MessageChanged: (record) => this.#hear({ kind: 'message', record }),
      MemberChanged: (record) => this.#hear({ kind: 'member', record }),
      RoomChanged: (record) => this.#hear({ kind: 'room', record }),
      RoomDeleted: ({ roomId, reason }) => this.#drop(roomId, reason),
      TypingChanged: (notice) => this.#rooms.get(notice.roomId)?.heardTyping(notice),
      PresenceChanged: (notice) => this.#rooms.get(notice.roomId)?.heardPresence(notice),
      ReadMarkerMoved: (marker) => this.#rooms.get(marker.roomId)?.heardReadMarker(marker),
      HeadsAnnounced: ({ rooms }) => {
        for (const { roomId, head } of rooms) {
          this.#rooms.get(roomId)?.sequencer.hear(head);
          this.#syncIfBehind(roomId, this.#chance() * headsJitterMs);
        }
      },
      ReaderMoved: () => undefined,
      InvitationGiven: () => undefined,
      InvitationEnded: () => undefined,
      StreamChunked: (chunk) => this.#rooms.get(chunk.roomId)?.heardStream(chunk),
      SessionRevoked: (revoked) => this.#emitter.emit('sessionRevoked', revoked),
      Draining: (draining) => this.#connection.heardDraining(draining),
      NoticeGiven: (notice) => this.#emitter.emit('notice', notice),
      Closing: (closing) => this.#connection.heardClosing(closing),
    };
  }

  async #greet(invoke: Invoke): Promise<void> {
    this.#early = [];
    this.#strays.clear();
    const connected = await hubOver(invoke).Connect({
      contractVersion: ChatContract.version,
      client: (this.#options.clientName ?? '').slice(0, 200),
      epoch: this.#epoch,
      known: [...this.#rooms.values()]
        .filter(({ sequencer }) => sequencer.epoch === this.#epoch)
        .slice(0, mostKnownRooms)
        .map(({ id, sequencer }) => ({ roomId: id, head: sequencer.known })),
    });
    this.#invoke = invoke;
    this.#calls.up();
    this.#takeConnected(connected);
    const early = this.#early ?? [];
    this.#early = null;
    for (const change of early) this.#hear(change);
    for (const room of this.#rooms.values()) {
      this.#syncIfBehind(room.id, 0);
      room.connected();
    }
    this.#pinger.start();
    if (this.#presence !== 'online') this.hub.SetPresence({ status: this.#presence }).catch(() => undefined);
  }

  #takeConnected({ user, epoch, rooms, limits, sessionId }: Connected): void {
    this.#user = user;
    this.#sessionId = sessionId;
    this.#epoch = epoch;
    this.#limits = limits;
    const mine = new Set(rooms.map(({ room }) => room.roomId));
    for (const roomId of [...this.#rooms.keys()]) if (!mine.has(roomId)) this.#drop(roomId, '');
    for (const mine of rooms) {
      // Live changes wait until now, so that what is known is what was told: the store went back, perhaps to a backup that
      // nobody gave a new epoch.
      const held = this.#rooms.get(mine.room.roomId);
      this.#takeMine(mine, epoch, mine.sync, held !== undefined && mine.head < held.sequencer.known);
    }
    this.#picture.changed();
  }

  /** Takes a room of mine, new or held; with what was missed, or with the snapshot it is entered by. */
  #takeMine(mine: MyRoom, epoch: string, sync: RoomSync | null, wentBack = false): ChatRoom {
    let room = this.#rooms.get(mine.room.roomId);
    if (room) room.take(mine, epoch, wentBack);
    else room = this.#add(mine, epoch, sync ? 0 : mine.head);
    if (sync) room.applySync(sync);
    return room;
  }

  /** @param known All of the room's changes up to this one count as known. */
  #add(mine: MyRoom, epoch: string, known: number): ChatRoom {
    const client = this;
    const room = new ChatRoom({
      get me() { return client.#user?.id ?? ''; },
      get messageTextBytes() { return client.#limits.messageTextBytes; },
      chance: this.#chance,
      hub: this.hub,
      persist: (ask) => this.#calls.make(ask),
      taken: (roomId, change) => this.#taken(roomId, change),
      reset: (roomId) => this.#emitter.emit('reset', { roomId }),
      changed: () => this.#picture.changed(),
    }, mine, epoch, known);
    this.#rooms.set(room.id, room);
    for (const change of this.#strays.take(room.id)) room.accept(change);
    this.#emitter.emit('roomAdded', { room });
    return room;
  }

  #enter({ mine, snapshot }: RoomEntry): ChatRoom {
    const room = this.#takeMine(mine, snapshot.epoch, snapshot);
    if (this.#invoke) room.connected();
    this.#syncIfBehind(room.id, gapMs);
    return room;
  }

  #drop(roomId: Guid, reason: string): void {
    const room = this.#rooms.get(roomId);
    if (!room) return;
    room.close();
    this.#rooms.delete(roomId);
    this.#emitter.emit('roomRemoved', { roomId, reason });
    this.#picture.changed();
  }

  #hear(change: RoomChange): void {
    if (this.#early) {
      this.#early.push(change);
      return;
    }
    const { roomId } = change.record;
    const room = this.#rooms.get(roomId);
    if (room) {
      room.accept(change);
      this.#syncIfBehind(roomId, gapMs);
      return;
    }
    this.#strays.keep(change);
    // I joined on another device: fetch the room.
    if (change.kind === 'member' && change.record.userId === this.#user?.id && change.record.state === 'active') this.#catchUp.ask(roomId, gapMs);
  }

  #taken(roomId: Guid, change: RoomChange): void {
    this.#emitter.emit('change', { roomId, change });
    if (change.kind === 'message') this.#emitter.emit('message', { roomId, message: change.record });
    if (change.kind === 'member' && change.record.userId === this.#user?.id && change.record.state !== 'active') this.#drop(roomId, '');
  }

  #syncIfBehind(roomId: Guid, afterMs: number): void {
    if (this.#rooms.get(roomId)?.sequencer.isBehind) this.#catchUp.ask(roomId, afterMs);
  }

  async #sync(roomId: Guid): Promise<SyncOutcome> {
    const room = this.#rooms.get(roomId);
    if (room && !room.sequencer.isBehind) return { kind: 'level' };
    try {
      const sync = await this.hub.Sync({ roomId, version: room?.sequencer.known ?? 0, epoch: room?.sequencer.epoch ?? '' });
      const synced = this.#rooms.get(roomId);
      if (synced) synced.applySync(sync);
      else if (!room) this.#foundBySync(sync);
      return synced?.sequencer.isBehind ? { kind: 'again', afterMs: gapMs } : { kind: 'level' };
    } catch (error) {
      if (error instanceof NotConnected) return { kind: 'gone' };
      if (error instanceof ChatError && (error.code === 'not_a_member' || error.code === 'not_found')) {
        this.#drop(roomId, '');
        return { kind: 'gone' };
      }
      const wait = (error instanceof ChatError ? error.retryAfterMs : null) ?? syncRetryMs;
      return { kind: 'again', afterMs: wait * (1 + this.#chance()) };
    }
  }

  /** A room that I joined on another device, made from its snapshot; nothing in it is unread to me. */
  #foundBySync(sync: RoomSync): void {
    const strays = this.#strays.take(sync.roomId);
    const membership = sync.members.find(({ userId }) => userId === this.#user?.id) ?? this.#myJoining(strays);
    if (!sync.room || !membership) return;
    const { room, head, memberCount } = sync;
    const mine: MyRoom = { room, membership, head, memberCount, readSeq: head, unread: 0, unreadMentions: 0, sync: null };
    const found = this.#takeMine(mine, sync.epoch, sync);
    for (const change of strays) found.accept(change);
    found.connected();
  }

  #myJoining(changes: readonly RoomChange[]): Member | undefined {
    return changes.flatMap((change) => (change.kind === 'member' ? [change.record] : [])).find(({ userId }) => userId === this.#user?.id);
  }

  #stateChanged(state: ConnectionState): void {
    if (state.name !== 'connected' && state.name !== 'catching_up') {
      this.#detach();
      this.#calls.down(state.name === 'stopped' || state.name === 'signed_out');
    }
    this.#emitter.emit('state', state);
    this.#picture.changed();
    if (state.name === 'connected') this.#settle();
  }

  #settle(): void {
    this.#connection.setCatchingUp(this.#catchUp.isBusy);
  }

  #detach(): void {
    this.#early = null;
    if (!this.#invoke) return;
    this.#invoke = null;
    this.#pinger.stop();
    for (const room of this.#rooms.values()) room.disconnected();
    this.#catchUp.clear();
  }

  #frameRefused({ code, message }: Closing): void {
    const reason = new ChatError(code === 'frame_too_large' ? 'too_large' : 'invalid', message);
    for (const room of this.#rooms.values()) room.frameRefused(reason);
  }

  #draw(): ChatView {
    return {
      state: this.state,
      user: this.#user,
      rooms: [...this.#rooms.values()].map(({ view }) => view).sort((a, b) => byName.compare(a.room.name, b.room.name)),
      roundTripMs: this.#pinger.roundTripMs,
    };
  }
}
