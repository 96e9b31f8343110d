import type { Guid } from './contracts.generated.js';
import type { KeptOutgoing } from './outgoing.js';
import type { Drawer, DrawerListener, OutboxStore } from './outboxstore.js';
import { Tabs } from './tabs.js';

export interface IndexedDbOutboxOptions {
  /** Name of the database; `chat.outbox` by default. */
  readonly name?: string;
}

/** What lies in the database: one outgoing message. */
interface Row {
  readonly id: Guid;
  /** Later ones have higher numbers, over all tabs. */
  readonly place: number;
  readonly author: string;
  /** The tab that shows and sends it. */
  readonly tab: string;
  readonly item: KeptOutgoing;
}

const table = 'outgoing';
/** A database that does not open by then is none. */
const openWithinMs = 5_000;

/**
 * Keeps outgoing messages in the browser's IndexedDB, over reloads, crashes and days. Each tab shows and sends its own;
 * those of a tab that is gone are adopted by another, or by the next that opens.
 */
export function indexedDbOutbox({ name = 'chat.outbox' }: IndexedDbOutboxOptions = {}): OutboxStore {
  return { open: (author, listener) => IndexedDbDrawer.open(name, author, listener) };
}

class IndexedDbDrawer implements Drawer {
  readonly isLasting = true;
  items: readonly KeptOutgoing[] = [];
  readonly #database: IDBDatabase;
  readonly #author: string;
  readonly #listener: DrawerListener;
  readonly #tabs: Tabs;
  #isOpen = false;

  constructor(database: IDBDatabase, author: string, listener: DrawerListener) {
    this.#database = database;
    this.#author = author;
    this.#listener = listener;
    this.#tabs = new Tabs(`${database.name} ${author}`, {
      inherit: (living) => this.#inherit(living),
      heard: (clientMessageId) => listener.gone(clientMessageId),
    });
  }

  static async open(name: string, author: string, listener: DrawerListener): Promise<Drawer> {
    const drawer = new IndexedDbDrawer(await openDatabase(name), author, listener);
    try {
      await drawer.#tabs.begin();
    } catch (error) {
      drawer.close();
      throw error;
    }
    drawer.#isOpen = true;
    return drawer;
  }

  put(item: KeptOutgoing): Promise<void> {
    return this.#write(async (rows) => {
      const last = await answerOf(rows.index('place').openKeyCursor(null, 'prev'));
      rows.put(this.#row(item, ((last?.key as number | undefined) ?? 0) + 1));
    });
  }

  replace(clientMessageId: Guid, item: KeptOutgoing): Promise<boolean> {
    return this.#write(async (rows) => {
      const before = (await answerOf(rows.get(clientMessageId))) as Row | undefined;
      if (before?.author !== this.#author) return false;
      if (item.request.clientMessageId !== clientMessageId) this.#delete(rows, clientMessageId);
      rows.put(this.#row(item, before.place));
      return true;
    });
  }

  remove(clientMessageId: Guid): Promise<void> {
    return this.#write(async (rows) => this.#delete(rows, clientMessageId));
  }

  close(): void {
    this.#tabs.end();
    // What was begun is finished first.
    this.#database.close();
  }

  /** Takes over what no living tab sends. */
  async #inherit(living: ReadonlySet<string>): Promise<void> {
    const free = await this.#write(async (rows) => {
      const all = (await answerOf(rows.index('author').getAll(this.#author))) as Row[];
      const orphans = all.filter(({ tab }) => !living.has(tab)).sort((a, b) => a.place - b.place);
      for (const row of orphans) rows.put({ ...row, tab: this.#tabs.name });
      return orphans.map(({ item }) => item);
    });
    if (!this.#isOpen) this.items = free;
    else if (free.length > 0) this.#listener.adopted(free);
  }

  #row(item: KeptOutgoing, place: number): Row {
    return { id: item.request.clientMessageId, place, author: this.#author, tab: this.#tabs.name, item };
  }

  #delete(rows: IDBObjectStore, clientMessageId: Guid): void {
    rows.delete(clientMessageId);
    rows.transaction.addEventListener('complete', () => this.#tabs.say(clientMessageId));
  }

  /** Answers when it is on the disk, not only on its way there. */
  async #write<T>(act: (rows: IDBObjectStore) => Promise<T>): Promise<T> {
    const transaction = this.#database.transaction(table, 'readwrite', { durability: 'strict' });
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('The transaction was aborted.'));
    });
    const [answer] = await Promise.all([act(transaction.objectStore(table)), done]);
    return answer;
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    let isLate = false;
    const limit = setTimeout(() => {
      isLate = true;
      reject(new Error('The database does not open.'));
    }, openWithinMs);
    request.onupgradeneeded = () => {
      const rows = request.result.createObjectStore(table, { keyPath: 'id' });
      rows.createIndex('place', 'place');
      rows.createIndex('author', 'author');
    };
    request.onerror = () => reject(request.error ?? new Error('The database does not open.'));
    request.onsuccess = () => {
      clearTimeout(limit);
      if (isLate) return request.result.close();
      // Whoever deletes the database or makes a newer one must not wait for this.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The request failed.'));
  });
}
