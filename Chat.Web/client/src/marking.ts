import type { ReadMarker } from './contracts.generated.js';
import { ChatError, NotConnected } from './errors.js';

const retryMs = 2_000;

/** Tells the server how far I have read, one call at a time, and again where it could not take it or the connection was lost. */
export class Marking {
  readonly #mark: (seq: number) => Promise<ReadMarker>;
  readonly #told: (marker: ReadMarker) => void;
  #wanted = 0;
  #isMarking = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(mark: (seq: number) => Promise<ReadMarker>, told: (marker: ReadMarker) => void) {
    this.#mark = mark;
    this.#told = told;
  }

  /** How far it is to be told; 0 for nothing. */
  get wanted(): number {
    return this.#wanted;
  }

  /** Moves the marker to here; where it is already, it only counts anew. */
  to(seq: number): void {
    this.#wanted = Math.max(this.#wanted, seq);
    if (this.#retry === undefined) void this.#go();
  }

  /** There is a connection: goes on with what was left. */
  connected(): void {
    this.disconnected();
    void this.#go();
  }

  /** There is none: what is left waits for the next. */
  disconnected(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
  }

  async #go(): Promise<void> {
    if (this.#isMarking || this.#wanted === 0) return;
    this.#isMarking = true;
    const seq = this.#wanted;
    let wait: number | null = null;
    try {
      this.#told(await this.#mark(seq));
      if (this.#wanted === seq) this.#wanted = 0;
    } catch (error) {
      if (error instanceof ChatError && error.isPassing) wait = error.retryAfterMs ?? retryMs;
      // Without a connection it waits for the next one; other refusals are not worth another try.
      else if (!(error instanceof NotConnected) && this.#wanted === seq) this.#wanted = 0;
    }
    this.#isMarking = false;
    if (wait !== null) this.#retry = setTimeout(() => this.connected(), wait);
    else if (this.#wanted > seq) void this.#go();
  }
}
