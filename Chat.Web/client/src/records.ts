/** What is needed to keep the newest form of a record. */
interface Versioned {
  readonly version: number;
}

/** The newest known form of each record, by id. */
export class Records<T extends Versioned> {
  readonly #byId = new Map<string, T>();
  readonly #idOf: (record: T) => string;

  constructor(idOf: (record: T) => string) {
    this.#idOf = idOf;
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  values(): IterableIterator<T> {
    return this.#byId.values();
  }

  /** Keeps the record unless one that is as new is kept; answers whether it did. */
  put(record: T): boolean {
    const id = this.#idOf(record);
    const kept = this.#byId.get(id);
    if (kept && kept.version >= record.version) return false;
    this.#byId.set(id, record);
    return true;
  }

  /** Keeps the record in place of one that is as new. */
  replace(record: T): void {
    this.#byId.set(this.#idOf(record), record);
  }

  delete(id: string): void {
    this.#byId.delete(id);
  }

  clear(): void {
    this.#byId.clear();
  }
}
