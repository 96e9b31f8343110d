import { describe, expect, it } from 'vitest';
import { ChatError, type ChatHub, type Message, type StreamEnd, type StreamPiece } from '../src/index.js';
import type { Hub } from '../src/hub.js';
import { GrowingTexts, StreamWriter } from '../src/streams.js';
import { Timeline } from '../src/timeline.js';
import { ann, message, roomId } from './records.js';

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

  it('keeps early pieces of the last few messages only', () => {
    const growing = new GrowingTexts();
    for (let seq = 1; seq <= 1_000; seq++) growing.grow({ roomId: '', seq, offset: 0, text: 'early' }, undefined);
    const shown = (seq: number): string => growing.take({ ...open(1, ''), seq }, undefined).text;
    expect([shown(1_000), shown(990), shown(900), shown(1)]).toEqual(['early', 'early', '', '']);
  });

  it('is kept by no timeline that its message is not in', () => {
    const timeline = new Timeline(1);
    timeline.grow({ roomId, seq: 5, offset: 0, text: 'in a thread' });
    timeline.put(message(5, { text: '', stream: 'open', threadSeq: 2 }));
    timeline.put(message(5, { version: 6, text: '', stream: 'open' }));
    expect(timeline.messages.map(({ text }) => text)).toEqual(['']);

    timeline.grow({ roomId, seq: 7, offset: 0, text: 'in the room' });
    timeline.put(message(7, { text: '', stream: 'open' }));
    expect(timeline.at(7)!.text).toBe('in the room');
  });
});

/** An open stream as the server keeps it. */
class Stream {
  readonly appends: StreamPiece[] = [];
  readonly ends: StreamEnd[] = [];
  text: string;
  /** Refuses to end the stream as complete so often, having lost what it had not written. */
  forgets = 0;

  constructor(text: string) {
    this.text = text;
  }

  readonly hub = {
    BeginStream: async () => message(1, { authorId: ann, text: this.text, stream: 'open' }),
    AppendStream: async (piece: StreamPiece) => {
      if (this.appends.push(piece) > 100) throw new ChatError('internal', 'It never ends.');
      if (piece.offset <= this.text.length) this.text += piece.text.slice(this.text.length - piece.offset);
      return { length: this.text.length };
    },
    EndStream: async (end: StreamEnd) => {
      if (this.ends.push(end) > 100) throw new ChatError('internal', 'It never ends.');
      if (this.forgets-- > 0) this.text = this.text.slice(0, 2);
      if (!end.isCutOff && end.length !== this.text.length) throw new ChatError('conflict', 'Another length.');
      return message(1, { version: 2, text: this.text, stream: end.isCutOff ? 'cut_off' : null });
    },
  } satisfies Partial<{ [M in keyof ChatHub]: (request: never) => Promise<unknown> }>;

  async write(...pieces: string[]): Promise<Message> {
    const writer = new StreamWriter({ hub: this.hub as unknown as Hub, persist: (ask) => ask(), wait: async () => undefined });
    const source = async function* (): AsyncGenerator<string> {
      yield* pieces;
    };
    return writer.write({ roomId, clientMessageId: 'kept', replyToSeq: null, threadSeq: null }, source(), () => undefined);
  }
}

describe('A writer that comes back to a stream', () => {
  it('goes on where it is, and sends again what the server forgot', async () => {
    const stream = new Stream('Once');
    stream.forgets = 1;
    expect((await stream.write('Once ', 'upon')).text).toBe('Once upon');
  });

  it.each(['Onc', ''])('with the shorter text "%s" cuts it off and says so', async (text) => {
    const stream = new Stream('Once upon');
    await expect(stream.write(text)).rejects.toMatchObject({ code: 'conflict' });
    expect(stream.ends.at(-1)).toMatchObject({ isCutOff: true });
    expect(stream.appends.length).toBeLessThan(3);
  });
});
