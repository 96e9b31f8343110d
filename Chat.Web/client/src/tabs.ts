import { newGuid } from './guid.js';
import { tabLocks } from './locks.js';

/** What tabs need from whoever shares something over them. */
export interface TabsOwner {
  /** Others may be gone: what they left behind is free. Never two tabs at once. @param living The names of all tabs that live. */
  inherit(living: ReadonlySet<string>): Promise<void>;
  /** Another tab said something. */
  heard(word: string): void;
}

/** A tab that inherits for longer stands still. */
const inheritWithinMs = 5_000;

/**
 * The tabs of one browser that share something. Each holds a lock of its name as long as it lives, so that the others
 * notice its end, however it ended. Without locks (a page over plain HTTP) nobody knows who lives, and every tab inherits
 * at its start all that there is.
 */
export class Tabs {
  /** This tab's name. */
  readonly name = newGuid();
  readonly #shared: string;
  readonly #owner: TabsOwner;
  readonly #end = new AbortController();
  readonly #watched = new Set<string>();
  readonly #locks = tabLocks();
  readonly #channel: BroadcastChannel | null;

  /** @param shared Names what is shared. */
  constructor(shared: string, owner: TabsOwner) {
    this.#shared = shared;
    this.#owner = owner;
    this.#channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(shared) : null;
    if (this.#channel) this.#channel.onmessage = ({ data }: MessageEvent<TabWord>) => this.#heard(data);
  }

  /** Begins to live, and inherits what there is; later, where another that is about to inherit stands still. */
  async begin(): Promise<void> {
    if (!this.#locks) return this.#owner.inherit(new Set([this.name]));
    await this.#hold(this.#locks);
    await this.#inheritInTime(this.#locks);
    this.#say({ begun: this.name });
  }

  /** Tells the other tabs. */
  say(word: string): void {
    this.#say({ word });
  }

  end(): void {
    this.#end.abort();
    this.#channel?.close();
  }

  /** Takes the lock of this tab's name until the end. */
  #hold(locks: LockManager): Promise<void> {
    return new Promise((held, failed) => {
      const live = (): Promise<void> => {
        held();
        return new Promise((end) => this.#end.signal.addEventListener('abort', () => end()));
      };
      locks.request(this.#lockOf(this.name), live).catch(failed);
    });
  }

  async #inheritInTime(locks: LockManager): Promise<void> {
    let limit: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((goOn) => (limit = setTimeout(goOn, inheritWithinMs)));
    try {
      await Promise.race([this.#inherit(locks), late]);
    } finally {
      clearTimeout(limit);
    }
  }

  /** One tab after another: what one has taken over belongs to a living one when the next looks. */
  async #inherit(locks: LockManager): Promise<void> {
    const { signal } = this.#end;
    if (signal.aborted) return;
    await locks.request(`${this.#shared} heirs`, { signal }, async () => {
      const { held = [] } = await locks.query();
      const living = held.flatMap(({ name }) => (name?.startsWith(this.#lockOf('')) ? [name.slice(this.#lockOf('').length)] : []));
      await this.#owner.inherit(new Set(living));
      for (const name of living) this.#watch(name, locks);
    });
  }

  /** Waits for the end of another tab. */
  #watch(name: string, locks: LockManager): void {
    if (name === this.name || this.#watched.has(name)) return;
    this.#watched.add(name);
    const over = locks.request(this.#lockOf(name), { signal: this.#end.signal }, () => undefined);
    // Ended by our own end, or by a browser that lets nobody in any more: the next start inherits.
    over.then(() => this.#inherit(locks)).catch(() => undefined);
  }

  #heard({ begun, word }: TabWord): void {
    if (begun !== undefined && this.#locks) this.#watch(begun, this.#locks);
    if (word !== undefined) this.#owner.heard(word);
  }

  #say(word: TabWord): void {
    if (!this.#end.signal.aborted) this.#channel?.postMessage(word);
  }

  #lockOf(name: string): string {
    return `${this.#shared} tab ${name}`;
  }
}

interface TabWord {
  readonly begun?: string;
  readonly word?: string;
}
