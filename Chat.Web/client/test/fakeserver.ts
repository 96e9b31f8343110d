import type {
  ChatClientEvents, ChatHub, Closing, Connect, Connected, ErrorCode, GetHistory, History, Message, MyRoom, OpenLink, ReadMarker, ReplyOf,
  SendMessage, ServerLimits, SyncRoom,
} from '../src/index.js';
import { NotConnected, Unauthorized } from '../src/index.js';
import type { RoomChange } from '../src/sequencer.js';
import type { Dice } from './random.js';
import { ann, mine, roomId } from './records.js';
import { TrueRoom } from './truth.js';

type Answers = { [M in keyof ChatHub]?: (request: Parameters<ChatHub[M]>[0]) => Awaited<ReturnType<ChatHub[M]>> };

/** One room on one server in memory, with a link to one device of Ann that can be cut. Only for tests of the client's own logic. */
export class FakeServer {
  readonly truth: TrueRoom;
  /** Those that tell the same truth to other devices. */
  others: readonly FakeServer[] = [];
  readonly calls: { readonly method: keyof ChatHub; readonly request: object }[] = [];
  /** Answers that stand in for the usual ones. */
  readonly instead: Answers = {};
  /** What the next links that start fail with. */
  readonly refusals: ('unreachable' | 'unauthorized' | 'never')[] = [];
  /** Live events that are lost, where this says so. */
  loses: () => boolean = () => false;
  /** Happens after the answer to Connect was read from the store, before it is at the client. */
  afterConnect: () => void = () => undefined;
  /** Answers to Sync wait for this. */
  holdSync: Promise<void> = Promise.resolve();
  limits: ServerLimits = { messageTextBytes: 100, frameBytes: 65_536, attachmentBytes: 1_000 };
  starts = 0;
  isMember = true;
  #link: { readonly events: ChatClientEvents; readonly closed: () => void } | null = null;
  #isAttached = false;
  /** The link over which nothing arrives any more. */
  #silenced: object | null = null;

  constructor(resetAbove = 500, truth = new TrueRoom(resetAbove)) {
    this.truth = truth;
    truth.snapshotSize = 50;
  }

  get isConnected(): boolean {
    return this.#link !== null;
  }

