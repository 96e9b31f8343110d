import type { Closing } from './contracts.generated.js';
import { ChatError } from './errors.js';

interface Call {
  readonly request: object;
  readonly refuse: (reason: ChatError) => void;
}

/** The calls that wait for their answers. */
export class Underway {
  readonly #calls = new Set<Call>();

  async make<T>(request: object, call: () => Promise<T>): Promise<T> {
    let refuse!: (reason: ChatError) => void;
    const refused = new Promise<never>((_, reject) => (refuse = reject));
    const mine = { request, refuse };
    this.#calls.add(mine);
    try {
      return await Promise.race([call(), refused]);
    } finally {
      this.#calls.delete(mine);
    }
  }

  /**
   * The server closes the connection over a frame. The call that it was must not be made again on the next: if one was too
   * large, it was the largest; one that could not be read may be any.
   */
  frameRefused({ code, message }: Closing): void {
    const isTooLarge = code === 'frame_too_large';
    const all = [...this.#calls].map((call) => ({ ...call, length: JSON.stringify(call.request).length }));
    const largest = Math.max(...all.map(({ length }) => length));
    for (const { length, refuse } of all) {
      if (!isTooLarge || length === largest) refuse(new ChatError(isTooLarge ? 'too_large' : 'invalid', message));
    }
  }
}
