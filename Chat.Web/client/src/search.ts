import type { Asking } from './asking.js';
import type { SearchHit, SearchMessages } from './contracts.generated.js';
import { Picture, type Unsubscribe, type Watchable } from './notifier.js';

/** A search as it is to be shown. */
export interface SearchView {
  /** The hits so far, newest first. */
  readonly hits: readonly SearchHit[];
  readonly isLoading: boolean;
  /** Whether {@link Search.more} may find more. */
  readonly hasMore: boolean;
}

/** Looks for messages, a page at a time. */
export class Search implements Watchable<SearchView> {
  readonly #asking: Asking;
  readonly #request: SearchMessages;
  readonly #picture = new Picture<SearchView>(() => ({ hits: this.#hits, isLoading: this.#page !== null, hasMore: this.#after !== null }));
  #hits: readonly SearchHit[] = [];
  #after: string | null | undefined;
  #page: Promise<void> | null = null;

  constructor(asking: Asking, request: Omit<SearchMessages, 'after'>) {
    this.#asking = asking;
    this.#request = request;
  }

  get view(): SearchView {
    return this.#picture.current;
  }

  /** {@link view}, to be handed on as a function. */
  readonly getView = (): SearchView => this.view;

  readonly subscribe = (run: (view: SearchView) => void): Unsubscribe => this.#picture.subscribe(run);

  /** Loads the first page, and then each next one. */
  more(): Promise<void> {
    if (this.#after === null) return Promise.resolve();
    this.#page ??= this.#load(this.#after ?? null);
    this.#picture.changed();
    return this.#page;
  }

  async #load(after: string | null): Promise<void> {
    try {
      const page = await this.#asking.persist(() => this.#asking.hub.Search({ ...this.#request, after }));
      this.#hits = [...this.#hits, ...page.hits];
      this.#after = page.next;
    } finally {
      this.#page = null;
      this.#picture.changed();
    }
  }
}
