/** What is noticed about the machine and the page. */
export interface VigilOwner {
  /** The machine slept, or the page stood still, for so long: a link that was open then is dead. */
  slept(ms: number): void;
  /** Something may be another with the network or the link: somebody looks at the page again, or the browser gives a hint. */
  stirred(): void;
}

const tickMs = 1_000;
/** A busy machine is late by less. */
const napMs = 5_000;
/** No server waits longer for a client. */
const sleepMs = 30_000;

/** Notices that the machine has slept, that somebody looks again, and what the browser says of the network. */
export class Vigil {
  readonly #owner: VigilOwner;
  #timer: ReturnType<typeof setInterval> | undefined;
  #tickedAt = 0;
  #hints: AbortController | null = null;

  constructor(owner: VigilOwner) {
    this.#owner = owner;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#tickedAt = Date.now();
    this.#timer = setInterval(() => this.#tick(), tickMs);
    this.#listen();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#hints?.abort();
    this.#hints = null;
  }

  #tick(): void {
    const now = Date.now();
    const missed = now - this.#tickedAt - tickMs;
    this.#tickedAt = now;
    if (missed <= napMs) return;
    // Browsers let the timers of hidden pages run once a minute: there it says nothing by itself.
    if (missed > sleepMs && !isHidden()) this.#owner.slept(missed);
    else this.#owner.stirred();
  }

  /** In Node there is no page. */
  #listen(): void {
    if (typeof document === 'undefined' || typeof window === 'undefined') return;
    this.#hints = new AbortController();
    const { signal } = this.#hints;
    const stirred = (): void => this.#owner.stirred();
    document.addEventListener('visibilitychange', () => isHidden() || stirred(), { signal });
    for (const hint of ['pageshow', 'online', 'offline']) window.addEventListener(hint, stirred, { signal });
  }
}

const isHidden = (): boolean => typeof document !== 'undefined' && document.visibilityState === 'hidden';
