import { shielded } from './shield.js';

/** Ends a subscription. */
export type Unsubscribe = () => void;

/** Something with a state that can be watched; fits Svelte's stores and React's `useSyncExternalStore`. */
export interface Watchable<T> {
  /** The state now. Another object after a change, the same until then. */
  getView(): T;
  /** Calls `run` with the state now, and after every change; changes made in one go are told once. */
  subscribe(run: (state: T) => void): Unsubscribe;
}

/**
 * An unchanging picture of something that changes: made anew when asked for after a change, told to the watchers once
 * for all changes made in one go.
 */
export class Picture<T> implements Watchable<T> {
  readonly #watchers = new Set<(state: T) => void>();
  readonly #draw: () => T;
  #current: T | undefined;
  #isTelling = false;

  constructor(draw: () => T) {
    this.#draw = draw;
  }

  get current(): T {
    return (this.#current ??= this.#draw());
  }

  readonly getView = (): T => this.current;

  changed(): void {
    this.#current = undefined;
    if (this.#isTelling || this.#watchers.size === 0) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      for (const watcher of [...this.#watchers]) shielded(() => watcher(this.current));
    });
  }

  readonly subscribe = (run: (state: T) => void): Unsubscribe => {
    // One that is subscribed twice must be told twice and forgotten once.
    const watcher = (state: T): void => run(state);
    this.#watchers.add(watcher);
    run(this.current);
    return () => this.#watchers.delete(watcher);
  };
}
