import type { Ping, Pong } from './contracts.generated.js';
import { ChatError } from './errors.js';

/** Measures the round trip while there is a connection, and tells the server with the next ping. One that is not answered ends the link. */
export class Pinger {
  readonly #ping: (request: Ping) => Promise<Pong>;
  readonly #measured: () => void;
  readonly #everyMs: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #roundTripMs: number | null = null;

  constructor(ping: (request: Ping) => Promise<Pong>, measured: () => void, everyMs: number) {
    this.#everyMs = everyMs;
    this.#ping = ping;
    this.#measured = measured;
  }

  get roundTripMs(): number | null {
    return this.#roundTripMs;
  }

  start(): void {
    this.stop();
    this.#timer = setInterval(() => void this.#measure(), this.#everyMs);
    void this.#measure();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Whether the server answers within so many milliseconds. */
  async isAnswered(withinMs: number): Promise<boolean> {
    let limit: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => (limit = setTimeout(() => resolve(false), withinMs)));
    const isAnswered = await Promise.race([this.#measure(), late]);
    clearTimeout(limit);
    return isAnswered;
  }

  async #measure(): Promise<boolean> {
    const begun = performance.now();
    try {
      await this.#ping({ lastRoundTripMs: this.#roundTripMs });
      this.#roundTripMs = performance.now() - begun;
      this.#measured();
      return true;
    } catch (error) {
      // A connection that is gone is noticed by its owner.
      return error instanceof ChatError;
    }
  }
}
