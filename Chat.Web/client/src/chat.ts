import type { Asking } from './asking.js';
import type { Chance } from './backoff.js';
import { Calls } from './calls.js';
import type { ChatEvents, ChatView } from './chatview.js';
import { Connection } from './connection.js';
import {
  ChatContract, type ChatClientEvents, type Closing, type CreateRoom, type FindPeople, type Guid, type Invitation, type JoinRoom, type ListRooms,
  type Message, type PeoplePage, type PresenceStatus, type RoomPage, type RoomSummary, type SearchMessages, type ServerLimits, type User,
  type UserPresence,
} from './contracts.generated.js';
import { Emitter } from './emitter.js';
import { ChatError, NotConnected } from './errors.js';
import { newGuid } from './guid.js';
import { type Hub, hubOver, type Invoke } from './hub.js';
import { Invitations } from './invitations.js';
import { type OpenLink, type Protocol, signalRLinks } from './link.js';
import { Picture, type Unsubscribe, type Watchable } from './notifier.js';
import type { Outgoing, SendOptions } from './outbox.js';
import { Pinger } from './pinger.js';
import type { ChatRoom } from './room.js';
import { Rooms, type RoomsOwner } from './rooms.js';
import { titleOf } from './roomview.js';
import { Search } from './search.js';
import type { RoomChange } from './sequencer.js';
import { Sessions } from './sessions.js';
import type { ConnectionState } from './state.js';
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
  /** How long the server may be silent before the connection counts as lost, and how long connecting may take, in milliseconds; 30,000 by default. */
  readonly serverTimeoutMs?: number;
  /** Instead of SignalR, for tests. */
  readonly openLink?: OpenLink;
  /** Instead of `Math.random`, for tests. */
  readonly chance?: Chance;
}

/** Before the first connection has told the server's own. */
const usualLimits: ServerLimits = { messageTextBytes: 16 * 1024, frameBytes: 64 * 1024, attachmentBytes: 16 * 1024 * 1024 };

