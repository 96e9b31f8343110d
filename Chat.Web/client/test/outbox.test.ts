import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatError, type DrawerListener, type KeptOutgoing, memoryOutbox, type Message, NotConnected, type OutboxStore, type SendMessage } from '../src/index.js';
import { Outbox } from '../src/outbox.js';
import { ann, message, otherRoomId, roomId } from './records.js';

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
    outbox = begin(memoryOutbox());
  });
  afterEach(() => void vi.useRealTimers());

  function begin(store: OutboxStore, author: string | null = 'ann'): Outbox {
    const made = new Outbox({
      check: ({ text }) => (text.length > 100 ? new ChatError('too_large', '') : null),
      post: (request) => post.send(request),
      stored: () => false,
      changed: () => undefined,
      keepingChanged: () => undefined,
    }, store, () => 0.5);
    if (author !== null) made.openFor(author);
    return made;
  }

  const refuse = (error: Error) => () => Promise.reject(error);
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

  it('keeps what is written without a connection, and sends it in order when there is one', async () => {
    for (const text of ['one', 'two', 'three']) outbox.add(roomId, text);
    await settle();
    expect(post.tried).toEqual([]);

    outbox.connected();
    await settle();

    expect(post.texts).toEqual(['one', 'two', 'three']);
    expect(outbox.items).toEqual([]);
  });

  it('sends one at a time', async () => {
    let finish = (): void => undefined;
    post.answers.push(() => new Promise((resolve) => (finish = resolve)));
    outbox.connected();
    outbox.add(roomId, 'one');
    outbox.add(roomId, 'two');
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
      outbox.disconnected();
      throw new NotConnected();
    });
    outbox.connected();
    outbox.add(roomId, 'one');
    outbox.add(roomId, 'two');
    await settle();
    expect(post.tried).toHaveLength(1);

    outbox.connected();
    await settle();

    expect(post.tried[1]!.clientMessageId).toBe(post.tried[0]!.clientMessageId);
    expect(post.texts).toEqual(['one', 'two']);
  });

  it.each(['unavailable', 'rate_limited'] as const)('waits as long as the server says when it answers %s, and lets nothing pass', async (code) => {
    post.answers.push(refuse(new ChatError(code, '', 3_000)));
    outbox.connected();
    outbox.add(roomId, 'one');
    outbox.add(roomId, 'two');
    await vi.advanceTimersByTimeAsync(2_999);
    expect(post.tried).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(1);
    expect(post.texts).toEqual(['one', 'two']);
  });

  it('marks what is refused as failed, goes on with the next, and sends it again when told', async () => {
    post.answers.push(refuse(new ChatError('muted', 'You are muted.')));
    outbox.connected();
    const { clientMessageId } = outbox.add(roomId, 'one');
    outbox.add(roomId, 'two');
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
    outbox.connected();
    const { clientMessageId } = outbox.add(roomId, 'one');
    await settle();

    outbox.retry(clientMessageId);
    await settle();

    expect(post.texts).toEqual(['one']);
    expect(post.tried[1]!.clientMessageId).not.toBe(clientMessageId);
  });

  it('forgets what is given up, but not what is on its way', async () => {
    post.answers.push(refuse(new ChatError('invalid', '')));
    const waiting = outbox.add(roomId, 'waiting');
    expect(() => outbox.drop(waiting.clientMessageId)).toThrowError(expect.objectContaining({ code: 'not_found' }) as Error);
    expect(outbox.items).toHaveLength(1);

    outbox.connected();
    await settle();
    outbox.drop(waiting.clientMessageId);
    expect(outbox.items).toEqual([]);
  });

  it('sends a failed message with another text, as another message, in its place', async () => {
    post.answers.push(refuse(new ChatError('muted', '')));
    outbox.connected();
    const { clientMessageId } = outbox.add(roomId, 'one');
    await settle();
    expect(() => outbox.edit(clientMessageId, 'x'.repeat(101))).toThrowError(expect.objectContaining({ code: 'too_large' }) as Error);

    const edited = outbox.edit(clientMessageId, 'another');
    await settle();
    expect(post.stored).toMatchObject([{ text: 'another', clientMessageId: edited.clientMessageId }]);
    expect(edited.clientMessageId).not.toBe(clientMessageId);
    expect(outbox.items).toEqual([]);
  });

  it('keeps no room waiting for another', async () => {
    post.answers.push(refuse(new ChatError('unavailable', '', 3_000)));
    outbox.connected();
    outbox.add(roomId, 'here');
    outbox.add(otherRoomId, 'there');
    await settle();
    expect(post.texts).toEqual(['there']);
    expect(outbox.of(roomId)).toHaveLength(1);
  });

  it('holds what is written before it knows its author, and sends it as theirs', async () => {
    const store = memoryOutbox();
    const early = begin(store, null);
    early.add(roomId, 'early');
    early.connected();
    await settle();
    expect(post.tried).toEqual([]);

    early.openFor('ann');
    await settle();
    expect(post.texts).toEqual(['early']);
  });

  it('tries nothing before it is kept, and nothing that the store holds after what is written later', async () => {
    const store = new SlowStore(kept('old'));
    const slow = begin(store);
    slow.connected();
    slow.add(roomId, 'new');
    await settle();
    expect(slow.items.map(({ text }) => text)).toEqual(['old', 'new']);
    expect(post.tried).toEqual([]);

    store.finish();
    await settle();
    expect(post.texts).toEqual(['old', 'new']);
    expect(slow.isKept).toBe(true);
  });

  it('goes on in memory, and says so, where the store opens for nobody or is full', async () => {
    const closed = begin({ open: () => Promise.reject(new Error('no database')) });
    closed.connected();
    closed.add(roomId, 'without');
    await settle();
    expect(post.texts).toEqual(['without']);
    expect(closed.isKept).toBe(false);

    const store = new SlowStore();
    store.isFull = true;
    const full = begin(store);
    await settle();
    expect(full.isKept).toBe(true);
    const { clientMessageId } = full.add(roomId, 'too much');
    await settle();
    expect(full.isKept).toBe(false);
    full.connected();
    await settle();
    expect(post.stored.at(-1)).toMatchObject({ clientMessageId });
    expect(full.isKept).toBe(true);
  });

  it('shows and sends nobody what another wrote: it waits for its author', async () => {
    const store = memoryOutbox();
    const shared = begin(store);
    shared.add(roomId, 'by Ann');
    await settle();
    shared.openFor('bob');
    shared.connected();
    shared.add(roomId, 'by Bob');
    await settle();
    expect(post.texts).toEqual(['by Bob']);
    expect(shared.items).toEqual([]);

    shared.openFor('ann');
    await settle();
    expect(post.texts).toEqual(['by Bob', 'by Ann']);
  });

  it('gives all of it up without waiting for anybody, opened or not', async () => {
    outbox.add(roomId, 'one');
    await settle();
    outbox.close();
    await outbox.clear();
    expect(outbox.items).toEqual([]);
  });

  it('comes back with its refusals after a restart', async () => {
    const store = memoryOutbox();
    post.answers.push(refuse(new ChatError('muted', 'You are muted.')));
    const first = begin(store);
    first.connected();
    const { clientMessageId } = first.add(roomId, 'one');
    first.add(roomId, 'two');
    await settle();
    first.close();

    const next = begin(store);
    await settle();
    expect(next.items).toMatchObject([{ clientMessageId, text: 'one', status: 'failed', error: { code: 'muted', message: 'You are muted.' } }]);
  });

  it('adopts what another left behind, and lets go of what another has sent or dropped', async () => {
    const store = new SlowStore();
    outbox = begin(store);
    outbox.connected();
    post.answers.push(refuse(new ChatError('muted', '')));
    await settle();
    store.listener.adopted([kept('adopted'), kept('next')]);
    await settle();
    expect(post.texts).toEqual(['next']);
    expect(outbox.items).toMatchObject([{ text: 'adopted', status: 'failed' }]);

    store.listener.gone(outbox.items[0]!.clientMessageId);
    expect(outbox.items).toEqual([]);
  });

  describe('that is closed and opened again', () => {
    let store: Shelf;

    beforeEach(async () => {
      store = new Shelf();
      outbox = begin(store);
      await settle();
    });

    async function reopen(author = 'ann'): Promise<void> {
      outbox.openFor(author);
      outbox.connected();
      await settle();
    }

    it('sends no more what another tab took over meanwhile, and still what is its own', async () => {
      const { clientMessageId } = outbox.add(roomId, 'taken over');
      outbox.add(roomId, 'its own');
      await settle();
      outbox.close();
      // Sent or dropped there, or still with it: not for this one.
      store.rows.delete(clientMessageId);
      await reopen();
      expect(post.texts).toEqual(['its own']);
      expect(outbox.items).toEqual([]);
    });

    it('sends what it had kept also where the store does not open any more', async () => {
      outbox.add(roomId, 'kept');
      await settle();
      outbox.close();
      store.isBroken = true;
      await reopen();
      expect(post.texts).toEqual(['kept']);
    });

    it('shows once what was edited meanwhile, and no more what was dropped', async () => {
      post.answers.push(refuse(new ChatError('muted', '')), refuse(new ChatError('muted', '')));
      outbox.connected();
      const [edited, dropped] = [outbox.add(roomId, 'helo'), outbox.add(roomId, 'dropped')];
      await settle();
      outbox.close();
      outbox.edit(edited.clientMessageId, 'hello');
      outbox.drop(dropped.clientMessageId);
      await reopen();
      expect(post.texts).toEqual(['hello']);
      expect(outbox.items).toEqual([]);
      expect(store.rows.size).toBe(0);
    });

    it('sends nothing of its former author as another', async () => {
      outbox.add(roomId, 'by Ann');
      await settle();
      outbox.close();
      outbox.add(roomId, 'by Ann, later');
      store.rows.clear();
      await reopen('bob');
      expect(post.tried).toEqual([]);
      expect(outbox.items).toEqual([]);
      expect(store.rows.size).toBe(0);
    });

    it('before it was open, keeps one drawer and closes the other', async () => {
      outbox.close();
      store.openDrawers = 0;
      outbox.openFor('ann');
      outbox.close();
      outbox.openFor('ann');
      await settle();
      expect(store.openDrawers).toBe(1);
      outbox.close();
      expect(store.openDrawers).toBe(0);
    });
  });

  it('gives all of it up in the store too, where it is closed right after', async () => {
    const store = new Shelf();
    outbox = begin(store);
    outbox.add(roomId, 'one');
    await settle();
    expect(store.rows.size).toBe(1);
    const cleared = outbox.clear();
    outbox.close();
    await cleared;
    outbox = begin(store);
    await settle();
    expect(outbox.items).toEqual([]);
  });

  it('does not bring back what was dropped elsewhere when it is retried here', async () => {
    const store = new SlowStore(kept('dropped', { code: 'muted', message: '' }));
    outbox = begin(store);
    outbox.connected();
    await settle();
    store.isGone = true;
    outbox.retry(outbox.items[0]!.clientMessageId);
    await settle();
    expect(post.tried).toEqual([]);
    expect(outbox.items).toEqual([]);
  });
});

