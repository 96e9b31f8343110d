import type { ChatEvents, ChatView } from './chatview.js';
import { Connection } from './connection.js';
import {
  ChatContract, type CreateRoom, type FindPeople, type Guid, type JoinRoom, type ListRooms, type Message, type PeoplePage, type PresenceStatus,
  type RoomPage, type RoomSummary, type SearchMessages, type ServerLimits, type User, type UserPresence,
} from './contracts.generated.js';
import { Emitter } from './emitter.js';
import { ChatError } from './errors.js';
import { newGuid } from './guid.js';
import { type Hub, hubOver, type Invoke } from './hub.js';
import { Inbox } from './inbox.js';
import { Invitations } from './invitations.js';
import { signalRLinks, trimServer } from './link.js';
import { Picture, type Unsubscribe, type Watchable } from './notifier.js';
import { type ChatOptions, usualMessagesKept } from './options.js';
import { Outbox } from './outbox.js';
import { memoryOutbox } from './outboxstore.js';
import { checkRequest, type Outgoing, type SendOptions } from './outgoing.js';
import type { ChatRoom } from './room.js';
import { Rooms, type RoomsOwner } from './rooms.js';
import { byTitle } from './roomview.js';
import { Search } from './search.js';
import type { RoomChange } from './sequencer.js';
import { Sessions } from './sessions.js';
import type { ConnectionState } from './state.js';
import { type StreamOptions, StreamWriter } from './streams.js';
import { Vigil } from './vigil.js';
import { Visit } from './visit.js';

/** Chat for one signed-in user: stays connected, holds its rooms in step with the server, and sends what it is given. */
export class ChatClient implements Watchable<ChatView> {
  readonly #visit: Visit;
  /** All hub methods. They throw {@link ChatError} for a refusal and {@link NotConnected} without a connection. */
  readonly hub: Hub;
  readonly #options: ChatOptions;
  readonly #connection: Connection;
  /** My sign-ins on all devices. */
  readonly sessions: Sessions;
  readonly #outbox: Outbox;
  readonly #rooms: Rooms;
  readonly #inbox: Inbox;
  readonly #invitations = new Invitations();
  readonly #emitter = new Emitter<ChatEvents>();
  readonly #picture = new Picture<ChatView>(() => this.#draw());
  readonly #vigil = new Vigil({ slept: () => this.#connection.renew('The machine was asleep.'), stirred: () => this.#stirred() });

