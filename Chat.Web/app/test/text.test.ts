import { describe, expect, it } from 'vitest';
import { excerpt, initials, isEmojiOnly, pieces } from '../src/lib/text';

const links = (text: string): string[] => pieces(text).flatMap((piece) => (piece.href === null ? [] : [piece.text]));

describe('links', () => {
  it('lose nothing of the text', () => {
    for (const text of ['', 'plain', 'see https://a.example/b, or (http://c.example/d_(e)).', 'https://', '<b>https://x.example</b>'])
      expect(pieces(text).map((piece) => piece.text).join('')).toBe(text);
  });

  it('are http and https only', () => {
    expect(links('javascript:alert(1) data:text/html,x ftp://x.example file:///etc/passwd vbscript:x')).toEqual([]);
    expect(links('HTTPS://Example.org http://example.org/x?y=1#z')).toEqual(['HTTPS://Example.org', 'http://example.org/x?y=1#z']);
  });

  it('end before the sentence does', () => {
    expect(links('(see https://example.org/a).')).toEqual(['https://example.org/a']);
    expect(links('https://example.org/a_(b), and more')).toEqual(['https://example.org/a_(b)']);
    expect(links('Is it https://example.org/?')).toEqual(['https://example.org/']);
  });

  it('end before markup', () => {
    expect(links('https://example.org/"onmouseover="x')).toEqual(['https://example.org/']);
    expect(links('https://example.org/<script>')).toEqual(['https://example.org/']);
  });

  it('are found quickly in a text made to be slow', () => {
    const started = performance.now();
    pieces('https://a.example/' + ')'.repeat(16_000));
    pieces('http://'.repeat(2_300));
    expect(performance.now() - started).toBeLessThan(500);
  });
});

it('a quote is one short line', () => {
  expect(excerpt('  one\n\ttwo  ')).toBe('one two');
  expect(Array.from(excerpt('😀'.repeat(300), 10))).toHaveLength(10);
});

it('initials stand for a name', () => {
  expect(initials('Ada Novak')).toBe('AN');
  expect(initials('ben')).toBe('B');
  expect(initials('Ann 2')).toBe('A');
  expect(initials('王小明')).toBe('王');
  expect(initials('!?')).toBe('!');
});

it('a few emoji alone are shown large', () => {
  expect(isEmojiOnly('🎉')).toBe(true);
  expect(isEmojiOnly('👍🏽 👩‍💻')).toBe(true);
  expect(isEmojiOnly('fine 🎉')).toBe(false);
  expect(isEmojiOnly('12')).toBe(false);
  expect(isEmojiOnly('')).toBe(false);
});
