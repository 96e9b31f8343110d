import type { ChatView, Outgoing } from '@chat/client';

/** Failed messages that no room shows, since theirs is not one of mine. Which are mine is known from the first connection on. */
export function strandedIn({ user, rooms, outgoing }: Pick<ChatView, 'user' | 'rooms' | 'outgoing'>): readonly Outgoing[] {
  if (user === null) return [];
  return outgoing.filter(({ status, roomId }) => status === 'failed' && !rooms.some(({ id }) => id === roomId));
}
