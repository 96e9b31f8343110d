import type { Guid, TypingNotice } from './contracts.generated.js';

/** Without another notice somebody has stopped after this. */
const expiryMs = 6_000;

/** Who is typing in a room. */
export class Typists {
  readonly #typing = new Map<Guid, { readonly name: string; readonly timer: ReturnType<typeof setTimeout> }>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get names(): readonly string[] {
    return [...this.#typing.values()].map(({ name }) => name);
  }

  hear({ userId, name, isTyping }: TypingNotice): void {
    if (!isTyping) return this.stopped(userId);
    clearTimeout(this.#typing.get(userId)?.timer);
    this.#typing.set(userId, { name, timer: setTimeout(() => this.stopped(userId), expiryMs) });
    this.#changed();
  }

  stopped(userId: Guid): void {
    const typist = this.#typing.get(userId);
    if (!typist) return;
    clearTimeout(typist.timer);
    this.#typing.delete(userId);
    this.#changed();
  }

  clear(): void {
    for (const userId of [...this.#typing.keys()]) this.stopped(userId);
  }
}
