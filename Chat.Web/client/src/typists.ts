import type { Guid, TypingNotice } from './contracts.generated.js';

/** Without another notice somebody has stopped after this. */
const expiryMs = 6_000;

const tellEveryMs = 2_000;

/** Tells the others that I am typing: at most every 2 s; or, once, that I stopped. */
export class MyTyping {
  readonly #tell: (isTyping: boolean) => void;
  #toldAt = 0;

  constructor(tell: (isTyping: boolean) => void) {
    this.#tell = tell;
  }

  set(isTyping: boolean): void {
    const now = Date.now();
    if (isTyping ? now - this.#toldAt < tellEveryMs : this.#toldAt === 0) return;
    this.#toldAt = isTyping ? now : 0;
    this.#tell(isTyping);
  }

  /** My message tells it. */
  sent(): void {
    this.#toldAt = 0;
  }
}

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
