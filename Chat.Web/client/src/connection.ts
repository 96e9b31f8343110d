import { fullJitter, type Chance } from './backoff.js';
import type { ChatClientEvents, Closing, Draining } from './contracts.generated.js';
import { ChatError } from './errors.js';
import type { Invoke } from './hub.js';
import { type Link, type OpenLink, Unauthorized } from './link.js';
import type { ConnectionState } from './state.js';

/** What a connection needs from its owner. */
export interface ConnectionOwner {
  /** The handlers of live events. */
  readonly events: ChatClientEvents;
  /**
   * Says the first words on a new link, and takes the answer. What it throws ends the link.
   *
   * @param isCurrent Whether the link is still the one there is: a listener may stop everything in the middle.
   */
  greet(invoke: Invoke, isCurrent: () => boolean): Promise<void>;
  /** Whether something is still told that was missed. */
  readonly isCatchingUp: boolean;
  /** The token that a new link would use; another than the one that the server did not take, if there is one. */
  token(refused?: string): string | Promise<string>;
  /** The state is another. */
  changed(state: ConnectionState): void;
  /** A server closes the connection because of a frame that must not be sent again. */
  frameRefused(closing: Closing): void;
}

/** A connection that has lived so long was a good one: the back-off begins anew. */
const settledAfterMs = 10_000;
const elsewhereWithinMs = 1_000;
/** A server that said why it closes has closed by then. */
const lastWordMs = 2_000;
/** A link that takes longer to open leads into a hole, whatever the network says later. */
const openWithinMs = 30_000;

/** Keeps one link to the server, for ever, with back-off, and obeys what the server says when it closes one. */
export class Connection {
  readonly #open: OpenLink;
  readonly #owner: ConnectionOwner;
  readonly #chance: Chance;
  #state: ConnectionState = { name: 'offline' };
  #link: Link | null = null;
  #closing: Closing | null = null;
  #attempt = 0;
  #connectedAt = 0;
  #usedToken = '';
  /** Counts the links and the waits for one: what began in a former run must not touch this one. */
  #run = 0;
  /** What is to happen in this run. */
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(open: OpenLink, owner: ConnectionOwner, chance: Chance) {
    this.#open = open;
    this.#owner = owner;
    this.#chance = chance;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get isConnected(): boolean {
    return this.#state.name === 'connected' || this.#state.name === 'catching_up';
  }

