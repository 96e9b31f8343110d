import type { Guid, Member, Message, MyRoom, Room } from '../src/index.js';

export const roomId: Guid = '00000000-0000-7000-8000-00000000000a';
export const otherRoomId: Guid = '00000000-0000-7000-8000-00000000000b';
export const ann: Guid = '00000000-0000-7000-8000-0000000000a1';
export const bob: Guid = '00000000-0000-7000-8000-0000000000b2';

const moment = '2026-01-31T12:00:00Z';

export function room(version: number, name = 'general', id: Guid = roomId): Room {
  return {
    roomId: id, version, kind: 'public', name, topic: '', createdBy: null, createdAt: moment, hasPassword: false, seatLimit: null,
    isTemporary: false, archivedAt: null, between: [], deletedAt: null, deletedReason: null,
  };
}

export function member(version: number, userId: Guid = ann, change: Partial<Member> = {}): Member {
  return {
    roomId, version, userId, name: userId === ann ? 'Ann' : 'Bob', userKind: 'guest', role: 'member', state: 'active', joinedAt: moment,
    leftAt: null, mutedUntil: null, bannedUntil: null, reason: '', invitedBy: null, ...change,
  };
}

export function message(seq: number, change: Partial<Message> = {}): Message {
  return {
    roomId, version: seq, id: `message ${seq}`, seq, kind: 'text', authorId: bob, authorName: 'Bob', clientMessageId: null,
    text: `text ${seq}`, system: null, replyToSeq: null, threadSeq: null, replyCount: 0, lastReplyAt: null, mentions: [], attachments: [],
    reactions: [], pinnedAt: null, forwardedFrom: null, stream: null, createdAt: moment, editedAt: null, deletedAt: null, deletedBy: null,
    ...change,
  };
}

export function mine(head: number, change: Partial<MyRoom> = {}): MyRoom {
  return {
    room: room(1), membership: member(2), head, memberCount: 1, readSeq: 0, unread: 0, unreadMentions: 0, sync: null, ...change,
  };
}
