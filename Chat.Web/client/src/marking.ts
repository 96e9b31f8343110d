import type { ReadMarker } from './contracts.generated.js';
import { NotConnected } from './errors.js';

/** Tells the server how far I have read, one call at a time, and again on the next connection where this one was lost. */
export class Marking {
  readonly #mark: (seq: number) => Promise<ReadMarker>;
  readonly #told: (marker: ReadMarker) => void;
  #wanted = 0;
  #isMarking = false;

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
    void this.go();
  }

  /** There is a connection: goes on with what was left. */
  async go(): Promise<void> {
    if (this.#isMarking || this.#wanted === 0) return;
    this.#isMarking = true;
    const seq = this.#wanted;
    try {
      this.#told(await this.#mark(seq));
      if (this.#wanted === seq) this.#wanted = 0;
    } catch (error) {
      // Without a connection it waits for the next one; a refusal is not worth another try.
      if (!(error instanceof NotConnected) && this.#wanted === seq) this.#wanted = 0;
    }
    this.#isMarking = false;
    if (this.#wanted > seq) void this.go();
  }
}
