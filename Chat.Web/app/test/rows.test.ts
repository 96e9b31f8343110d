import type { Message, Outgoing } from '@chat/client';
import { describe, expect, it } from 'vitest';
import { happeningOf } from '../src/lib/happenings';
import { firstNew, rowsOf } from '../src/lib/rows';
import { indexFrom, mostShown, windowOf } from '../src/lib/window';

const noon = Date.parse('2026-03-04T12:00:00Z');

function message(seq: number, authorId: string, minutes = seq, more: Partial<Message> = {}): Message {
  return {
    roomId: 'room', version: seq, id: `id ${seq}`, seq, kind: 'text', authorId, authorName: authorId, clientMessageId: `client ${seq}`,
    text: `text ${seq}`, system: null, replyToSeq: null, threadSeq: null, replyCount: 0, lastReplyAt: null, mentions: [], attachments: [],
    reactions: [], pinnedAt: null, forwardedFrom: null, stream: null, createdAt: new Date(noon + minutes * 60_000).toISOString(),
    editedAt: null, deletedAt: null, deletedBy: null, ...more,
  };
}

const joined = (seq: number, name: string): Message =>
  message(seq, name, seq, {
    kind: 'system', authorId: null, clientMessageId: null,
    system: { kind: 'joined', actorId: name, actorName: name, subjectId: null, subjectName: '', value: '' },
  });

const waiting = (id: string): Outgoing => ({
  roomId: 'room', clientMessageId: id, text: id, replyToSeq: null, threadSeq: null, attachmentIds: [], forward: null, writtenAt: noon,
  status: 'sending', error: null,
});

const shapeOf = (rows: ReturnType<typeof rowsOf>): string[] =>
  rows.map((row) => (row.kind === 'message' || row.kind === 'waiting' ? `${row.kind}${row.starts ? '*' : ''}` : row.kind));

describe('rows', () => {
  it('begin anew with another author, a pause, a reply and a day', () => {
    const messages = [
      message(1, 'ann', 0), message(2, 'ann', 1), message(3, 'ben', 2), message(4, 'ben', 9), message(5, 'ben', 10, { replyToSeq: 1 }),
      message(6, 'ben', 60 * 30),
    ];
    expect(shapeOf(rowsOf({ messages, waiting: [], me: 'ann', newFrom: null })))
      .toEqual(['day', 'message*', 'message', 'message*', 'message*', 'message*', 'day', 'message*']);
  });

  it('put what several people did in a row into one line', () => {
    const rows = rowsOf({ messages: [joined(1, 'Ann'), joined(2, 'Ben'), joined(3, 'Cleo'), message(4, 'ann')], waiting: [], me: 'x', newFrom: null });
    expect(shapeOf(rows)).toEqual(['day', 'happening', 'message*']);
    expect(happeningOf([joined(1, 'Ann'), joined(2, 'Ben'), joined(3, 'Cleo')])).toBe('Ann, Ben, and Cleo joined');
  });

  it('mark where the new begins', () => {
    const messages = [message(1, 'ann'), message(2, 'me'), message(3, 'ann')];
    expect(firstNew(messages, 1, 'me', false)).toBe(3);
    expect(shapeOf(rowsOf({ messages, waiting: [], me: 'me', newFrom: 3 }))).toEqual(['day', 'message*', 'message*', 'new', 'message*']);
  });

  it('mark nothing when the new may begin among what is not held', () => {
    expect(firstNew([message(8, 'ann')], 3, 'me', true)).toBeNull();
    expect(firstNew([message(8, 'ann')], 3, 'me', false)).toBe(8);
  });

  it('keep the key of my message when the stored one takes over', () => {
    const [, before] = rowsOf({ messages: [message(1, 'ann')], waiting: [waiting('client 2')], me: 'me', newFrom: null }).slice(1);
    const [, after] = rowsOf({ messages: [message(1, 'ann'), message(2, 'me')], waiting: [], me: 'me', newFrom: null }).slice(1);
    expect(before?.kind).toBe('waiting');
    expect(after?.kind).toBe('message');
    expect(after?.key).toBe(before?.key);
  });

  it('have keys of their own, whatever ids others choose', () => {
    const messages = [message(1, 'me', 1, { clientMessageId: 'same' }), message(2, 'ann', 2, { clientMessageId: 'same' }), message(3, 'ben', 3, { clientMessageId: 'same' })];
    const keys = rowsOf({ messages, waiting: [waiting('same')], me: 'me', newFrom: null }).map((row) => row.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the shown part', () => {
  const many = Array.from({ length: 5_000 }, (_, i) => ({ seq: i * 3 + 1 }));

  it('is never larger than its limit', () => {
    for (const startSeq of [null, 0, 1, 7_000, 14_990, 99_999]) {
      const { start, end } = windowOf(many, startSeq);
      expect(end - start).toBeLessThanOrEqual(mostShown);
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(many.length);
    }
  });

  it('ends at the newest unless it starts elsewhere', () => {
    expect(windowOf(many, null).end).toBe(many.length);
    expect(windowOf(many, 1).start).toBe(0);
    expect(indexFrom(many, 2)).toBe(1);
    expect(indexFrom(many, 99_999)).toBe(many.length);
  });
});
