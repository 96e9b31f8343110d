import type { RoomView } from '@chat/client';

/** What to call a room: its name, or, in a direct one, the others in it. */
export function roomName(view: RoomView, me: string): string {
  if (view.room.name !== '') return view.room.name;
  const others = view.members.filter((member) => member.userId !== me).map((member) => member.name);
  return others.length === 0 ? 'Direct' : others.join(', ');
}