  readonly openLink: OpenLink = (events, closed) => {
    const link = { events, closed };
    return {
      start: async () => {
        this.starts++;
        const refusal = this.refusals.shift();
        if (refusal === 'unauthorized') throw new Unauthorized();
        if (refusal === 'never') return new Promise(() => undefined);
        if (refusal) throw new Error('unreachable');
        this.#link = link;
        this.#isAttached = false;
      },
      stop: async () => {
        if (this.#link === link) this.cut();
      },
      invoke: async (method, request) => {
        await Promise.resolve();
        if (this.#link !== link) throw new NotConnected();
        if (this.#silenced === link) return new Promise(() => undefined);
        this.calls.push({ method, request });
        const answer = this.instead[method] ?? this.#usual[method];
        const reply = await (answer as (request: object) => unknown)(request);
        if (method === 'Connect') this.afterConnect();
        await (method === 'Sync' ? this.holdSync : Promise.resolve());
        if (this.#link !== link) throw new NotConnected();
        return reply;
      },
    };
  };

  /** The connection is gone, without a word. */
  cut(): void {
    const link = this.#link;
    this.#link = null;
    link?.closed();
  }

  /** The connection is dead, and nobody is told: nothing arrives any more, in neither direction. */
  silence(): void {
    this.#silenced = this.#link;
  }

  /** The server's last word, and its end. */
  close(closing: Partial<Closing>): void {
    this.events?.Closing({ code: 'unknown', reconnect: 'later', retryAfterMs: null, message: 'closed', ...closing });
    this.cut();
  }

  /** The live events of the connection, as soon as it is attached. */
  get events(): ChatClientEvents | null {
    return this.#isAttached && this.#silenced !== this.#link ? (this.#link?.events ?? null) : null;
  }

  /** Something happens in the room, and is told live. */
  happen(dice: Dice): void {
    this.tell(this.truth.change(dice));
  }

  /** Somebody else posts. */
  post(change: Partial<Message> = {}): Message {
    return this.#told(this.truth.post(change));
  }

  /** The message is edited, or deleted. */
  edit(message: Message, text: string, change: Partial<Message> = {}): Message {
    return this.#told([this.truth.alter(message, { ...change, text })]);
  }

  /** Tells all devices, each event for itself lost or not. */
  tell(changes: readonly RoomChange[]): void {
    for (const server of [this, ...this.others]) for (const change of changes) server.#tellMine(change);
  }

  #tellMine({ kind, record }: RoomChange): void {
    if (this.loses()) return;
    if (kind === 'message') this.events?.MessageChanged(record);
    else if (kind === 'member') this.events?.MemberChanged(record);
    else this.events?.RoomChanged(record);
  }

  /** Tells them, and answers the first of them. */
  #told(changes: readonly RoomChange[]): Message {
    this.tell(changes);
    return changes[0]!.record as Message;
  }

  readonly #usual: Answers = {
    Connect: (request) => ({ error: null, result: this.#connect(request) }),
    Sync: (request: SyncRoom) => ({ error: null, result: this.truth.sync(request.version, request.epoch) }),
    SendMessage: (request: SendMessage) => {
      const before = this.truth.messages().find(({ clientMessageId }) => clientMessageId === request.clientMessageId);
      const { clientMessageId, text, threadSeq = null, replyToSeq = null } = request;
      return { error: null, result: before ?? this.post({ authorId: ann, authorName: 'Ann', clientMessageId, text, threadSeq, replyToSeq }) };
    },
    EditMessage: ({ seq, text }) => this.#onMessage(seq, (message) => [this.truth.alter(message, { text, editedAt: '2026-01-31T12:00:00Z' })]),
    DeleteMessage: ({ seq }) => this.#onMessage(seq, (message) => this.truth.delete(message)),
    SetReaction: ({ seq, emoji, isSet = true }) => this.#onMessage(seq, (message) => [this.truth.react(message, ann, emoji, isSet)]),
    SetPin: ({ seq, isPinned = true }) => this.#onMessage(seq, (message) => this.truth.pin(message, isPinned)),
    GetHistory: (request) => ({ error: null, result: this.#history(request) }),
    ListMembers: () => {
      const members = this.truth.members().filter(({ state }) => state === 'active');
      return { error: null, result: { members, presence: [], memberCount: this.truth.memberCount, onlineCount: 1, next: null } };
    },
    ListReaders: () => ({ error: null, result: { readers: [] } }),
    MarkRead: ({ seq }) => {
      this.truth.markRead(seq);
      const result: ReadMarker = { roomId, userId: ann, seq: this.truth.readSeq, head: this.truth.head, ...this.truth.counts() };
      for (const server of [this, ...this.others]) server.events?.ReadMarkerMoved(result);
      return { error: null, result };
    },
    LeaveRoom: () => ({ error: null }),
    SendTyping: () => ({ error: null }),
    Ping: () => ({ error: null, result: { serverTime: '2026-01-31T12:00:00Z' } }),
  };

  #onMessage(seq: number, act: (message: Message) => readonly RoomChange[]): ReplyOf<Message> {
    const message = this.truth.messages().find((each) => each.seq === seq && each.deletedAt === null);
    return message ? { error: null, result: this.#told(act(message)) } : refusal('not_found');
  }

  #history({ threadSeq = null, beforeSeq, aroundSeq, limit }: GetHistory): History {
    const all = this.truth.timeline(threadSeq);
    if (aroundSeq) return { roomId, messages: all.filter(({ seq }) => seq === aroundSeq), hasOlder: true, hasNewer: true };
    const below = all.filter(({ seq }) => seq < (beforeSeq ?? Infinity));
    const messages = below.slice(-(limit ?? 50));
    return { roomId, messages, hasOlder: messages.length < below.length, hasNewer: false };
  }

  #connect(request: Connect): Connected {
    this.#isAttached = true;
    const known = request.known?.find((room) => room.roomId === roomId);
    const { head, epoch } = this.truth;
    const isBehind = known && (request.epoch !== epoch || known.head < head);
    const sync = isBehind ? this.truth.sync(known.head, request.epoch ?? '') : null;
    const { readSeq, memberCount } = this.truth;
    const my: MyRoom = mine(head, { room: this.truth.room(), sync, readSeq, memberCount, ...this.truth.counts() });
    return {
      user: { id: ann, name: 'Ann', kind: 'guest', isAdministrator: false, createdAt: '2026-01-31T12:00:00Z' },
      epoch, serverTime: '2026-01-31T12:00:00Z', rooms: this.isMember ? [my] : [],
      limits: this.limits, sessionId: 'session', invitations: [], deleted: [], ended: [],
    };
  }
}

export function refusal(code: ErrorCode, retryAfterMs: number | null = null): { result: null; error: { code: ErrorCode; message: string; retryAfterMs: number | null; incidentId: null } } {
  return { result: null, error: { code, message: code, retryAfterMs, incidentId: null } };
}
