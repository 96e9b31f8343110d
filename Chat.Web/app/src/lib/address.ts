const lastKey = 'chat.room';

/** What the address names: a room, perhaps one of its messages, or an invite link. */
export interface Place {
  readonly roomId: string | null;
  readonly seq: number | null;
  readonly inviteCode: string | null;
}

/** Reads the part behind the #. */
export function placeIn(hash: string): Place {
  const room = /^#room\/([0-9a-f-]{36})(?:\/(\d{1,15}))?$/i.exec(hash);
  const invite = /^#\/?invite\/([\w-]{1,200})$/.exec(hash);
  return {
    roomId: room?.[1]?.toLowerCase() ?? null,
    seq: room?.[2] === undefined ? null : Number(room[2]),
    inviteCode: invite?.[1] ?? null,
  };
}

/** The room that the address names, else the one that was open last on this browser. */
export function roomInAddress(): string | null {
  const { roomId } = placeIn(location.hash);
  if (roomId !== null) return roomId;
  try {
    return localStorage.getItem(lastKey);
  } catch {
    return null;
  }
}

/** Names the room in the address, so that a reload and the back button find it. */
export function putRoomInAddress(roomId: string): void {
  const hash = `#room/${roomId}`;
  // What named a message has been shown: a reload shall find the place where one reads by then.
  if (location.hash === '' || location.hash.startsWith(`${hash}/`)) history.replaceState(null, '', hash);
  else if (location.hash !== hash) history.pushState(null, '', hash);
  try {
    localStorage.setItem(lastKey, roomId);
  } catch {
    // The address is enough.
  }
}

const page = (): string => location.href.split('#')[0] ?? '';

export const linkToMessage = (roomId: string, seq: number): string => `${page()}#room/${roomId}/${seq}`;

export const linkOfInvite = (code: string): string => `${page()}#/invite/${code}`;
