import type { Asking } from './asking.js';
import { Calls } from './calls.js';
import type { ChatHub, Closing, Connected, Guid, PresenceStatus, ServerLimits, User } from './contracts.generated.js';
import { NotConnected } from './errors.js';
import { checkFrame } from './frames.js';
import { type Hub, hubOver, type Invoke } from './hub.js';
import type { Protocol } from './link.js';
import { usualLimits } from './options.js';
import { Pinger } from './pinger.js';
import { Underway } from './underway.js';

/** A link that is silent for longer when it is asked is dead. */
const probeMs = 2_000;

/** Being connected: what can be asked now, and what the server said of me at the door. */
export class Visit implements Asking {
  readonly hub: Hub = hubOver((method, request) => this.#call(method, request));
  readonly #protocol: Protocol;
  readonly #calls = new Calls();
  readonly #underway = new Underway();
  readonly #pinger: Pinger;
  #invoke: Invoke | null = null;
  #user: User | null = null;
  #limits = usualLimits;
  #sessionId: Guid | null = null;
  #presence: PresenceStatus = 'online';

  /**
   * @param measured {@link roundTripMs} is another.
   * @param everyMs How often it is measured.
   */
  constructor(protocol: Protocol, measured: () => void, everyMs: number) {
    this.#protocol = protocol;
    this.#pinger = new Pinger((request) => this.hub.Ping(request), measured, everyMs);
  }

  readonly persist = <T>(ask: () => Promise<T>): Promise<T> => this.#calls.make(ask);

  get isOpen(): boolean {
    return this.#invoke !== null;
  }

  get user(): User | null {
    return this.#user;
  }

  get limits(): ServerLimits {
    return this.#limits;
  }

  get sessionId(): Guid | null {
    return this.#sessionId;
  }

  get roundTripMs(): number | null {
    return this.#pinger.roundTripMs;
  }

  /** The server let me in. */
  enter(invoke: Invoke, { user, limits, sessionId }: Connected): void {
    this.#invoke = invoke;
    this.#user = user;
    this.#limits = limits;
    this.#sessionId = sessionId;
    this.#calls.up();
  }

  /** What the server said was taken. */
  begin(): void {
    this.#pinger.start();
    if (this.#presence !== 'online') this.hub.SetPresence({ status: this.#presence }).catch(() => undefined);
  }

  /** The connection is gone; for ever, when none will be made. */
  leave(isOver: boolean): void {
    this.#invoke = null;
    this.#pinger.stop();
    this.#calls.down(isOver);
  }

  /** The server closes the connection because of a frame. */
  frameRefused(closing: Closing): void {
    this.#underway.frameRefused(closing);
  }

  /** Whether this connection is still the one there is, and does not answer. */
  async isDead(): Promise<boolean> {
    const invoke = this.#invoke;
    return invoke !== null && !(await this.#pinger.isAnswered(probeMs)) && invoke === this.#invoke;
  }

  /** How I want to be seen, on this and every later connection. */
  async setPresence(status: PresenceStatus): Promise<void> {
    this.#presence = status;
    await this.hub.SetPresence({ status });
  }

  async #call(method: keyof ChatHub, request: object): Promise<unknown> {
    const invoke = this.#invoke;
    if (!invoke) throw new NotConnected();
    const mistake = checkFrame(method, request, this.#protocol, this.#limits.frameBytes);
    if (mistake) throw mistake;
    return this.#underway.make(request, () => invoke(method, request));
  }
}
