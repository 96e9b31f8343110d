import type { Member, Message, Room, RoomView } from '@chat/client';

const noon = '2026-03-04T12:00:00Z';

/** Records as the server writes them, with what a test cares about. */
export const message = (more: Partial<Message> = {}): Message => ({
  roomId: 'room', version: 1, id: 'id', seq: 1, kind: 'text', authorId: 'ann', authorName: 'Ann', clientMessageId: 'client', text: 'text',
  system: null, replyToSeq: null, threadSeq: null, replyCount: 0, lastReplyAt: null, mentions: [], attachments: [], reactions: [],
  pinnedAt: null, forwardedFrom: null, stream: null, createdAt: noon, editedAt: null, deletedAt: null, deletedBy: null, ...more,
});

export const member = (userId: string, name: string, more: Partial<Member> = {}): Member => ({
  roomId: 'room', version: 1, userId, name, userKind: 'guest', role: 'member', state: 'active', joinedAt: noon, leftAt: null, mutedUntil: null,
  bannedUntil: null, reason: '', invitedBy: null, ...more,
});

export const room = (more: Partial<Room> = {}): Room => ({
  roomId: 'room', version: 1, kind: 'public', name: 'general', topic: '', createdBy: null, createdAt: noon, hasPassword: false, seatLimit: null,
  isTemporary: false, archivedAt: null, between: [], deletedAt: null, deletedReason: null, ...more,
});

export const view = (more: { room?: Partial<Room>; me?: Partial<Member>; memberCount?: number } = {}): RoomView =>
  ({ room: room(more.room), membership: member('me', 'Me', more.me), memberCount: more.memberCount ?? 3, members: [], messages: [] }) as unknown as RoomView;
