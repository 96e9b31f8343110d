import { type RoomView, titleOf } from '@chat/client';

/** What to call a room: its name, or, in a direct one, the others in it. */
export function roomName(view: RoomView, me: string): string {
  if (view.room.between.length === 1) return 'Notes to myself';
  return titleOf(view, me) || 'Direct';
}

/** The other one of a direct room between two. */
export const otherIn = ({ room }: RoomView, me: string): string | null =>
  room.between.length === 2 ? (room.between.find((id) => id !== me) ?? null) : null;

/** The name of somebody in a room, as far as the page knows it. */
export function nameIn(view: RoomView, userId: string, me: string): string {
  if (userId === me) return 'you';
  return (
    view.members.find((member) => member.userId === userId)?.name ??
    view.messages.find((message) => message.authorId === userId)?.authorName ?? 'somebody'
  );
}
