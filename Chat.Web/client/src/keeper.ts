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
  #author: string | null = null;
  #drawer: Drawer | null = null;
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

  /** Whether all of it outlives the page or the process. */
  get isLasting(): boolean {
    return (this.#drawer?.isLasting ?? false) && this.#unkept.size === 0;
  }

  /** Opens the drawer of this author. */
  async open(author: string): Promise<void> {
    this.close();
    this.#author = author;
    this.#unkept.clear();
    const begin = this.#begin;
    this.#opening = this.#openDrawer(author);
    begin();
    await this.#opening;
  }

  /** Lets go of the drawer. What is written from now on waits for the next. */
  close(): void {
    if (this.#author !== null) this.#wait();
    this.#author = null;
    this.#drawer?.close();
    this.#drawer = null;
  }

  /** Keeps it. Where that fails it is kept by nobody but its caller. */
  put(item: KeptOutgoing): Promise<void> {
    return this.#keep(item, async (drawer) => drawer.put(item));
  }

  /** Keeps another in the place of the one with this id; answers false where that one is gone. */
  async replace(clientMessageId: Guid, item: KeptOutgoing): Promise<boolean> {
    let isThere = true;
    if (this.#unkept.delete(clientMessageId)) await this.put(item);
    else await this.#keep(item, async (drawer) => void (isThere = await drawer.replace(clientMessageId, item)));
    return isThere;
  }

  async remove(clientMessageId: Guid): Promise<void> {
    if (this.#author === null) return;
    await this.#opened();
    try {
      // One that stays by mistake is sent again with its id, which changes nothing.
      await this.#drawer?.remove(clientMessageId);
    } catch {
      // As good as said above.
    }
    if (this.#unkept.delete(clientMessageId)) this.#owner.changed();
  }

  async #keep(item: KeptOutgoing, keep: (drawer: Drawer) => Promise<void>): Promise<void> {
    const author = this.#author;
    await this.#opened();
    // Somebody else writes now: it stays with whom it was written by.
    if (author !== null && author !== this.#author) return;
    try {
      if (this.#drawer) await keep(this.#drawer);
    } catch {
      this.#unkept.add(item.request.clientMessageId);
    }
    this.#owner.changed();
  }

  #wait(): void {
    this.#opening = new Promise((begin) => (this.#begin = begin));
  }

  /** The drawer that is being opened now, also when another follows the one that was waited for. */
  async #opened(): Promise<void> {
    for (let waited: Promise<void> | null = null; waited !== this.#opening; ) await (waited = this.#opening);
  }

  async #openDrawer(author: string): Promise<void> {
    const isCurrent = (): boolean => this.#author === author;
    const listener: DrawerListener = {
      adopted: (items) => isCurrent() && this.#owner.adopted(items),
      gone: (clientMessageId) => isCurrent() && this.#owner.gone(clientMessageId),
    };
    let drawer: Drawer;
    try {
      drawer = await this.#store.open(author, listener);
    } catch {
      drawer = await memoryOutbox().open(author, listener);
    }
    if (!isCurrent()) return drawer.close();
    this.#drawer = drawer;
    this.#owner.opened(drawer.items);
    this.#owner.changed();
  }
}