  get #howConnected(): 'connected' | 'catching_up' {
    return this.#owner.isCatchingUp ? 'catching_up' : 'connected';
  }

  get #isTrying(): boolean {
    return this.isConnected || this.#state.name === 'connecting' || this.#state.name === 'reconnecting';
  }

  /** Connects, and keeps trying. */
  start(): void {
    if (this.#isTrying) return;
    const run = this.#letGo();
    this.#attempt = 0;
    this.#enter({ name: 'connecting' });
    if (run === this.#run) void this.#connect(run);
  }

  /** Closes the connection and tries no more. */
  async stop(): Promise<void> {
    await this.#end({ name: 'offline' });
  }

  /** Tries now instead of at the end of the back-off: the network is back, or somebody looks. */
  retryNow(): void {
    if (this.#state.name === 'reconnecting' && this.#state.at !== null) this.#again(0, this.#state.reason);
  }

  /** The link is dead, whatever it looks like: lets go of it, and makes another at once. */
  renew(reason: string): void {
    if (!this.#isTrying) return;
    this.#attempt = 0;
    // The server had said what is to happen now.
    if (this.#closing) void this.#obey(this.#closing);
    else this.#again(0, reason);
  }

  /** Between `connected` and `catching_up`, as the rooms stand. */
  settle(): void {
    const name = this.#howConnected;
    if (this.isConnected && this.#state.name !== name) this.#enter({ name });
  }

  /** The server's last word on this link. It is obeyed when the link is closed. */
  heardClosing(closing: Closing): void {
    this.#closing = closing;
    if (closing.code === 'malformed_frame' || closing.code === 'frame_too_large') this.#owner.frameRefused(closing);
    this.#after(lastWordMs, () => void this.#lost());
  }

  /** The node stops soon: move when it says, without a word to people. */
  heardDraining(draining: Draining): void {
    this.#after(draining.reconnectAfterMs, () => this.renew('The server restarts.'));
  }

  async #connect(run: number): Promise<void> {
    this.#closing = null;
    const link: Link = this.#open(this.#owner.events, () => {
      if (run === this.#run) void this.#lost();
    });
    this.#link = link;
    try {
      await this.#opened(link, run);
      if (run !== this.#run) return void link.stop().catch(() => undefined);
      await this.#owner.greet((method, request) => link.invoke(method, request), () => run === this.#run);
      if (run !== this.#run) return;
      this.#connectedAt = Date.now();
      this.#enter({ name: this.#howConnected });
    } catch (error) {
      if (run === this.#run) await this.#failed(error);
    }
  }

  async #opened(link: Link, run: number): Promise<void> {
    const open = async (): Promise<void> => {
      this.#usedToken = await this.#owner.token();
      if (run === this.#run) await link.start();
    };
    await this.#inTime(open());
  }

  /** Waits for it as long as it may take; for ever in a run that is over. */
  async #inTime<T>(begun: Promise<T>): Promise<T> {
    let limit: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, tooLate) => (limit = this.#after(openWithinMs, () => tooLate(new Error('It takes too long.')))));
    try {
      return await Promise.race([begun, late]);
    } finally {
      clearTimeout(limit);
    }
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#closing) return this.#obey(this.#closing);
    if (error instanceof Unauthorized) return this.#askAnew(error.message);
    if (error instanceof ChatError) {
      if (error.code === 'unauthenticated') return this.#end({ name: 'signed_out', reason: error.message });
      if (error.code === 'unsupported_version') return this.#end({ name: 'stopped', reason: error.message });
      return this.#again(error.retryAfterMs ?? this.#backOff(), error.message);
    }
    this.#again(this.#backOff(), 'The server cannot be reached.');
  }

  async #lost(): Promise<void> {
    if (this.#connectedAt > 0 && Date.now() - this.#connectedAt > settledAfterMs) this.#attempt = 0;
    if (this.#closing) return this.#obey(this.#closing);
    this.#again(this.#backOff(), 'The connection was lost.');
  }

  async #obey(closing: Closing): Promise<void> {
    switch (closing.reconnect) {
      case 'now':
        return this.#again(this.#onceNow(), closing.message);
      case 'elsewhere':
        return this.#again(closing.retryAfterMs ?? this.#chance() * elsewhereWithinMs, closing.message);
      case 'never':
        return this.#end({ name: 'stopped', reason: closing.message });
      case 'after_sign_in':
        return closing.code === 'sign_in_expired' ? this.#askAnew(closing.message) : this.#end({ name: 'signed_out', reason: closing.message });
      default:
        return this.#again(closing.retryAfterMs ?? this.#backOff(), closing.message);
    }
  }

  /** The token was not taken: goes on with another, if there is one. */
  async #askAnew(reason: string): Promise<void> {
    const run = this.#letGo();
    if (this.isConnected) this.#enter({ name: 'reconnecting', at: null, reason });
    if (run !== this.#run) return;
    try {
      const token = await this.#inTime(Promise.resolve(this.#owner.token(this.#usedToken)));
      if (run !== this.#run) return;
      if (token !== this.#usedToken) return this.#again(this.#onceNow(), reason);
    } catch (error) {
      if (run !== this.#run) return;
      if (!(error instanceof ChatError && error.code === 'unauthenticated')) return this.#again(this.#backOff(), 'The server cannot be reached.');
    }
    return this.#end({ name: 'signed_out', reason });
  }

  /** At once the first time, then with back-off. */
  #onceNow(): number {
    return this.#attempt === 0 ? (this.#attempt++, 0) : this.#backOff();
  }

  #backOff(): number {
    return fullJitter(this.#attempt++, this.#chance);
  }

  #again(afterMs: number, reason: string): void {
    const run = this.#letGo();
    const wait = Math.max(0, Math.ceil(afterMs));
    this.#enter({ name: 'reconnecting', at: wait > 0 ? Date.now() + wait : null, reason });
    if (run !== this.#run) return;
    this.#after(wait, () => {
      if (this.#state.name === 'reconnecting' && this.#state.at !== null) this.#enter({ ...this.#state, at: null });
      if (run === this.#run) void this.#connect(run);
    });
  }

  async #end(state: ConnectionState): Promise<void> {
    const link = this.#link;
    const run = this.#letGo();
    if (this.#state.name !== state.name || state.name !== 'offline') this.#enter(state);
    if (run === this.#run) await link?.stop().catch(() => undefined);
  }

  /** Begins another run, without a link; answers its number. */
  #letGo(): number {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#connectedAt = 0;
    this.#closing = null;
    const run = ++this.#run;
    const link = this.#link;
    this.#link = null;
    // Not waited for: the other side may not be there any more.
    void link?.stop().catch(() => undefined);
    return run;
  }

  /** Does it in a while, unless another run begins before. */
  #after(ms: number, act: () => void): ReturnType<typeof setTimeout> {
    const timer = setTimeout(act, ms);
    this.#timers.push(timer);
    return timer;
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    this.#owner.changed(state);
  }
}
