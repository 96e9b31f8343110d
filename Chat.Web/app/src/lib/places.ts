/** Where somebody was reading in a room: which message was the first to be seen, and how far below the top of the list. */
export interface Place {
  readonly seq: number;
  readonly top: number;
}

const prefix = 'chat.place.';

/** Kept for the life of the tab, so that a reload changes nothing. */
export function readPlace(roomId: string): Place | null {
  try {
    const place: unknown = JSON.parse(sessionStorage.getItem(prefix + roomId) ?? 'null');
    return isPlace(place) ? place : null;
  } catch {
    return null;
  }
}

export function keepPlace(roomId: string, place: Place | null): void {
  try {
    if (place === null) sessionStorage.removeItem(prefix + roomId);
    else sessionStorage.setItem(prefix + roomId, JSON.stringify(place));
  } catch {
    // A reload then opens the room at its end.
  }
}

function isPlace(value: unknown): value is Place {
  return typeof value === 'object' && value !== null && 'seq' in value && typeof value.seq === 'number' && 'top' in value && typeof value.top === 'number';
}
