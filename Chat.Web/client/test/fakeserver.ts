import type {
  ChatClientEvents, ChatHub, Closing, Connect, Connected, ErrorCode, History, Message, MyRoom, OpenLink, SendMessage, SyncRoom,
} from '../src/index.js';
import { NotConnected, Unauthorized } from '../src/index.js';
import type { Dice } from './random.js';
import { ann, message, mine, roomId } from './records.js';
import { TrueRoom } from './truth.js';

type Answers = { [M in keyof ChatHub]?: (request: Parameters<ChatHub[M]>[0]) => Awaited<ReturnType<ChatHub[M]>> };

/** One room on one server in memory, with links that can be cut. Only for tests of the client's own logic. */
export class FakeServer {
  readonly truth: TrueRoom;
  readonly calls: { readonly method: keyof ChatHub; readonly request: object }[] = [];
  /** Answers that stand in for the usual ones. */
  readonly instead: Answers = {};
  /** What the next links that start fail with. */
  readonly refusals: ('unreachable' | 'unauthorized')[] = [];
  /** Live events that are lost, where this says so. */
  loses: () => boolean = () => false;
  /** Happens after the answer to Connect was read from the store, before it is at the client. */
  afterConnect: () => void = () => undefined;
  /** Answers to Sync wait for this. */
  holdSync: Promise<void> = Promise.resolve();
  starts = 0;
  isMember = true;
  #link: { readonly events: ChatClientEvents; readonly closed: () => void } | null = null;
  #isAttached = false;

  constructor(resetAbove = 500) {
    this.truth = new TrueRoom(resetAbove);
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
        this.calls.push({ method, request });
        const answer = this.instead[method] ?? this.#usual[method];
        const reply = (answer as (request: object) => unknown)(request);
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

  /** The server's last word, and its end. */
  close(closing: Partial<Closing>): void {
    this.events?.Closing({ code: 'unknown', reconnect: 'later', retryAfterMs: null, message: 'closed', ...closing });
    this.cut();
  }

  /** The live events of the connection, as soon as it is attached. */
  get events(): ChatClientEvents | null {
    return this.#isAttached ? (this.#link?.events ?? null) : null;
  }

  /** Something happens in the room, and is told live. */
  happen(dice: Dice): void {
    const { kind, record } = this.truth.change(dice);
    if (this.loses()) return;
    if (kind === 'message') this.events?.MessageChanged(record);
    else if (kind === 'member') this.events?.MemberChanged(record);
    else this.events?.RoomChanged(record);
  }

  /** Somebody else posts. */
  post(change: Partial<Message> = {}): Message {
    const posted = this.#store(change);
    if (!this.loses()) this.events?.MessageChanged(posted);
    return posted;
  }

  /** The message is edited, or deleted. */
  edit(message: Message, text: string, change: Partial<Message> = {}): void {
    const record = { ...message, ...change, text, version: ++this.truth.head };
    this.truth.changes.push({ kind: 'message', record });
    if (!this.loses()) this.events?.MessageChanged(record);
  }

  readonly #usual: Answers = {
    Connect: (request) => ({ error: null, result: this.#connect(request) }),
    Sync: (request: SyncRoom) => ({ error: null, result: this.truth.sync(request.version, request.epoch) }),
    SendMessage: (request: SendMessage) => {
      const before = this.truth.messages().find(({ clientMessageId }) => clientMessageId === request.clientMessageId);
      return { error: null, result: before ?? this.post({ authorId: ann, authorName: 'Ann', clientMessageId: request.clientMessageId, text: request.text }) };
    },
    GetHistory: ({ beforeSeq, limit }) => {
      const below = this.truth.messages().filter(({ seq }) => seq < (beforeSeq ?? Infinity));
      const messages = below.slice(-(limit ?? 50));
      const result: History = { roomId, messages, hasOlder: messages.length < below.length, hasNewer: false };
      return { error: null, result };
    },
    ListMembers: () => ({ error: null, result: { members: this.truth.members(), presence: [], memberCount: 1, onlineCount: 1, next: null } }),
    MarkRead: ({ seq }) => ({ error: null, result: { roomId, userId: ann, seq, unread: 0, unreadMentions: 0, head: this.truth.head } }),
    LeaveRoom: () => ({ error: null }),
    SendTyping: () => ({ error: null }),
    Ping: () => ({ error: null, result: { serverTime: '2026-01-31T12:00:00Z' } }),
  };

  #store(change: Partial<Message>): Message {
    const record = message(++this.truth.head, change);
    this.truth.changes.push({ kind: 'message', record });
    return record;
  }

  #connect(request: Connect): Connected {
    this.#isAttached = true;
    const known = request.known?.find((room) => room.roomId === roomId);
    const { head, epoch } = this.truth;
    const isBehind = known && (request.epoch !== epoch || known.head < head);
    const sync = isBehind ? this.truth.sync(known.head, request.epoch ?? '') : null;
    const my: MyRoom = mine(head, { room: this.truth.room(), sync });
    return {
      user: { id: ann, name: 'Ann', kind: 'guest', isAdministrator: false, createdAt: '2026-01-31T12:00:00Z' },
      epoch, serverTime: '2026-01-31T12:00:00Z', rooms: this.isMember ? [my] : [],
      limits: { messageTextBytes: 100, frameBytes: 65_536, attachmentBytes: 1_000 }, sessionId: 'session', invitations: [], deleted: [], ended: [],
    };
  }
}

export function refusal(code: ErrorCode, retryAfterMs: number | null = null): { result: null; error: { code: ErrorCode; message: string; retryAfterMs: number | null; incidentId: null } } {
  return { result: null, error: { code, message: code, retryAfterMs, incidentId: null } };
}
