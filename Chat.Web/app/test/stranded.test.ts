import { expect, it } from 'vitest';
import type { ChatView, Outgoing, User } from '@chat/client';
import { strandedIn } from '../src/lib/stranded';
import { view as roomView } from './messages';

const ann: User = { id: 'ann', name: 'Ann', kind: 'guest', isAdministrator: false, createdAt: '2026-01-01T00:00:00Z' };
const outgoing = (roomId: string, status: Outgoing['status']): Outgoing => ({
  roomId, clientMessageId: `${roomId} ${status}`, text: '', replyToSeq: null, threadSeq: null, attachmentIds: [], forward: null, writtenAt: 0, status, error: null,
});
const view = (user: User | null, rooms: ChatView['rooms']): Parameters<typeof strandedIn>[0] => ({
  user, rooms, outgoing: [outgoing('room', 'failed'), outgoing('other', 'failed'), outgoing('other', 'sending')],
});

it('a failed message is stranded where its room is none of mine', () => {
  expect(strandedIn(view(ann, [{ ...roomView(), id: 'room' }])).map(({ clientMessageId }) => clientMessageId)).toEqual(['other failed']);
});

it('nothing is stranded before the server has said which rooms are mine', () => {
  expect(strandedIn(view(null, []))).toEqual([]);
});