const byName = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** Chat for one signed-in user: stays connected, holds its rooms in step with the server, and sends what it is given. */
export class ChatClient implements Watchable<ChatView> {
  /** All hub methods. They throw {@link ChatError} for a refusal and {@link NotConnected} without a connection. */
  readonly hub: Hub = hubOver((method, request) => this.#invoke?.(method, request) ?? Promise.reject(new NotConnected()));
  readonly #options: ChatOptions;
  readonly #chance: Chance;
  readonly #connection: Connection;
  readonly #calls = new Calls();
  readonly #asking: Asking = { hub: this.hub, persist: (ask) => this.#calls.make(ask) };
  /** My sign-ins on all devices. */
  readonly sessions = new Sessions(this.hub, (call) => this.#calls.make(call));
  readonly #rooms: Rooms;
  readonly #invitations = new Invitations();
  readonly #emitter = new Emitter<ChatEvents>();
  readonly #picture = new Picture<ChatView>(() => this.#draw());
  readonly #pinger = new Pinger((request) => this.hub.Ping(request), () => this.#picture.changed());
  #user: User | null = null;
  #limits = usualLimits;
  #invoke: Invoke | null = null;
  /** What came before the answer to Connect, which may be older. */
  #early: (() => void)[] | null = null;
  #presence: PresenceStatus = 'online';
  #sessionId: Guid | null = null;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.#chance = options.chance ?? Math.random;
    this.#rooms = new Rooms(this.#roomsOwner());
    const open = options.openLink ?? signalRLinks(options.server, () => options.accessToken(), options.protocol ?? 'json', options.serverTimeoutMs);
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
  send(roomId: Guid, text: string, options: SendOptions = {}): Outgoing {
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
    const writer = new StreamWriter({ ...this.#asking, wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
    return writer.write(start, pieces, (record) => this.#rooms.hear({ kind: 'message', record }));
  }

  /** A page of rooms to join, by name. */
  listRooms(request: ListRooms = {}): Promise<RoomPage> {
    return this.#calls.make(() => this.hub.ListRooms(request));
  }

  /** Makes a room. Over drops that last no longer than 10 s, as all below. */
  async createRoom(request: Omit<CreateRoom, 'roomId'>): Promise<ChatRoom> {
    const roomId = newGuid();
    return this.#rooms.enter(await this.#calls.make(() => this.hub.CreateRoom({ ...request, roomId })));
  }

  /** Comes into a room: with its password, with the code of a link, or with neither where it is open or I am invited. */
  async joinRoom(roomId: Guid, key: Omit<JoinRoom, 'roomId'> = {}): Promise<ChatRoom> {
    return this.#rooms.enter(await this.#calls.make(() => this.hub.JoinRoom({ ...key, roomId })));
  }

  /** The direct room with these people, the same one each time; with nobody: notes to myself. */
  async openDirect(userIds: readonly Guid[]): Promise<ChatRoom> {
    return this.#rooms.enter(await this.#calls.make(() => this.hub.OpenDirect({ userIds })));
  }

  async leaveRoom(roomId: Guid): Promise<void> {
    await this.#calls.make(() => this.hub.LeaveRoom({ roomId }));
    this.#rooms.drop({ roomId, cause: 'left', reason: '', until: null });
  }

  /** Deletes a room with all that is in it. @param reason For its members to read. */
  async deleteRoom(roomId: Guid, reason: string | null = null): Promise<void> {
    await this.#calls.make(() => this.hub.DeleteRoom({ roomId, reason }));
    this.#rooms.drop({ roomId, cause: 'deleted', reason: reason ?? '', until: null });
  }

  /** The room that a link leads to. */
  lookAtInvite(code: string): Promise<RoomSummary> {
    return this.#calls.make(() => this.hub.LookAtInvite({ code }));
  }

  /** Turns an invitation down. */
  async declineInvitation(roomId: Guid): Promise<void> {
    await this.#calls.make(() => this.hub.DeclineInvitation({ roomId }));
    this.#invitationEnded(roomId);
  }

  /** Looks for messages in one room or all of mine; {@link Search.more} loads the first page. */
  search(request: Omit<SearchMessages, 'after'>): Search {
    return new Search(this.#asking, request);
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
    const rooms = this.#rooms;
    const afterConnect = <T>(act: (told: T) => void) => (told: T): void => {
      if (this.#early) this.#early.push(() => act(told));
      else act(told);
    };
    return {
      MessageChanged: afterConnect((record) => rooms.hear({ kind: 'message', record })),
      MemberChanged: afterConnect((record) => rooms.hear({ kind: 'member', record })),
      RoomChanged: afterConnect((record) => rooms.hear({ kind: 'room', record })),
      RoomDeleted: afterConnect(({ roomId, reason }) => rooms.drop({ roomId, cause: 'deleted', reason, until: null })),
      TypingChanged: afterConnect((notice) => rooms.get(notice.roomId)?.state.heardTyping(notice)),
      PresenceChanged: afterConnect((notice) => rooms.get(notice.roomId)?.state.heardPresence(notice)),
      ReadMarkerMoved: afterConnect((marker) => rooms.get(marker.roomId)?.state.marker.heard(marker)),
      ReaderMoved: afterConnect((reader) => rooms.get(reader.roomId)?.state.heardReader(reader)),
      InvitationGiven: afterConnect((invitation) => this.#invited(invitation)),
      InvitationEnded: afterConnect(({ roomId }) => this.#invitationEnded(roomId)),
      HeadsAnnounced: afterConnect((heads) => rooms.hearHeads(heads)),
      StreamChunked: afterConnect((chunk) => rooms.get(chunk.roomId)?.state.heardStream(chunk)),
      SessionRevoked: (revoked) => this.#emitter.emit('sessionRevoked', revoked),
      Draining: (draining) => this.#connection.heardDraining(draining),
      NoticeGiven: (notice) => this.#emitter.emit('notice', notice),
      Closing: (closing) => this.#connection.heardClosing(closing),
    };
  }

  async #greet(invoke: Invoke): Promise<void> {
    this.#early = [];
    this.#rooms.begin();
    const connected = await hubOver(invoke).Connect({
      contractVersion: ChatContract.version,
      client: (this.#options.clientName ?? '').slice(0, 200),
      epoch: this.#rooms.epoch,
      known: this.#rooms.heads,
    });
    this.#invoke = invoke;
    this.#calls.up();
    this.#user = connected.user;
    this.#limits = connected.limits;
    this.#sessionId = connected.sessionId;
    this.#invitations.take(connected.invitations);
    this.#rooms.take(connected);
    this.#picture.changed();
    const early = this.#early ?? [];
    this.#early = null;
    for (const act of early) act();
    this.#rooms.connected();
    this.#pinger.start();
    if (this.#presence !== 'online') this.hub.SetPresence({ status: this.#presence }).catch(() => undefined);
  }

  #invited(invitation: Invitation): void {
    if (this.#rooms.get(invitation.room.room.roomId)) return;
    this.#invitations.given(invitation);
    this.#emitter.emit('invited', invitation);
    this.#picture.changed();
  }

  #invitationEnded(roomId: Guid): void {
    this.#invitations.ended(roomId);
    this.#picture.changed();
  }

  #roomsOwner(): RoomsOwner {
    const client = this;
    return {
      ...this.#asking,
      get me() { return client.#user?.id ?? ''; },
      get isConnected() { return client.#invoke !== null; },
      get messageTextBytes() { return client.#limits.messageTextBytes; },
      chance: this.#chance,
      taken: (roomId, change) => this.#taken(roomId, change),
      reset: (roomId) => this.#emitter.emit('reset', { roomId }),
      added: (room) => {
        this.#invitations.ended(room.id);
        this.#emitter.emit('roomAdded', { room });
        this.#picture.changed();
      },
      removed: (removed) => {
        this.#emitter.emit('roomRemoved', removed);
        this.#picture.changed();
      },
      changed: () => this.#picture.changed(),
      catchingUpChanged: () => this.#settle(),
    };
  }

  #taken(roomId: Guid, change: RoomChange): void {
    this.#emitter.emit('change', { roomId, change });
    if (change.kind === 'message') this.#emitter.emit('message', { roomId, message: change.record });
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
    this.#connection.setCatchingUp(this.#rooms.isCatchingUp);
  }

  #detach(): void {
    this.#early = null;
    if (!this.#invoke) return;
    this.#invoke = null;
    this.#pinger.stop();
    this.#rooms.disconnected();
  }

  #frameRefused({ code, message }: Closing): void {
    const reason = new ChatError(code === 'frame_too_large' ? 'too_large' : 'invalid', message);
    for (const room of this.#rooms.all) room.state.outbox.frameRefused(reason);
  }

  #draw(): ChatView {
    const me = this.#user?.id ?? '';
    return {
      state: this.state,
      user: this.#user,
      rooms: this.#rooms.all.map(({ view }) => view).sort((a, b) => byName.compare(titleOf(a, me), titleOf(b, me))),
      invitations: this.#invitations.list,
      roundTripMs: this.#pinger.roundTripMs,
    };
  }
}