  constructor(options: ChatOptions) {
    const { server, accessToken, protocol = 'json', transport = 'any', outbox = memoryOutbox(), chance = Math.random, serverTimeoutMs = 30_000 } = options;
    this.#options = options;
    this.#visit = new Visit(protocol, () => this.#picture.changed(), serverTimeoutMs / 2);
    this.hub = this.#visit.hub;
    this.sessions = new Sessions(this.hub, this.#visit.persist);
    this.#outbox = new Outbox({
      check: (request) => checkRequest(request, this.limits, protocol),
      post: (request) => this.hub.SendMessage(request),
      stored: (message) => this.#stored(message),
      changed: (item) => this.#outgoingChanged(item),
      keepingChanged: () => this.#picture.changed(),
    }, outbox, chance);
    this.#rooms = new Rooms(this.#roomsOwner(options));
    this.#inbox = new Inbox(() => ({
      connection: this.#connection, rooms: this.#rooms, invitations: this.#invitations, emitter: this.#emitter, picture: this.#picture,
    }));
    const rooms = this.#rooms;
    this.#connection = new Connection(options.openLink ?? signalRLinks(server, () => accessToken(), protocol, transport, serverTimeoutMs), {
      events: this.#inbox.events,
      token: accessToken,
      greet: (invoke, isCurrent) => this.#greet(invoke, isCurrent),
      get isCatchingUp() { return rooms.isCatchingUp; },
      changed: (state) => this.#stateChanged(state),
      frameRefused: (closing) => this.#visit.frameRefused(closing),
    }, chance);
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  get user(): User | null {
    return this.#visit.user;
  }

  get limits(): ServerLimits {
    return this.#visit.limits;
  }

  /** The last measured round trip in milliseconds; null before the first. */
  get roundTripMs(): number | null {
    return this.#visit.roundTripMs;
  }

  get view(): ChatView {
    return this.#picture.current;
  }

  /** {@link view}, to be handed on as a function. */
  readonly getView = (): ChatView => this.view;

  readonly subscribe = (run: (view: ChatView) => void): Unsubscribe => this.#picture.subscribe(run);

  on<K extends keyof ChatEvents>(name: K, listener: (event: ChatEvents[K]) => void): Unsubscribe {
    return this.#emitter.on(name, listener);
  }

  /** Connects, and stays connected until {@link stop}. */
  start(): void {
    const userId = this.user?.id ?? this.#options.userId;
    if (userId !== undefined) this.#openOutbox(userId);
    this.#connection.start();
  }

  async stop(): Promise<void> {
    await this.#connection.stop();
  }

  /**
   * Ends my session on this device, for good, and stops. Without a connection the server ends it when it was not used for
   * its time. What was not sent waits in the outbox; not that of a guest, who cannot come back.
   */
  async signOut(): Promise<void> {
    const { sessionId } = this.#visit;
    // Before the session ends: that closes the outbox.
    const cleared = this.user?.kind === 'guest' ? this.#outbox.clear() : undefined;
    try {
      if (sessionId !== null) await this.hub.RevokeSessions({ sessionId });
    } finally {
      await cleared;
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
   * Posts a message: it is kept, shown among `outgoing` at once, and goes out as soon as it can. The room need not be one of
   * mine yet; where the server refuses it for that, it fails as any other does.
   * @throws {ChatError} `invalid` or `too_large`: the server would refuse it.
   */
  send(roomId: Guid, text: string, options: SendOptions = {}): Outgoing {
    return this.#rooms.get(roomId)?.send(text, options) ?? this.#outbox.add(roomId, text, options);
  }

  /** What I wrote and is not in its room yet, in the order it was written; also for rooms that are not mine. */
  get outgoing(): readonly Outgoing[] {
    return this.#outbox.items;
  }

  /** Whether all of `outgoing` outlives this page or process. False where the outbox is in memory, by choice or for want of better. */
  get isOutboxKept(): boolean {
    return this.#outbox.isKept;
  }

  /** Sends a failed message again. @throws {ChatError} `not_found`: no such message failed; as of all below. */
  retryOutgoing(clientMessageId: Guid): void {
    this.#outbox.retry(clientMessageId);
  }

  /** Sends a failed message again with another text; it has another id from then on. @throws {ChatError} `invalid` or `too_large`. */
  editOutgoing(clientMessageId: Guid, text: string): Outgoing {
    return this.#outbox.edit(clientMessageId, text);
  }

  /** Gives a failed message up. */
  dropOutgoing(clientMessageId: Guid): void {
    this.#outbox.drop(clientMessageId);
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
    const writer = new StreamWriter({ hub: this.hub, persist: this.#visit.persist, wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
    return writer.write(start, pieces, (record) => this.#rooms.hear({ kind: 'message', record }));
  }

  /** A page of rooms to join, by name. */
  listRooms(request: ListRooms = {}): Promise<RoomPage> {
    return this.#visit.persist(() => this.hub.ListRooms(request));
  }

  /** Makes a room. Over drops that last no longer than 10 s, as all below. */
  async createRoom(request: Omit<CreateRoom, 'roomId'>): Promise<ChatRoom> {
    const roomId = newGuid();
    return this.#rooms.enter(await this.#visit.persist(() => this.hub.CreateRoom({ ...request, roomId })));
  }

  /** Comes into a room: with its password, with the code of a link, or with neither where it is open or I am invited. */
  async joinRoom(roomId: Guid, key: Omit<JoinRoom, 'roomId'> = {}): Promise<ChatRoom> {
    return this.#rooms.enter(await this.#visit.persist(() => this.hub.JoinRoom({ ...key, roomId })));
  }

  /** The direct room with these people, the same one each time; with nobody: notes to myself. */
  async openDirect(userIds: readonly Guid[]): Promise<ChatRoom> {
    return this.#rooms.enter(await this.#visit.persist(() => this.hub.OpenDirect({ userIds })));
  }

  async leaveRoom(roomId: Guid): Promise<void> {
    await this.#visit.persist(() => this.hub.LeaveRoom({ roomId }));
    this.#rooms.drop({ roomId, cause: 'left', reason: '', until: null });
  }

  /** Deletes a room with all that is in it. @param reason For its members to read. */
  async deleteRoom(roomId: Guid, reason: string | null = null): Promise<void> {
    await this.#visit.persist(() => this.hub.DeleteRoom({ roomId, reason }));
    this.#rooms.drop({ roomId, cause: 'deleted', reason: reason ?? '', until: null });
  }

  /** The room that a link leads to. */
  lookAtInvite(code: string): Promise<RoomSummary> {
    return this.#visit.persist(() => this.hub.LookAtInvite({ code }));
  }

  /** Turns an invitation down. */
  async declineInvitation(roomId: Guid): Promise<void> {
    await this.#visit.persist(() => this.hub.DeclineInvitation({ roomId }));
    this.#invitations.ended(roomId);
    this.#picture.changed();
  }

  /** Looks for messages in one room or all of mine; {@link Search.more} loads the first page. */
  search(request: Omit<SearchMessages, 'after'>): Search {
    return new Search(this.#visit, request);
  }

  /** Says how I want to be seen, on this and every later connection. */
  setPresence(status: PresenceStatus): Promise<void> {
    return this.#visit.setPresence(status);
  }

  /**
   * Sets what I say of myself, on all devices: at most 100 characters without line breaks; empty for nothing.
   * @param seconds For how long; null until it is set again.
   * @throws {ChatError} `invalid`.
   */
  setStatusText(text: string, seconds: number | null = null): Promise<UserPresence> {
    return this.#visit.persist(() => this.hub.SetStatusText({ text, seconds }));
  }

  /** People by the beginning of their name, with their presence. */
  findPeople(request: FindPeople): Promise<PeoplePage> {
    return this.#visit.persist(() => this.hub.FindPeople(request));
  }

  async #greet(invoke: Invoke, isCurrent: () => boolean): Promise<void> {
    this.#inbox.hold();
    this.#rooms.begin();
    const connected = await hubOver(invoke).Connect({
      contractVersion: ChatContract.version,
      client: (this.#options.clientName ?? '').slice(0, 200),
      epoch: this.#rooms.epoch,
      known: this.#rooms.heads,
    });
    // Each of them may tell listeners, and one of those may stop the client.
    const steps = [
      () => this.#visit.enter(invoke, connected),
      () => this.#openOutbox(connected.user.id),
      () => this.#invitations.take(connected.invitations),
      () => this.#rooms.take(connected),
      () => this.#picture.changed(),
      () => this.#inbox.release(),
      () => this.#rooms.connected(),
      () => this.#outbox.connected(),
      () => this.#visit.begin(),
    ];
    for (const step of steps) if (isCurrent()) step();
  }

  #openOutbox(userId: Guid): void {
    this.#outbox.openFor(`${trimServer(this.#options.server)} ${userId}`);
  }

  /** Answers whether it will appear in a room. */
  #stored(message: Message): boolean {
    const room = this.#rooms.get(message.roomId);
    room?.state.stored(message);
    return room !== undefined;
  }

  #outgoingChanged(item: Outgoing): void {
    this.#rooms.get(item.roomId)?.state.changed();
    this.#emitter.emit('outgoing', item);
    this.#picture.changed();
  }

  /** Tries now, or sees whether the link is alive. */
  #stirred(): void {
    this.#connection.retryNow();
    void this.#visit.isDead().then((isDead) => isDead && this.#connection.renew('The connection does not answer.'));
  }

  #roomsOwner({ chance = Math.random, messagesKept = usualMessagesKept }: ChatOptions): RoomsOwner {
    const client = this;
    return {
      hub: this.hub, persist: this.#visit.persist,
      get me() { return client.user?.id ?? ''; },
      get isConnected() { return client.#visit.isOpen; },
      get messageTextBytes() { return client.limits.messageTextBytes; },
      chance, messagesKept,
      outbox: this.#outbox,
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
      catchingUpChanged: () => this.#connection.settle(),
    };
  }

  #taken(roomId: Guid, change: RoomChange): void {
    this.#emitter.emit('change', { roomId, change });
    if (change.kind === 'message') this.#emitter.emit('message', { roomId, message: change.record });
  }

  #stateChanged(state: ConnectionState): void {
    const isOver = state.name === 'offline' || state.name === 'stopped' || state.name === 'signed_out';
    if (!this.#connection.isConnected) this.#detach(isOver);
    if (isOver) {
      this.#vigil.stop();
      this.#outbox.close();
    } else {
      this.#vigil.start();
    }
    this.#emitter.emit('state', state);
    this.#picture.changed();
  }

  #detach(isOver: boolean): void {
    const wasOpen = this.#visit.isOpen;
    this.#inbox.forget();
    this.#visit.leave(isOver);
    if (!wasOpen) return;
    this.#outbox.disconnected();
    this.#rooms.disconnected();
  }

  #draw(): ChatView {
    return {
      state: this.state,
      user: this.user,
      rooms: byTitle(this.#rooms.all.map(({ view }) => view), this.user?.id ?? ''),
      outgoing: this.outgoing,
      isOutboxKept: this.isOutboxKept,
      invitations: this.#invitations.list,
      roundTripMs: this.roundTripMs,
    };
  }
}
