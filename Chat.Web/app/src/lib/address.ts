const lastKey = 'chat.room';

/** The room that the address names, else the one that was open last on this browser. */
export function roomInAddress(): string | null {
  const named = /^#room\/([0-9a-f-]{36})$/i.exec(location.hash)?.[1];
  if (named !== undefined) return named.toLowerCase();
  try {
    return localStorage.getItem(lastKey);
  } catch {
    return null;
  }
}

/** Names the room in the address, so that a reload and the back button find it. */
export function putRoomInAddress(roomId: string): void {
  const hash = `#room/${roomId}`;
  if (location.hash === '') history.replaceState(null, '', hash);
  else if (location.hash !== hash) history.pushState(null, '', hash);
  try {
    localStorage.setItem(lastKey, roomId);
  } catch {
    // The address is enough.
  }
}
