import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatError, type Message, NotConnected, type SendMessage } from '../src/index.js';
import { Outbox } from '../src/outbox.js';
import { ann, message, roomId } from './records.js';

/** A server that does with each send what `answers` says next; then stores it, once for each id. */
class Post {
  readonly tried: SendMessage[] = [];
  readonly stored: Message[] = [];
  readonly answers: (() => Promise<void>)[] = [];

  async send(request: SendMessage): Promise<Message> {
    this.tried.push(request);
    await this.answers.shift()?.();
    const before = this.stored.find(({ clientMessageId }) => clientMessageId === request.clientMessageId);
    if (before) return before;
    const stored = message(this.stored.length + 1, { text: request.text, clientMessageId: request.clientMessageId, authorId: ann });
    this.stored.push(stored);
    return stored;
  }

  get texts(): string[] {
    return this.stored.map(({ text }) => text);
  }
}

describe('an outbox', () => {
  let post: Post;
  let outbox: Outbox;

  beforeEach(() => {
    vi.useFakeTimers();
    post = new Post();
    outbox = new Outbox({
      roomId,
      send: (request) => post.send(request),
      sent: ({ clientMessageId }) => outbox.arrived(clientMessageId!),
      changed: () => undefined,
    }, () => 0.5);
  });
  afterEach(() => void vi.useRealTimers());

  const refuse = (error: Error) => () => Promise.reject(error);
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

  it('keeps what is written without a connection, and sends it in order when there is one', async () => {
    for (const text of ['one', 'two', 'three']) outbox.add(text);
    await settle();
    expect(post.tried).toEqual([]);

    outbox.open();
    await settle();

    expect(post.texts).toEqual(['one', 'two', 'three']);
    expect(outbox.items).toEqual([]);
  });

  it('sends one at a time', async () => {
    let finish = (): void => undefined;
    post.answers.push(() => new Promise((resolve) => (finish = resolve)));
    outbox.open();
    outbox.add('one');
    outbox.add('two');
    await settle();
    expect(post.tried.map(({ text }) => text)).toEqual(['one']);

    finish();
    await settle();
    expect(post.texts).toEqual(['one', 'two']);
  });

  it('repeats with the same id what may have been stored before the connection was lost', async () => {
    // Stored, but the answer was lost.
    post.answers.push(async () => {
      post.stored.push(message(1, { text: 'one', clientMessageId: post.tried[0]!.clientMessageId, authorId: ann }));
      outbox.close();
      throw new NotConnected();
    });
    outbox.open();
    outbox.add('one');
    outbox.add('two');
    await settle();
    expect(post.tried).toHaveLength(1);

    outbox.open();
    await settle();

    expect(post.tried[1]!.clientMessageId).toBe(post.tried[0]!.clientMessageId);
    expect(post.texts).toEqual(['one', 'two']);
  });

  it.each(['unavailable', 'rate_limited'] as const)('waits as long as the server says when it answers %s, and lets nothing pass', async (code) => {
    post.answers.push(refuse(new ChatError(code, '', 3_000)));
    outbox.open();
    outbox.add('one');
    outbox.add('two');
    await vi.advanceTimersByTimeAsync(2_999);
    expect(post.tried).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(1);
    expect(post.texts).toEqual(['one', 'two']);
  });

  it('marks what is refused as failed, goes on with the next, and sends it again when told', async () => {
    post.answers.push(refuse(new ChatError('muted', 'You are muted.')));
    outbox.open();
    const { clientMessageId } = outbox.add('one');
    outbox.add('two');
    await settle();
    expect(post.texts).toEqual(['two']);
    expect(outbox.items).toMatchObject([{ text: 'one', status: 'failed', error: { code: 'muted' } }]);

    outbox.retry(clientMessageId);
    await settle();
    expect(post.texts).toEqual(['two', 'one']);
    expect(post.tried[2]!.clientMessageId).toBe(clientMessageId);
  });

  it('takes another id after a conflict', async () => {
    post.answers.push(refuse(new ChatError('conflict', '')));
    outbox.open();
    const { clientMessageId } = outbox.add('one');
    await settle();

    outbox.retry(clientMessageId);
    await settle();

    expect(post.texts).toEqual(['one']);
    expect(post.tried[1]!.clientMessageId).not.toBe(clientMessageId);
  });

  it('forgets what is given up, but not what is on its way', async () => {
    post.answers.push(refuse(new ChatError('invalid', '')));
    const waiting = outbox.add('waiting');
    outbox.drop(waiting.clientMessageId);
    expect(outbox.items).toHaveLength(1);

    outbox.open();
    await settle();
    outbox.drop(waiting.clientMessageId);
    expect(outbox.items).toEqual([]);
  });

  it('does not repeat by itself a message whose frame closed the connection', async () => {
    post.answers.push(async () => {
      outbox.frameRefused(new ChatError('too_large', 'A frame was larger than the limit.'));
      outbox.close();
      throw new NotConnected();
    });
    outbox.open();
    outbox.add('poison');
    outbox.add('harmless');
    await settle();

    outbox.open();
    await settle();

    expect(post.texts).toEqual(['harmless']);
    expect(outbox.items).toMatchObject([{ text: 'poison', status: 'failed', error: { code: 'too_large' } }]);
  });
});
