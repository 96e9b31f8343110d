import type { Member, Message, Room, RoomSync } from './contracts.generated.js';

/** One change of a room: a record as it is after the change that its version counts. */
export type RoomChange =
  | { readonly kind: 'room'; readonly record: Room }
  | { readonly kind: 'member'; readonly record: Member }
  | { readonly kind: 'message'; readonly record: Message };

/** What a sync leads to: first forget everything when `reset`, then take the changes in order. */
export interface Caught {
  readonly reset: boolean;
  readonly changes: readonly RoomChange[];
}

/** More would only be kept to be fetched again: the sync that closes the gap brings them. */
const mostHeld = 500;

/**
 * Puts the changes of one room into the order of its versions. Pure: no clock, no network. A change above the next one
 * is held back until the missing ones came or a sync has told them; who owns this waits for 250 ms of an open gap, then
 * syncs.
 */
export class Sequencer {
  readonly #held = new Map<number, RoomChange>();
  #known: number;
  #head: number;
  #epoch: string;
  #isStale = false;

  /** @param known Everything up to this version is known. */
  constructor(known: number, epoch: string) {
    this.#known = known;
    this.#head = known;
    this.#epoch = epoch;
  }

  /** Everything up to this version was taken. */
  get known(): number {
    return this.#known;
  }

  /** The life of the store that `known` belongs to. */
  get epoch(): string {
    return this.#epoch;
  }

  /** Whether the server is known to have more than was taken. */
  get isBehind(): boolean {
    return this.#isStale || this.#head > this.#known;
  }

  /** Whether `known` belongs to another life of the store than the server's: only a sync helps. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Takes a live change, and answers what is in order now: nothing when it was seen before or has to wait. */
  accept(change: RoomChange): RoomChange[] {
    const version = change.record.version;
    if (version <= this.#known && !this.#isStale) return [];
    this.#head = Math.max(this.#head, version);
    if (this.#held.size < mostHeld || version === this.#known + 1) this.#held.set(version, change);
    return this.#isStale ? [] : this.#release();
  }

  /** The server says that the room is at this version. */
  hear(head: number): void {
    this.#head = Math.max(this.#head, head);
  }

  /**
   * The server's store lives another life: what is known means nothing there.
   *
   * @param wentBack It does so without another epoch: a backup was restored and nobody said so.
   */
  enterEpoch(epoch: string, wentBack = false): void {
    if (epoch === this.#epoch && !wentBack) {
      this.#isStale = false;
      return;
    }
    this.#isStale = true;
    this.#held.clear();
    this.#head = 0;
  }

  /** Takes the answer to a sync. */
  applySync(sync: RoomSync): Caught {
    const entered = this.#isStale || sync.epoch !== this.#epoch;
    // A snapshot that was overtaken by live changes takes nothing back.
    const reset = sync.reset && (entered || sync.head > this.#known);
    if (entered) {
      // Without a reset it is the answer of a former life to a question of this one: only a new sync helps.
      if (!sync.reset) return { reset: false, changes: [] };
      this.#epoch = sync.epoch;
      this.#isStale = false;
      this.#known = 0;
      this.#head = 0;
    }
    const above = reset ? 0 : this.#known;
    const changes = changesIn(sync).filter((change) => change.record.version > above);
    this.#known = Math.max(this.#known, sync.head);
    this.#head = Math.max(this.#head, this.#known);
    for (const version of [...this.#held.keys()]) if (version <= this.#known) this.#held.delete(version);
    changes.push(...this.#release());
    return { reset, changes };
  }

  #release(): RoomChange[] {
    const released: RoomChange[] = [];
    for (let next = this.#held.get(this.#known + 1); next !== undefined; next = this.#held.get(this.#known + 1)) {
      this.#known += 1;
      this.#held.delete(this.#known);
      released.push(next);
    }
    return released;
  }
}

/** The records of a sync as changes, in the order of their versions. */
export function changesIn(sync: RoomSync): RoomChange[] {
  const changes: RoomChange[] = [];
  if (sync.room) changes.push({ kind: 'room', record: sync.room });
  for (const record of sync.members) changes.push({ kind: 'member', record });
  for (const record of sync.messages) changes.push({ kind: 'message', record });
  return changes.sort((a, b) => a.record.version - b.record.version);
}