let count = 0;

function kept(text: string, refusal: KeptOutgoing['refusal'] = null): KeptOutgoing {
  return { request: { roomId, clientMessageId: `kept ${++count}`, text }, writtenAt: 0, refusal };
}

/** A store that holds something, and takes its time where it is told to. */
class SlowStore implements OutboxStore {
  isFull = false;
  isGone = false;
  listener!: DrawerListener;
  finish: () => void = () => undefined;
  readonly #items: readonly KeptOutgoing[];

  constructor(...items: KeptOutgoing[]) {
    this.#items = items;
  }

  open: OutboxStore['open'] = async (_, listener) => {
    this.listener = listener;
    return {
      isLasting: true,
      items: this.#items,
      put: () => (this.isFull ? Promise.reject(new Error('full')) : this.#items.length === 0 ? Promise.resolve() : new Promise((done) => (this.finish = done))),
      replace: async () => !this.isGone,
      remove: async () => undefined,
      close: () => undefined,
    };
  };
}

/** A store that lasts, of one author at a time. */
class Shelf implements OutboxStore {
  readonly rows = new Map<string, KeptOutgoing>();
  isBroken = false;
  openDrawers = 0;

  open: OutboxStore['open'] = async () => {
    await Promise.resolve();
    if (this.isBroken) throw new Error('broken');
    this.openDrawers++;
    const { rows } = this;
    return {
      isLasting: true,
      items: [...rows.values()],
      put: async (item) => void rows.set(item.request.clientMessageId, item),
      replace: async (clientMessageId, item) => rows.delete(clientMessageId) && rows.set(item.request.clientMessageId, item) === rows,
      remove: async (clientMessageId) => void rows.delete(clientMessageId),
      close: () => void this.openDrawers--,
    };
  };
}
