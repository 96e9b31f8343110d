import type { Guid } from './contracts.generated.js';
import type { RoomChange } from './sequencer.js';

const mostRooms = 50;
const mostChanges = 200;

/** Keeps live changes of rooms that this client does not hold yet, while the answer that brings the room is on its way. */
export class Strays {
  readonly #byRoom = new Map<Guid, RoomChange[]>();

  keep(change: RoomChange): void {
    const roomId = change.record.roomId;
    let changes = this.#byRoom.get(roomId);
    if (!changes) {
      if (this.#byRoom.size >= mostRooms) this.#byRoom.delete(this.#byRoom.keys().next().value as Guid);
      this.#byRoom.set(roomId, (changes = []));
    }
    // The newest count: a gap below them is closed by a sync.
    if (changes.push(change) > mostChanges) changes.shift();
  }

  /** The kept changes of the room, which are forgotten by this. */
  take(roomId: Guid): readonly RoomChange[] {
    const changes = this.#byRoom.get(roomId) ?? [];
    this.#byRoom.delete(roomId);
    return changes;
  }

  clear(): void {
    this.#byRoom.clear();
  }
}
