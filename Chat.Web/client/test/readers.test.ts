import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatClient, type ChatRoom } from '../src/index.js';
import { FakeServer, refusal } from './fakeserver.js';
import { bob, roomId } from './records.js';

let server: FakeServer;
let client: ChatClient;

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse('2026-01-31T12:00:00Z') });
  server = new FakeServer();
  client = new ChatClient({ server: 'http://chat.test', accessToken: () => 'token', openLink: server.openLink, chance: () => 0.5 });
  client.start();
  await settle();
});
afterEach(async () => {
  await client.stop();
  vi.useRealTimers();
});

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const room = (): ChatRoom => client.room(roomId)!;
const marks = (): object[] => server.calls.filter(({ method }) => method === 'MarkRead').map(({ request }) => request);

describe('how far others have read', () => {
  it('is what was heard while the first list was on its way, where that is further on', async () => {
    server.instead.ListReaders = () => {
      // Read from the store, and overtaken on its way.
      server.events!.ReaderMoved({ roomId, userId: bob, seq: 9 });
      return { error: null, result: { readers: [{ roomId, userId: bob, seq: 4 }] } };
    };
    expect(room().view.readers).toBeNull();
    await room().loadReaders();
    expect(room().view.readers).toEqual(new Map([[bob, 9]]));

    server.instead.ListReaders = () => ({ error: null, result: { readers: [{ roomId, userId: bob, seq: 12 }] } });
    await room().loadReaders();
    expect(room().view.readers).toEqual(new Map([[bob, 12]]));
  });

  it('is not kept of those who were heard of before anybody asked and have left since', async () => {
    server.events!.ReaderMoved({ roomId, userId: bob, seq: 9 });
    expect(room().view.readers).toBeNull();
    await room().loadReaders();
    expect(room().view.readers).toEqual(new Map());
  });
});

describe('that I have read', () => {
  it('is told again where the server could not take it', async () => {
    server.post();
    server.instead.MarkRead = () => refusal('unavailable', 2_000);
    room().markRead(2);
    await settle(1_999);
    expect(marks()).toHaveLength(1);
    delete server.instead.MarkRead;
    await settle(1);
    expect(marks()).toEqual([{ roomId, seq: 2 }, { roomId, seq: 2 }]);
    expect(server.truth.readSeq).toBe(2);
  });

  it('is not told again where it is refused for good, or nobody is there to tell', async () => {
    server.post();
    server.instead.MarkRead = () => refusal('forbidden');
    room().markRead(2);
    await settle(60_000);
    expect(marks()).toHaveLength(1);

    server.post();
    server.instead.MarkRead = () => refusal('rate_limited', 2_000);
    room().markRead(3);
    await settle();
    expect(marks()).toHaveLength(2);
    await client.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
