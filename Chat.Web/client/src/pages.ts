import type { GetHistory, History, Message } from './contracts.generated.js';
import { Timeline } from './timeline.js';

/** What {@link Pages} needs from its owner. */
export interface PagesOwner {
  ask(position: Pick<GetHistory, 'beforeSeq' | 'limit'>): Promise<History>;
  /** What is held is another. */
  changed(): void;
}

const pageSize = 50;

/**
 * The newest messages of a room or a thread, and the way back from them, page by page. Above a bound the oldest are let go;
 * what is paged in comes on top of it, until {@link Pages.trim}.
 */
export class Pages {
  readonly #owner: PagesOwner;
  readonly #threadSeq: number | null;
  readonly #usualBound: number;
  #bound: number;
  #timeline: Timeline;
  #isLoaded = false;
  #older: Promise<void> | null = null;
  /** Changes of messages below the held ones that came while their page was on its way: it may be older than they are. */
  #meanwhile: Message[] = [];
  #life = 0;

  /**
   * @param from Only messages from this `seq` on are held at first.
   * @param bound So many messages are held at most.
   */
  constructor(owner: PagesOwner, from: number, bound: number, threadSeq: number | null = null) {
    this.#owner = owner;
    this.#usualBound = this.#bound = bound;
    this.#threadSeq = threadSeq;
    this.#timeline = new Timeline(from, threadSeq);
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  /** Whether the last messages were fetched. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  get isLoadingOlder(): boolean {
    return this.#older !== null;
  }

  put(message: Message): void {
    if (this.#older) this.#meanwhile.push(message);
    this.#timeline.put(message);
  }

  /** Lets go of the oldest above the bound: all that came together was put. A page on its way needs its place. */
  settle(): void {
    if (!this.#older && this.#timeline.size > this.#bound) this.#timeline.trim(this.#bound);
  }

  /** Lets go of the oldest above so many, and of what was paged in. */
  trim(most: number): void {
    // Its page would no longer fit to what is held.
    this.#forget();
    this.#bound = Math.max(this.#usualBound, most);
    this.#timeline.trim(Math.max(1, most));
    this.#owner.changed();
  }

  /** Loads the page below the messages that are held. */
  loadOlder(limit: number = pageSize): Promise<void> {
    if (this.#isLoaded && !this.#timeline.hasOlder) return Promise.resolve();
    this.#older ??= this.#load(limit, this.#life);
    this.#owner.changed();
    return this.#older;
  }

  /** Loads older messages until the one with this `seq` is held; answers whether it is. */
  async loadBackTo(seq: number, mostPages: number): Promise<boolean> {
    for (let page = 0; page < mostPages && this.#timeline.from > seq && this.#timeline.hasOlder; page++) await this.loadOlder(200);
    return this.#timeline.at(seq) !== undefined;
  }

  /** Forgets all and holds these, the last messages up to `head`. */
  reset(messages: readonly Message[], hasOlder: boolean, head: number): void {
    this.#forget();
    this.#timeline.reset(messages, hasOlder, head);
    this.#isLoaded = true;
  }

  /** Forgets all: only messages from this `seq` on are held until a page is loaded. */
  restart(from: number): void {
    this.#forget();
    this.#timeline = new Timeline(from, this.#threadSeq);
    this.#isLoaded = false;
  }

  #forget(): void {
    this.#life++;
    this.#bound = this.#usualBound;
    this.#older = null;
    this.#meanwhile = [];
  }

  async #load(limit: number, life: number): Promise<void> {
    try {
      const page = await this.#owner.ask({ beforeSeq: this.#timeline.from, limit });
      if (life !== this.#life) return;
      const before = this.#timeline.size;
      this.#timeline.prepend(page);
      // The first page is what everybody has.
      if (this.#isLoaded) this.#bound += this.#timeline.size - before;
      this.#isLoaded = true;
      for (const message of this.#meanwhile) this.#timeline.put(message);
    } finally {
      if (life === this.#life) {
        this.#older = null;
        this.#meanwhile = [];
        this.#owner.changed();
      }
    }
  }
}
