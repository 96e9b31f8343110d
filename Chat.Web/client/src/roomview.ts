import type { Alteration } from './alterations.js';
import type { Guid, Member, Message, PresenceStatus, Room, UserPresence } from './contracts.generated.js';
import type { Outgoing } from './outgoing.js';

/** A room as it is to be shown; it does not change, another takes its place. */
export interface RoomView {
  readonly id: Guid;
  readonly room: Room;
  readonly membership: Member;
  /** The newest messages by `seq`, without a hole; those in threads are in {@link ChatRoom.thread}. */
  readonly messages: readonly Message[];
  /** What I wrote and is not among `messages` yet. */
  readonly outgoing: readonly Outgoing[];
  /** By `seq`, what I do to messages and is on its way: edits and reactions are shown in them already. */
  readonly pending: ReadonlyMap<number, readonly Alteration[]>;
  /** Whether the last messages were fetched. */
  readonly isLoaded: boolean;
  readonly isLoadingOlder: boolean;
  readonly hasOlder: boolean;
  /** The known members by name. */
  readonly members: readonly Member[];
  /** Of a direct room: those it is between, as far as they are known, by name. Nobody in other rooms. */
  readonly between: readonly Member[];
  readonly hasMoreMembers: boolean;
  readonly memberCount: number;
  readonly onlineCount: number;
  /** Who is not offline. */
  readonly presence: ReadonlyMap<Guid, PresenceStatus>;
  /** All that was told of each: also what they say of themselves, and when those who are offline were here last. */
  readonly seen: ReadonlyMap<Guid, UserPresence>;
  /** Names of those who are typing. */
  readonly typing: readonly string[];
  readonly readSeq: number;
  /** Messages of others above that, in no thread. */
  readonly unread: number;
  /** Messages of others above that which call me, in threads too. */
  readonly unreadMentions: number;
  /** How far the others have read, by user; null before {@link ChatRoom.loadReaders}. */
  readonly readers: ReadonlyMap<Guid, number> | null;
}

const alphabet = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** The rooms by what they are called. */
export function byTitle(rooms: readonly RoomView[], me: Guid): readonly RoomView[] {
  return [...rooms].sort((a, b) => alphabet.compare(titleOf(a, me), titleOf(b, me)));
}

/** What to call a room: its name; of a direct room the names of the others, or one's own where there are none. */
export function titleOf({ room, between, membership }: RoomView, me: Guid): string {
  if (room.kind !== 'direct') return room.name;
  if (room.between.every((userId) => userId === me)) return membership.name;
  return between.filter(({ userId }) => userId !== me).map(({ name }) => name).join(', ');
}
