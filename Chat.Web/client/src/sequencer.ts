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

/** As many as a sync tells at most. More would only be kept to be fetched again: the sync that closes the gap brings them. */
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

  /**
   * @param known Everything up to this version is known.
   * @param epoch In this life of the store; empty where nothing is known of any.
   */
  constructor(known: number, epoch: string) {
    this.#known = known;
    this.#head = known;
    this.#epoch = epoch;
  }

  /** Everything up to this version was taken. */
  get known(): number {
    return this.#known;
  }

  /** The highest version heard of. */
  get head(): number {
    return this.#head;
  }

  /** The life of the store that `known` belongs to; empty where nothing is known of the one that it lives. */
  get epoch(): string {
    return this.#epoch;
  }

  /** Whether something is missing; always so where only a snapshot helps. */
  get isBehind(): boolean {
    return this.isStale || this.#head > this.#known;
  }

  /** Whether nothing is known of the life that the store lives: only a snapshot helps. */
  get isStale(): boolean {
    return this.#epoch === '';
  }

  /** Takes a live change, and answers what is in order now: nothing when it was seen before or has to wait. */
  accept(change: RoomChange): RoomChange[] {
    const version = change.record.version;
    this.hear(version);
    if (version <= this.#known) return [];
    // Before the first snapshot even version 1 waits: the snapshot may be older than it and would undo it.
    if (version > this.#known + 1 || this.isStale) {
      if (this.#held.size < mostHeld) this.#held.set(version, change);
      return [];
    }
    this.#known = version;
    return [change, ...this.#release()];
  }

  /** The server says that the room is at this version. */
  hear(head: number): void {
    this.#head = Math.max(this.#head, head);
  }

  /**
   * A connection begins, and its first answer says which life the store lives and how far the room is there. What is known
   * holds on unless it is of another life, or of more than there is: the store went back, perhaps to a backup that nobody
   * gave a new epoch.
   */
  connect(epoch: string, head: number): void {
    // Held and heard of on the last connection, perhaps in what the store has forgotten since. This one tells it again.
    this.#held.clear();
    this.#head = head;
    if (epoch === this.#epoch && head >= this.#known) return;
    this.#epoch = '';
    this.#known = 0;
  }

  /** Takes the answer to a sync. It may be late: what is known already is not told again. */
  applySync(sync: RoomSync): Caught {
    const isOther = sync.epoch !== this.#epoch;
    // A late answer: of a former life, or a snapshot that live changes have overtaken.
    if (sync.reset ? !isOther && sync.head <= this.#known : isOther) return { reset: false, changes: [] };
    if (sync.reset) this.#restart(sync.epoch);
    const above = sync.reset ? 0 : this.#known;
    const changes = changesIn(sync).filter((change) => change.record.version > above);
    this.#known = Math.max(this.#known, sync.head);
    this.hear(this.#known);
    for (const version of [...this.#held.keys()]) if (version <= this.#known) this.#held.delete(version);
    changes.push(...this.#release());
    return { reset: sync.reset, changes };
  }

  /** What was held or heard of before the first snapshot belongs to it; what belongs to another life means nothing now. */
  #restart(epoch: string): void {
    if (!this.isStale && this.#epoch !== epoch) {
      this.#held.clear();
      this.#known = 0;
      this.#head = 0;
    }
    this.#epoch = epoch;
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
