import type { Guid } from './contracts.generated.js';

/** What a sync came to. */
export type SyncOutcome =
  /** The room knows all now. */
  | { readonly kind: 'level' }
  /** Not yet, or it failed: again after so many milliseconds. */
  | { readonly kind: 'again'; readonly afterMs: number }
  /** Nothing more to ask for. */
  | { readonly kind: 'gone' };

/** What catching up needs from its owner. */
export interface CatchUpOwner {
  /** Whether the room still has to be synced: a gap may close by itself. */
  isNeeded(roomId: Guid): boolean;
  sync(roomId: Guid): Promise<SyncOutcome>;
  /** {@link CatchUp.isBusy} may be another. */
  changed(): void;
}

const mostAtOnce = 4;

/** Syncs rooms that are behind: each after its own delay, several at once, never one room twice at the same time. */
export class CatchUp {
  readonly #owner: CatchUpOwner;
  readonly #timers = new Map<Guid, ReturnType<typeof setTimeout>>();
  readonly #due: Guid[] = [];
  readonly #running = new Set<Guid>();
  /** Those that wait for another try: what they are behind by is known to be missing. */
  readonly #retrying = new Set<Guid>();
  #round = 0;

  constructor(owner: CatchUpOwner) {
    this.#owner = owner;
  }

  /** Whether syncs are due, under way or to be tried again; those that only wait to see whether a gap closes do not count. */
  get isBusy(): boolean {
    return this.#due.length > 0 || this.#running.size > 0 || this.#retrying.size > 0;
  }

  /** Syncs the room after the delay, unless that is already to happen; without a delay at once. */
  ask(roomId: Guid, afterMs: number): void {
    if (this.#due.includes(roomId) || this.#running.has(roomId)) return;
    if (afterMs <= 0) {
      clearTimeout(this.#timers.get(roomId));
      this.#timers.delete(roomId);
      return this.#makeDue(roomId);
    }
    if (this.#timers.has(roomId)) return;
    this.#timers.set(roomId, setTimeout(() => {
      this.#timers.delete(roomId);
      this.#makeDue(roomId);
    }, afterMs));
  }

  /** Forgets everything: the next connection tells what is missing. */
  clear(): void {
    this.#round++;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#due.length = 0;
    this.#running.clear();
    this.#retrying.clear();
    this.#owner.changed();
  }

  #makeDue(roomId: Guid): void {
    const isRetried = this.#retrying.delete(roomId);
    if (this.#owner.isNeeded(roomId)) {
      this.#due.push(roomId);
      this.#next();
    } else if (!isRetried) {
      return;
    }
    this.#owner.changed();
  }

  #next(): void {
    while (this.#running.size < mostAtOnce) {
      const roomId = this.#due.shift();
      if (roomId === undefined) return;
      this.#running.add(roomId);
      void this.#runOne(roomId, this.#round);
    }
  }

  async #runOne(roomId: Guid, round: number): Promise<void> {
    const outcome = await this.#owner.sync(roomId);
    if (round !== this.#round) return;
    this.#running.delete(roomId);
    if (outcome.kind === 'again') {
      this.#retrying.add(roomId);
      this.ask(roomId, outcome.afterMs);
    }
    this.#next();
    this.#owner.changed();
  }
}
