import type { Member, MemberRole, RoomView } from '@chat/client';

/** What is offered only to those who may: see the server's table, which decides. */
export type Act =
  | 'post' | 'react' | 'delete_others' | 'pin' | 'invite' | 'links' | 'sanction' | 'roles' | 'rename' | 'rules' | 'archive' | 'delete' | 'audit' | 'webhooks';

type Rank = 0 | 1 | 2;
type Lowest = Rank | null;

// The lowest rank in public, private and direct rooms (null: nobody), whether in an archived room, whether while muted.
const table: Record<Act, readonly [Lowest, Lowest, Lowest, boolean, boolean]> = {
  post: [0, 0, 0, false, false],
  react: [0, 0, 0, false, false],
  delete_others: [1, 1, null, true, true],
  pin: [1, 1, 0, false, false],
  invite: [0, 1, null, false, true],
  links: [1, 1, null, false, true],
  sanction: [1, 1, null, true, true],
  roles: [2, 2, null, true, true],
  rename: [1, 1, null, false, true],
  rules: [2, 2, null, false, true],
  archive: [2, 2, null, true, true],
  delete: [2, 2, null, true, true],
  audit: [1, 1, null, true, true],
  webhooks: [2, 2, null, true, true],
};

export const rankOf = (role: MemberRole): Rank => (role === 'owner' ? 2 : role === 'moderator' ? 1 : 0);

/** Whether it is worth offering. */
export function may(act: Act, { room, membership }: Pick<RoomView, 'room' | 'membership'>, isAdministrator = false, now = Date.now()): boolean {
  const [inPublic, inPrivate, inDirect, whileArchived, whileMuted] = table[act];
  const lowest = room.kind === 'direct' ? inDirect : room.kind === 'private' ? inPrivate : inPublic;
  const rank = isAdministrator && act !== 'post' && act !== 'react' ? 2 : rankOf(membership.role);
  return lowest !== null && rank >= lowest && (room.archivedAt === null || whileArchived) && (whileMuted || !isMuted(membership, now));
}

/** Whether a member is below me, so that I may act on it. */
export const outranks = (mine: MemberRole, theirs: MemberRole, isAdministrator = false): boolean =>
  (isAdministrator ? 3 : rankOf(mine)) > rankOf(theirs);

export const isMuted = ({ mutedUntil }: Member, now = Date.now()): boolean => mutedUntil !== null && Date.parse(mutedUntil) > now;
