import { describe, expect, it } from 'vitest';
import { callables, callAt, complete } from '../src/lib/calls';
import { findEmoji } from '../src/lib/emoji';
import { around, marks } from '../src/lib/marks';
import { placeIn } from '../src/lib/address';
import { pieces } from '../src/lib/text';
import { span } from '../src/lib/times';
import { member } from './messages';

const people = [member('1', 'Ben Okafor'), member('2', 'Benedikt'), member('3', 'Ada'), member('4', '李雷')];
const hits = (text: string, search: string): string[] => marks(text, search).filter(({ isHit }) => isHit).map((mark) => mark.text);
const called = (text: string, ...names: string[]): string[] =>
  pieces(text, names.map((name) => ({ userId: name, name }))).filter(({ mention }) => mention !== undefined).map((piece) => piece.text);

describe('a call', () => {
  it('begins with an @ that stands alone', () => {
    expect(callAt('hello @be', 9)).toEqual({ at: 6, query: 'be' });
    expect(callAt('@', 1)).toEqual({ at: 0, query: '' });
    expect(callAt('ann@example', 11)).toBeNull();
    expect(callAt('@ben ', 5)).toBeNull();
    expect(callAt('hello', 5)).toBeNull();
    expect(callAt('@be and more', 3)).toEqual({ at: 0, query: 'be' });
  });

  it('offers who is called so, and everybody', () => {
    expect(callables(people, 'be', 'me').map(({ name }) => name)).toEqual(['Ben Okafor', 'Benedikt']);
    expect(callables(people, 'oka', 'me').map(({ name }) => name)).toEqual(['Ben Okafor']);
    expect(callables(people, 'ro', 'me')).toEqual([{ id: null, name: 'room' }]);
    expect(callables(people, '', '3').map(({ name }) => name)).not.toContain('Ada');
  });

  it('is completed where the caret stands', () => {
    expect(complete('hi @be there', { at: 3, query: 'be' }, 'Ben Okafor')).toEqual({ text: 'hi @Ben Okafor there', caret: 15 });
  });

  it('is marked in a text as the server reads it', () => {
    expect(called('@Ben Okafor and @ben', 'Ben', 'Ben Okafor')).toEqual(['@Ben Okafor', '@ben']);
    expect(called('@李雷你好', '李雷')).toEqual(['@李雷']);
    expect(called('@Benny ann@Ben', 'Ben')).toEqual([]);
    expect(pieces('@Ben see https://example.org/@Ben', [{ userId: '1', name: 'Ben' }]).map(({ href }) => href)).toEqual([null, null, 'https://example.org/@Ben']);
  });
});

describe('what was found', () => {
  it('is marked by the beginning of words, and anywhere in Chinese', () => {
    expect(hits('Release notes, unreleased', 'rel')).toEqual(['Release']);
    expect(hits('数据库升级', '升级')).toEqual(['升级']);
    expect(hits('a+b (c)', 'a+b')).toEqual(['a+b']);
    expect(hits('nothing', '  ')).toEqual([]);
  });

  it('is shown with what stands around it', () => {
    const long = `${'word '.repeat(100)}needle ${'word '.repeat(100)}`;
    expect(around(long, 'needle')).toContain('needle');
    expect(around(long, 'needle').length).toBeLessThan(225);
    expect(around('short\ntext', 'x')).toBe('short text');
  });
});

describe('the address', () => {
  it('names a room, a message or an invite link', () => {
    const id = '01a20768-3aa8-7ac3-93c4-597d68b867a0';
    expect(placeIn(`#room/${id}`)).toEqual({ roomId: id, seq: null, inviteCode: null });
    expect(placeIn(`#room/${id}/12`).seq).toBe(12);
    expect(placeIn('#/invite/aB_-9').inviteCode).toBe('aB_-9');
    expect(placeIn('#/invite/a b')).toEqual({ roomId: null, seq: null, inviteCode: null });
  });
});

describe('words', () => {
  it('say how long', () => {
    expect([1, 23_000, 150_000, 7_200_000, 300_000_000].map(span)).toEqual(['1 s', '23 s', '3 min', '2 h', '4 days']);
  });

  it('find an emoji', () => {
    expect(findEmoji('rocket')[0]?.emoji).toBe('🚀');
    expect(findEmoji('xyzzy')).toEqual([]);
  });
});
