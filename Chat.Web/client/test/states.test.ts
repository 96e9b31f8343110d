import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatClient } from '../src/index.js';
import { FakeServer, refusal } from './fakeserver.js';
import { roomId } from './records.js';

let server: FakeServer;
let client: ChatClient;
let states: string[];

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-31T12:00:00Z') });
  server = new FakeServer();
  begin((refused) => (refused === undefined ? 'token' : 'another'));
});
afterEach(async () => {
  await client.stop();
  vi.useRealTimers();
});

function begin(accessToken: (refused?: string) => string | Promise<string>): void {
  client = new ChatClient({ server: 'http://chat.test', accessToken, openLink: server.openLink, chance: () => 0.5 });
  states = [];
  client.on('state', ({ name }) => states.push(name));
}

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('a client that is behind', () => {
  it('is catching up until it is not, also while the server refuses to tell what it missed', async () => {
    client.start();
    await settle();
    states = [];
    server.instead.Sync = () => refusal('unavailable', 1_000);
    server.loses = () => true;
    server.post();
    server.events!.HeadsAnnounced({ rooms: [{ roomId, head: 2 }] });
    await settle(20_000);
    expect(client.state.name).toBe('catching_up');
    expect(server.calls.filter(({ method }) => method === 'Sync').length).toBeGreaterThan(5);

    delete server.instead.Sync;
    await settle(2_000);
    expect(states).toEqual(['catching_up', 'connected']);
  });

  it('is catching up no more when what was missing comes by itself', async () => {
    client.start();
    await settle();
    server.instead.Sync = () => refusal('unavailable', 1_000);
    const { MessageChanged } = server.events!;
    server.loses = () => true;
    const missed = server.post();
    server.loses = () => false;
    server.post();
    await settle(300);
    expect(client.state.name).toBe('catching_up');
    MessageChanged(missed);
    await settle(2_000);
    expect(client.state.name).toBe('connected');
  });

  it('is never said to be connected before', async () => {
    client.start();
    await settle();
    server.instead.Sync = () => refusal('unavailable', 1_000);
    server.loses = () => true;
    server.afterConnect = () => server.post() && server.events!.HeadsAnnounced({ rooms: [{ roomId, head: server.truth.head }] });
    server.cut();
    states = [];
    await settle(3_000);
    expect(states).toEqual(['reconnecting', 'catching_up']);
  });
});

describe('asking for another token', () => {
  it('is given up after 30 s where no answer comes, and tried again', async () => {
    let asks = 0;
    begin((refused) => (refused === undefined ? 'token' : ++asks === 1 ? new Promise(() => undefined) : 'another'));
    server.refusals.push('unauthorized', 'unauthorized');
    client.start();
    await settle(29_000);
    expect(asks).toBe(1);
    await settle(10_000);
    expect(asks).toBe(2);
    expect(client.state.name).toBe('connected');
  });

  it('leaves nothing behind when it was answered', async () => {
    server.refusals.push('unauthorized');
    client.start();
    await settle(5_000);
    expect(client.state.name).toBe('connected');
    await client.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
