/** The locks of one browser, as far as this client uses them. */
export class Locks {
  readonly #held = new Map<string, Promise<unknown>>();

  request<T>(name: string, ...rest: [run: () => T | Promise<T>] | [options: { readonly signal?: AbortSignal }, run: () => T | Promise<T>]): Promise<T> {
    const run = rest.at(-1) as () => T | Promise<T>;
    const { signal } = rest.length === 2 ? rest[0] : {};
    return new Promise<T>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      const granted = async (): Promise<void> => {
        if (signal?.aborted) return reject(signal.reason as Error);
        this.#held.set(name, mine);
        try {
          resolve(await run());
        } catch (error) {
          reject(error as Error);
        }
        if (this.#held.get(name) === mine) this.#held.delete(name);
      };
      const before = this.#held.get(name);
      const mine: Promise<void> = before ? before.then(granted) : Promise.resolve().then(granted);
      this.#held.set(name, mine);
    });
  }

  query(): Promise<{ readonly held: readonly { readonly name: string }[] }> {
    return Promise.resolve({ held: [...this.#held.keys()].map((name) => ({ name })) });
  }
}
