import type { Guid } from './contracts.generated.js';
import type { KeptOutgoing } from './outgoing.js';
import { type Drawer, type DrawerListener, memoryOutbox, type OutboxStore } from './outboxstore.js';

/** What a keeper needs from its owner. */
export interface KeeperOwner extends DrawerListener {
  /** The store answered what it holds for the author: they come before all that was written since. */
  opened(items: readonly KeptOutgoing[]): void;
  /** {@link Keeper.isLasting} may be another. */
  changed(): void;
}

/** Keeps the outgoing messages of one author in a store; where the store cannot, in memory, and says so. */
export class Keeper {
  readonly #store: OutboxStore;
  readonly #owner: KeeperOwner;
  /** What the store did not take. */
  readonly #unkept = new Set<Guid>();
  /** What the store took. Where it no longer holds it when it is opened again, another has taken it over. */
  readonly #kept = new Set<Guid>();
  /** Replaced and removed while no drawer was open: not to come back with the next. */
  readonly #replaced = new Set<Guid>();
  readonly #removed = new Set<Guid>();
  #author: string | null = null;
  #lastAuthor: string | null = null;
  #drawer: Drawer | null = null;
  /** Counts openings and closings: a drawer that opens after another began is closed again. */
  #run = 0;
  /** Before the author is known, what is written waits for its drawer. */
  #opening!: Promise<void>;
  #begin!: () => void;

  constructor(store: OutboxStore, owner: KeeperOwner) {
    this.#store = store;
    this.#owner = owner;
    this.#wait();
  }

  get author(): string | null {
    return this.#author;
  }

  /** Whose drawer it is, or was before it was closed. */
  get lastAuthor(): string | null {
    return this.#lastAuthor;
  }

  /** Whether all of it outlives the page or the process. */
  get isLasting(): boolean {
    return (this.#drawer?.isLasting ?? false) && this.#unkept.size === 0;
  }

  /** Opens the drawer of this author. */
  async open(author: string): Promise<void> {
    this.close();
    if (author !== this.#lastAuthor) for (const ids of [this.#unkept, this.#kept, this.#replaced, this.#removed]) ids.clear();
    this.#author = this.#lastAuthor = author;
    const begin = this.#begin;
    this.#opening = this.#openDrawer(author, this.#run);
    begin();
    await this.#opening;
  }

  /** Lets go of the drawer. What is written from now on waits for the next. */
  close(): void {
    this.#run++;
    if (this.#author !== null) this.#wait();
    this.#author = null;
    this.#drawer?.close();
    this.#drawer = null;
  }

  /** Waits for the drawer that is being opened now, also when another follows the one that was waited for. */
  async opened(): Promise<void> {
    for (let waited: Promise<void> | null = null; waited !== this.#opening; ) await (waited = this.#opening);
  }

  /** Keeps it. Where that fails it is kept by nobody but its caller. */
  put(item: KeptOutgoing): Promise<void> {
    return this.#keep(item, async (drawer) => (await drawer.put(item), true));
  }

  /** Keeps another in the place of the one with this id; answers false where that one is gone. */
  async replace(clientMessageId: Guid, item: KeptOutgoing): Promise<boolean> {
    if (!this.#drawer && clientMessageId !== item.request.clientMessageId) this.#replaced.add(clientMessageId);
    let isThere = true;
    if (this.#unkept.delete(clientMessageId)) await this.put(item);
    else await this.#keep(item, async (drawer) => (isThere = await drawer.replace(clientMessageId, item)));
    this.#replaced.delete(clientMessageId);
    if (clientMessageId !== item.request.clientMessageId) this.#kept.delete(clientMessageId);
    return isThere;
  }

  async remove(clientMessageId: Guid): Promise<void> {
    this.#kept.delete(clientMessageId);
    // At once where that can be: the drawer may be closed in a moment.
    if (!this.#drawer && this.#author !== null) await this.#opening;
    if (!this.#drawer) {
      this.#removed.add(clientMessageId);
      return;
    }
    await removed(this.#drawer, clientMessageId);
    if (this.#unkept.delete(clientMessageId)) this.#owner.changed();
  }

  async #keep(item: KeptOutgoing, keep: (drawer: Drawer) => Promise<boolean>): Promise<void> {
    const author = this.#author ?? this.#lastAuthor;
    const { clientMessageId } = item.request;
    await this.opened();
    // Somebody else writes now: it stays with whom it was written by.
    if (author !== null && author !== this.#author) return;
    const drawer = this.#drawer;
    try {
      if (drawer && (await keep(drawer)) && drawer.isLasting) this.#kept.add(clientMessageId);
    } catch {
      this.#unkept.add(clientMessageId);
    }
    this.#owner.changed();
  }

  #wait(): void {
    this.#opening = new Promise((begin) => (this.#begin = begin));
  }

  async #openDrawer(author: string, run: number): Promise<void> {
    const isCurrent = (): boolean => run === this.#run;
    const listener: DrawerListener = {
      adopted: (items) => isCurrent() && this.#adopted(items),
      gone: (clientMessageId) => isCurrent() && this.#gone(clientMessageId),
    };
    let drawer: Drawer | null = null;
    try {
      drawer = await this.#store.open(author, listener);
    } catch {
      // Said by isLasting.
    }
    if (!isCurrent()) return drawer?.close();
    if (drawer) this.#compare(drawer);
    this.#drawer = drawer ?? (await memoryOutbox().open(author, listener));
    this.#owner.opened(this.#drawer.items.filter(({ request: { clientMessageId: id } }) => !this.#replaced.has(id) && !this.#removed.has(id)));
    this.#owner.changed();
  }

  /** What was held here before and is not in the store any more is another's by now, or was sent or dropped by it. */
  #compare(drawer: Drawer): void {
    const there = new Set(drawer.items.map(({ request }) => request.clientMessageId));
    for (const id of this.#kept) if (!there.has(id)) this.#gone(id);
    for (const id of there) if (drawer.isLasting) this.#kept.add(id);
    for (const id of this.#removed) void removed(drawer, id);
  }

  #adopted(items: readonly KeptOutgoing[]): void {
    for (const { request } of items) this.#kept.add(request.clientMessageId);
    this.#owner.adopted(items);
  }

  #gone(clientMessageId: Guid): void {
    this.#kept.delete(clientMessageId);
    this.#owner.gone(clientMessageId);
  }
}

/** One that stays by mistake is sent again with its id, which changes nothing. */
async function removed(drawer: Drawer, clientMessageId: Guid): Promise<void> {
  try {
    await drawer.remove(clientMessageId);
  } catch {
    // As good as said above.
  }
}
