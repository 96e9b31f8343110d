import type { Guid, Member, Moment } from './contracts.generated.js';

/** Why a room is no longer one of mine. */
export interface RoomRemoved {
  readonly roomId: Guid;
  readonly cause: 'left' | 'kicked' | 'banned' | 'deleted' | 'unknown';
  /** Words for people; may be empty. */
  readonly reason: string;
  /** Where I am banned: until when; null for ever. */
  readonly until: Moment | null;
}

/** The end of my membership. */
export function removedAs({ roomId, state, reason, bannedUntil }: Member): RoomRemoved {
  const cause = state === 'left' || state === 'kicked' || state === 'banned' ? state : 'unknown';
  return { roomId, cause, reason, until: cause === 'banned' ? bannedUntil : null };
}
