import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatClient, type Protocol } from '../src/index.js';
import { frameBytes } from '../src/frames.js';
import { FakeServer } from './fakeserver.js';
import { roomId } from './records.js';

let server: FakeServer;
let client: ChatClient;
let lose: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-31T12:00:00Z') });
  server = new FakeServer();
  server.limits = { messageTextBytes: 20_000, frameBytes: 20_000, attachmentBytes: 1 };
});
afterEach(async () => {
  await client.stop();
  vi.useRealTimers();
});

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const asked = (method: string): object[] => server.calls.filter((call) => call.method === method).map(({ request }) => request);

async function connect(protocol: Protocol = 'json'): Promise<void> {
  client = new ChatClient({ server: 'http://chat.test', accessToken: () => 'token', openLink: server.openLink, chance: () => 0.5, protocol });
  client.start();
  await settle();
}

/** Answers nothing to these until the connection is gone, so that they are under way. */
function hold(...methods: ('SendMessage' | 'UpdateRoom')[]): void {
  const gone = new Promise((end) => (lose = () => end(undefined)));
  for (const method of methods) server.instead[method] = () => gone as never;
}

function close(code: 'frame_too_large' | 'malformed_frame'): void {
  delete server.instead.SendMessage;
  server.close({ code, reconnect: 'now', message: 'That frame!' });
  lose();
}

describe('a call that would not fit into a frame', () => {
  it.each([
    ['setData', () => client.sessions.setData({ note: 'x'.repeat(20_000) })],
    ['update', () => client.room(roomId)!.update({ topic: 'é'.repeat(10_000) })],
  ] as const)('by %s is refused before it is sent, and harms nothing else', async (_, call) => {
    await connect();
    hold('SendMessage');
    client.send(roomId, 'innocent');
    await expect(call()).rejects.toMatchObject({ code: 'too_large' });
    await settle();
    expect(server.starts).toBe(1);
    expect(asked('SetSessionData').concat(asked('UpdateRoom'))).toEqual([]);
    expect(client.outgoing).toMatchObject([{ text: 'innocent', status: 'sending' }]);
  });

  it('is measured as the protocol writes it', () => {
    const request = { entries: [{ key: 'k', value: '\n"\\'.repeat(5_000) }] };
    const written = new MessagePackHubProtocol().writeMessage({ type: 1, target: 'SetSessionData', arguments: [request], invocationId: '1', streamIds: [] });
    const bytes = frameBytes('SetSessionData', request, 'messagepack', 20_000);
    expect(bytes - written.byteLength).toBeGreaterThanOrEqual(0);
    expect(bytes - written.byteLength).toBeLessThan(50);
    expect(frameBytes('SetSessionData', request, 'json', 20_000)).toBeGreaterThan(30_000);
  });
});

describe('a connection that the server closes over a frame', () => {
  beforeEach(() => connect());

  it('that is too large takes the largest call with it, which is not repeated, and the others are', async () => {
    hold('SendMessage', 'UpdateRoom');
    client.send(roomId, 'innocent');
    const refused = expect(client.room(roomId)!.update({ topic: 'x'.repeat(500) })).rejects.toMatchObject({ code: 'too_large' });
    await settle();
    close('frame_too_large');
    await refused;
    await settle(30_000);
    expect(client.state.name).toBe('connected');
    expect(asked('UpdateRoom')).toHaveLength(1);
    expect(client.outgoing).toEqual([]);
    expect(server.truth.messages().map(({ text }) => text)).toEqual(['innocent']);
  });

  it('that is too large parks the message that it was, and the next goes out', async () => {
    hold('SendMessage');
    client.send(roomId, 'poison');
    client.send(roomId, 'harmless');
    await settle();
    close('frame_too_large');
    await settle(30_000);
    expect(client.outgoing).toMatchObject([{ text: 'poison', status: 'failed', error: { code: 'too_large' } }]);
    expect(asked('SendMessage').filter((request) => 'text' in request && request.text === 'poison')).toHaveLength(1);
    expect(server.truth.messages().map(({ text }) => text)).toEqual(['harmless']);
  });

  it('that it cannot read repeats nothing of what was under way by itself', async () => {
    hold('SendMessage', 'UpdateRoom');
    client.send(roomId, 'poison');
    const refused = expect(client.room(roomId)!.update({ topic: 'new' })).rejects.toMatchObject({ code: 'invalid' });
    await settle();
    close('malformed_frame');
    await refused;
    await settle(30_000);
    expect(client.outgoing).toMatchObject([{ text: 'poison', status: 'failed', error: { code: 'invalid' } }]);
    expect([...asked('SendMessage'), ...asked('UpdateRoom')]).toHaveLength(2);
  });
});
