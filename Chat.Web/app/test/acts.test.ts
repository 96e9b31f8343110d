import { describe, expect, it } from 'vitest';
import { actsFor } from '../src/lib/acts';
import { may, outranks } from '../src/lib/may';
import { member, message, view } from './messages';

describe('what is offered', () => {
  it('to do with my own message and with those of others differs', () => {
    expect(actsFor(message({ authorId: 'me' }), view(), 'me')).toContain('edit');
    expect(actsFor(message({ authorId: 'me' }), view(), 'me')).toContain('delete');
    expect(actsFor(message(), view(), 'me')).not.toContain('edit');
    expect(actsFor(message(), view(), 'me')).not.toContain('delete');
  });

  it('to moderators is more', () => {
    const moderator = view({ me: { role: 'moderator' } });
    expect(actsFor(message(), moderator, 'me')).toEqual(expect.arrayContaining(['delete', 'pin']));
    expect(actsFor(message(), view(), 'me')).not.toContain('pin');
    expect(may('rules', moderator)).toBe(false);
    expect(may('rules', view({ me: { role: 'owner' } }))).toBe(true);
  });

  it('with a deleted message or one of the room is nothing', () => {
    expect(actsFor(message({ deletedAt: 'then' }), view(), 'me')).toEqual([]);
    expect(actsFor(message({ kind: 'system' }), view(), 'me')).toEqual([]);
  });

  it('of an earlier version only where there is one, of a pin what it is not', () => {
    expect(actsFor(message(), view(), 'me')).not.toContain('edits');
    expect(actsFor(message({ editedAt: 'then' }), view(), 'me')).toContain('edits');
    expect(actsFor(message({ pinnedAt: 'then' }), view({ me: { role: 'owner' } }), 'me')).toContain('unpin');
  });

  it('ends where a room is archived and while I am muted', () => {
    expect(may('post', view({ room: { archivedAt: 'then' } }))).toBe(false);
    const muted = view({ me: { mutedUntil: new Date(Date.now() + 60_000).toISOString() } });
    expect(may('post', muted)).toBe(false);
    expect(may('post', view({ me: { mutedUntil: '2020-01-01T00:00:00Z' } }))).toBe(true);
    expect(actsFor(message({ authorId: 'me' }), muted, 'me')).toContain('delete');
  });

  it('of sanctions reaches only those below', () => {
    expect(outranks('moderator', member('x', 'X').role)).toBe(true);
    expect(outranks('moderator', 'moderator')).toBe(false);
    expect(outranks('moderator', 'owner')).toBe(false);
    expect(may('sanction', view({ room: { kind: 'direct' }, me: { role: 'owner' } }))).toBe(false);
  });
});
