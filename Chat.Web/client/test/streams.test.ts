import { describe, expect, it } from 'vitest';
import type { Message } from '../src/contracts.generated.js';
import { GrowingTexts } from '../src/streams.js';

const open = (version: number, text: string): Message => ({ seq: 1, version, text, stream: 'open', deletedAt: null }) as Message;
const chunk = (offset: number, text: string) => ({ roomId: '', seq: 1, offset, text });

describe('The text of an open message', () => {
  it('is not shortened by a record that is behind the pieces', () => {
    const growing = new GrowingTexts();
    const held = growing.grow(chunk(0, 'Once upon'), open(1, ''))!;
    expect(growing.take(open(2, 'Once'), held)).toMatchObject({ version: 2, text: 'Once upon' });
    expect(growing.take(open(3, 'Another'), held).text).toBe('Another');
    expect(growing.take({ ...open(4, 'Once'), stream: 'cut_off' }, held).text).toBe('Once');
  });

  it('takes a piece that came early when what is before it is there', () => {
    const growing = new GrowingTexts();
    expect(growing.grow(chunk(10, 'a time'), undefined)).toBeNull();
    expect(growing.grow(chunk(9, ' '), open(1, 'Once'))).toBeNull();
    expect(growing.take(open(2, 'Once upon'), open(1, 'Once')).text).toBe('Once upon a time');
  });

  it('takes what is new of a piece that overlaps', () => {
    const growing = new GrowingTexts();
    expect(growing.grow(chunk(2, 'ce upon'), open(1, 'Once'))?.text).toBe('Once upon');
    expect(growing.grow(chunk(0, 'Once'), open(1, 'Once upon'))).toBeNull();
  });
});
