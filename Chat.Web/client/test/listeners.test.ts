import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatClient, type ChatEvents } from '../src/index.js';
import { FakeServer, refusal } from './fakeserver.js';
import { roomId } from './records.js';

let server: FakeServer;
let client: ChatClient;
const reported = vi.fn<(error: unknown) => void>();

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-31T12:00:00Z') });
  vi.stubGlobal('reportError', reported);
  reported.mockClear();
  server = new FakeServer();
  client = new ChatClient({ server: 'http://chat.test', accessToken: () => 'token', openLink: server.openLink, chance: () => 0.5 });
});
afterEach(async () => {
  await client.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('a listener that throws', () => {
  const mistake = new Error('a listener’s own');
  const throwing = (): void => {
    throw mistake;
  };

  it('keeps the client from nothing, is reported, and the others hear the same', async () => {
    const names: (keyof ChatEvents)[] = ['state', 'outgoing', 'message', 'change', 'roomAdded'];
    for (const name of names) client.on(name, throwing);
    const heard: string[] = [];
    client.on('message', ({ message }) => heard.push(message.text));
    client.start();
    await settle();
    expect(client.state.name).toBe('connected');
    server.cut();
    await settle(30_000);
    expect(client.state.name).toBe('connected');

    server.instead.SendMessage = () => refusal('muted');
    client.send(roomId, 'refused');
    await settle();
    delete server.instead.SendMessage;
    client.send(roomId, 'taken');
    await settle();
    expect(client.outgoing).toMatchObject([{ text: 'refused', status: 'failed' }]);

    server.loses = () => true;
    server.post({ text: 'late' });
    server.loses = () => false;
    server.post({ text: 'early' });
    await settle(1_000);
    expect(heard).toEqual(['taken', 'late', 'early']);
    expect(reported).toHaveBeenCalledWith(mistake);
  });

  it('among the watchers of a view, lets the others see it', async () => {
    let isThrowing = false;
    client.subscribe(() => isThrowing && throwing());
    const seen: string[] = [];
    client.subscribe(({ state }) => seen.push(state.name));
    isThrowing = true;
    client.start();
    await settle();
    expect(seen.at(-1)).toBe('connected');
    expect(reported).toHaveBeenCalledWith(mistake);
  });

  it('is told on the console where nobody takes reports', async () => {
    vi.stubGlobal('reportError', undefined);
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const leave = client.on('state', throwing);
    client.start();
    await settle();
    expect(told).toHaveBeenCalledWith(mistake);
    leave();
    told.mockRestore();
  });
});

describe('a client that is stopped by a listener', () => {
  it.each(['connecting', 'connected', 'reconnecting'] as const)('when it is %s, stays so and leaves nothing behind', async (name) => {
    client.on('state', (state) => state.name === name && void client.stop());
    client.start();
    await settle();
    server.cut();
    await settle(60_000);
    expect(client.state).toEqual({ name: 'offline' });
    expect(server.isConnected).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['roomAdded', 'message'] as const)('on %s, while the server\'s first answer is taken, leaves nothing behind', async (name) => {
    server.afterConnect = () => server.post();
    client.send(roomId, 'not now');
    client.on(name, () => void client.stop());
    client.start();
    await settle(60_000);
    expect(client.state).toEqual({ name: 'offline' });
    expect(server.calls.map(({ method }) => method)).toEqual(['Connect']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('between an answer and its taking, does not take it', async () => {
    client = new ChatClient({
      server: 'http://chat.test', accessToken: () => 'token', chance: () => 0.5,
      openLink: (events, closed) => {
        const link = server.openLink(events, closed);
        return {
          ...link,
          invoke: async (method, request) => {
            const answer = await link.invoke(method, request);
            queueMicrotask(() => void client.stop());
            return answer;
          },
        };
      },
    });
    client.start();
    await settle(60_000);
    expect(server.calls.map(({ method }) => method)).toEqual(['Connect']);
    expect(client.user).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });
});
