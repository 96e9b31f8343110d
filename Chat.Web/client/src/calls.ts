import { ChatError, NotConnected } from './errors.js';

const longestMs = 10_000;

/** A refusal that passes within this is waited for, a few times: many changes may have waited for the connection. */
const shortWaitMs = 2_000;
const shortWaits = 3;

/**
 * Lets calls outlive connections: one that was lost with its connection is made again on the next, for up to 10 s; so is
 * one whose refusal says that it passes soon.
 */
export class Calls {
  readonly #waiting = new Set<(isChanged: boolean) => void>();
  #connections = 0;
  #isOver = true;

  /** There is a connection. */
  up(): void {
    this.#connections++;
    this.#isOver = false;
    this.#wake();
  }

  /** There is none; over when none will be made. */
  down(isOver: boolean): void {
    this.#isOver = isOver;
    if (isOver) this.#wake();
  }

  /**
   * Makes a call.
   * @param call Must be safe to make twice: nobody knows whether the lost one was carried out.
   * @throws {NotConnected} There was no connection for 10 s, or none will be made.
   */
  async make<T>(call: () => Promise<T>): Promise<T> {
    const until = Date.now() + longestMs;
    for (let waits = 0; ; ) {
      const connection = this.#connections;
      try {
        return await call();
      } catch (error) {
        if (error instanceof ChatError && error.isPassing && error.retryAfterMs !== null && error.retryAfterMs <= shortWaitMs && waits++ < shortWaits) {
          await new Promise((next) => setTimeout(next, error.retryAfterMs ?? 0));
          continue;
        }
        if (!(error instanceof NotConnected)) throw error;
        while (this.#connections === connection) {
          if (this.#isOver || !(await this.#change(until - Date.now()))) throw error;
        }
      }
    }
  }

  #change(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (isChanged: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve(isChanged);
      };
      const timer = setTimeout(() => done(false), Math.max(0, withinMs));
      this.#waiting.add(done);
    });
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done(true);
  }
}
