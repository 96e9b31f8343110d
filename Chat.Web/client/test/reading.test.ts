import { expect, it } from 'vitest';
import { MyReading } from '../src/reading.js';
import { Timeline } from '../src/timeline.js';
import { ann, message, mine } from './records.js';

it.each([true, false])('counts that were made before a change nobody here can count are asked for again (live: %s)', (isLive) => {
  const reading = new MyReading();
  const timeline = new Timeline(11);
  reading.counted(mine(10, { readSeq: 2, unread: 3, unreadMentions: 2 }));
  reading.startAt(10);
  expect(reading.mustAsk(timeline)).toBe(false);

  // An edit of a message that is not held: whom it called before, nobody here knows.
  reading.take(message(5, { version: 12, editedAt: '2026-01-31T12:00:00Z' }), undefined, isLive, ann);
  expect(reading.mustAsk(timeline)).toBe(true);
  reading.moved(2, { unread: 3, mentions: 2 }, 11);
  expect(reading.mustAsk(timeline)).toBe(true);
  reading.moved(2, { unread: 3, mentions: 1 }, 12);
  expect(reading.mustAsk(timeline)).toBe(false);
  expect(reading.counts(timeline, ann)).toEqual({ unread: 3, mentions: 1 });
});
