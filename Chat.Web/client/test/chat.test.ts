import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatClient, type ChatError, type ChatRoom, type Message, NotConnected, RenewedToken, type SignedIn } from '../src/index.js';
import { FakeServer, refusal } from './fakeserver.js';
import { ann, bob, member, otherRoomId, roomId } from './records.js';
import { Dice, seed } from './random.js';

let server: FakeServer;
let client: ChatClient;
let heard: Message[];
let chance = 0.5;
let token = 'first';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-31T12:00:00Z') });
  chance = 0.5;
  token = 'first';
  begin(new FakeServer());
});
afterEach(async () => {
  await client.stop();
  vi.useRealTimers();
});

function begin(on: FakeServer): void {
  server = on;
  heard = [];
  client = new ChatClient({ server: 'http://chat.test', accessToken: () => token, openLink: server.openLink, chance: () => chance });
  client.on('message', ({ message }) => heard.push(message));
}

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const room = (): ChatRoom => client.room(roomId)!;
const texts = (): string[] => room().view.messages.map(({ text }) => text);
const asked = (method: string): object[] => server.calls.filter((call) => call.method === method).map(({ request }) => request);

async function connect(): Promise<void> {
  client.start();
  await settle();
  expect(client.state.name).toBe('connected');
}

describe('connecting', () => {
  it('says who it is and what it knows', async () => {
    await connect();
    server.post();
    server.cut();
    await settle(30_000);

    const [first, second] = asked('Connect');
    expect(first).toMatchObject({ contractVersion: 1, epoch: '', known: [] });
    expect(second).toMatchObject({ epoch: 'first', known: [{ roomId, head: 2 }] });
  });

  it('tries for ever, each time after a random part of a bound that doubles up to 30 s', async () => {
    chance = 0.999;
    server.refusals.push(...Array<'unreachable'>(12).fill('unreachable'));
    client.start();
    await settle();

    const waits: number[] = [];
    while (client.state.name === 'reconnecting' && client.state.at !== null) {
      const wait = client.state.at - Date.now();
      waits.push(Math.round(wait / 500) / 2);
      await settle(Math.ceil(wait) + 1);
    }

    expect(waits).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30]);
    expect(client.state.name).toBe('connected');
  });

  it('tries at once when told', async () => {
    chance = 0.999;
    server.refusals.push(...Array<'unreachable'>(8).fill('unreachable'));
    client.start();
    await settle(60_000);
    expect(client.state.name).toBe('reconnecting');

    server.refusals.length = 0;
    client.retryNow();
    await settle();
    expect(client.state.name).toBe('connected');
  });

  it('is signed out when the token is not taken', async () => {
    server.refusals.push('unauthorized');
    client.start();
    await settle(60_000);

    expect(client.state.name).toBe('signed_out');
    expect(server.starts).toBe(1);
  });

  it('goes on with another token when one is not taken, and asks no server twice at once for ever', async () => {
    const asked: (string | undefined)[] = [];
    client = new ChatClient({
      server: 'http://chat.test', openLink: server.openLink, chance: () => 0.5,
      accessToken: (refused) => (asked.push(refused), refused === undefined ? token : (token = `${refused}+`)),
    });
    server.refusals.push('unauthorized', 'unauthorized');
    client.start();
    await settle();
    expect(client.state).toMatchObject({ name: 'reconnecting' });
    await settle(30_000);
    expect(client.state.name).toBe('connected');
    expect(asked.filter((refused) => refused !== undefined)).toEqual(['first', 'first+']);
  });

  it('stops when the contract is not spoken', async () => {
    server.instead.Connect = () => refusal('unsupported_version');
    client.start();
    await settle(60_000);

    expect(client.state).toMatchObject({ name: 'stopped', reason: 'unsupported_version' });
    expect(server.isConnected).toBe(false);
  });

  it('comes back later when the server cannot do it now', async () => {
    server.instead.Connect = () => refusal('unavailable', 2_000);
    client.start();
    await settle(1_999);
    expect(server.starts).toBe(1);

    delete server.instead.Connect;
    await settle(1);
    expect(client.state.name).toBe('connected');
  });

  it('measures the round trip and tells it with the next ping', async () => {
    await connect();
    await settle(15_000);

    expect(client.roundTripMs).not.toBeNull();
    expect(asked('Ping')).toEqual([{ lastRoundTripMs: null }, { lastRoundTripMs: expect.any(Number) as number }]);
  });
});

describe('waking', () => {
  const hour = 3_600_000;
  const sleep = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

  it('after an hour, with an expired token: connected by another and current within 2 s, without signing in', async () => {
    const signIn = (name: string): SignedIn => ({
      user: { id: ann, name: 'Ann', kind: 'guest', isAdministrator: false, createdAt: '2026-01-01T00:00:00Z' },
      accessToken: `access ${name}`, expiresAt: new Date(Date.now() + 900_000).toISOString(), sessionId: 'session', refreshToken: `refresh ${name}`,
    });
    const renewed = vi.fn(async () => Response.json({ result: signIn('second'), error: null }));
    vi.stubGlobal('fetch', renewed);
    const kept = new RenewedToken('http://chat.test', signIn('first'));
    const used: string[] = [];
    client = new ChatClient({
      server: 'http://chat.test', openLink: server.openLink, chance: () => 0.999,
      accessToken: async (refused) => {
        used.push(await kept.get(refused));
        return used.at(-1)!;
      },
    });
    await connect();
    await room().open();
    const states: string[] = [];
    client.on('state', ({ name }) => states.push(name));

    server.silence();
    sleep(hour);
    server.post({ text: 'while you slept' });
    await settle(2_000);

    expect(client.state.name).toBe('connected');
    expect(texts()).toContain('while you slept');
    expect(states).toEqual(['reconnecting', 'connected']);
    expect(used).toEqual(['access first', 'access second']);
    expect(renewed).toHaveBeenCalledTimes(1);
    vi.unstubAllGlobals();
  });

  it('after a nap, keeps a link that answers and lets go of one that does not', async () => {
    await connect();
    sleep(8_000);
    await settle(4_000);
    expect(server.starts).toBe(1);

    server.silence();
    sleep(8_000);
    await settle(3_100);
    expect(server.starts).toBe(2);
    expect(client.state.name).toBe('connected');
  });

  it('ends the wait for the next try', async () => {
    chance = 0.999;
    await connect();
    server.refusals.push(...Array<'unreachable'>(7).fill('unreachable'));
    server.cut();
    await settle(60_000);
    expect(client.state).toMatchObject({ name: 'reconnecting', at: expect.any(Number) as number });
    const { starts } = server;
    sleep(10_000);
    await settle(1_100);
    expect(server.starts).toBe(starts + 1);
  });

  it('is not mistaken for a busy moment, nor for a clock that is set back', async () => {
    await connect();
    const pings = asked('Ping').length;
    sleep(4_000);
    await settle(1_000);
    sleep(-hour);
    await settle(1_000);
    expect(asked('Ping')).toHaveLength(pings);
    expect(server.starts).toBe(1);
  });

  describe('of a page', () => {
    const page = { document: Object.assign(new EventTarget(), { visibilityState: 'visible' }), window: new EventTarget() };

    beforeEach(async () => {
      page.document.visibilityState = 'visible';
      for (const [name, part] of Object.entries(page)) vi.stubGlobal(name, part);
      await connect();
    });
    afterEach(() => void vi.unstubAllGlobals());

    it.each([['document', 'visibilitychange'], ['window', 'pageshow'], ['window', 'online'], ['window', 'offline']] as const)(
      'on %s.%s: tries now, or sees whether the link is alive', async (target, hint) => {
        const pings = asked('Ping').length;
        page[target].dispatchEvent(new Event(hint));
        await settle();
        expect(asked('Ping')).toHaveLength(pings + 1);
        server.silence();
        page[target].dispatchEvent(new Event(hint));
        await settle(2_100);
        expect(server.starts).toBe(2);

        chance = 0.999;
        server.refusals.push('unreachable');
        server.cut();
        await settle(400);
        server.refusals.length = 0;
        page[target].dispatchEvent(new Event(hint));
        await settle(50);
        expect(server.starts).toBe(3);
        expect(client.state.name).toBe('connected');
      });

    it('does not take the slow clock of a hidden page for sleep', async () => {
      page.document.visibilityState = 'hidden';
      sleep(60_000);
      await settle(4_000);
      expect(server.starts).toBe(1);
      await client.stop();
      page.window.dispatchEvent(new Event('online'));
      expect(asked('Connect')).toHaveLength(1);
    });
  });

  it('looks no more once it is stopped', async () => {
    await connect();
    await client.stop();
    expect(client.state).toEqual({ name: 'offline' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a link that never opens', () => {
  it('is given up after 30 s, and another is made', async () => {
    server.refusals.push('never');
    client.start();
    await settle(29_999);
    expect(server.starts).toBe(1);
    await settle(2_000);
    expect(client.state.name).toBe('connected');
  });
});

describe('a closing', () => {
  beforeEach(connect);

  it('now: comes back at once', async () => {
    server.close({ reconnect: 'now' });
    await settle();
    expect(client.state.name).toBe('connected');
  });

  it('later: comes back when it says', async () => {
    server.close({ reconnect: 'later', retryAfterMs: 7_000 });
    await settle(6_999);
    expect(client.state.name).toBe('reconnecting');
    await settle(1);
    expect(client.state.name).toBe('connected');
  });

  it('elsewhere: comes back within a second, each client at its own moment', async () => {
    server.close({ reconnect: 'elsewhere' });
    await settle(499);
    expect(client.state.name).toBe('reconnecting');
    await settle(2);
    expect(client.state.name).toBe('connected');
  });

  it('elsewhere, with a moment: comes back then', async () => {
    server.close({ reconnect: 'elsewhere', retryAfterMs: 3_000 });
    await settle(2_999);
    expect(client.state.name).toBe('reconnecting');
    await settle(2);
    expect(client.state.name).toBe('connected');
  });

  it('after_sign_in: is signed out', async () => {
    server.close({ reconnect: 'after_sign_in', code: 'session_revoked' });
    await settle(60_000);
    expect(client.state).toEqual({ name: 'signed_out', reason: 'closed' });
    expect(server.starts).toBe(1);
  });

  it('after_sign_in, for a token that was renewed meanwhile: comes back with the new one', async () => {
    token = 'second';
    server.close({ reconnect: 'after_sign_in', code: 'sign_in_expired' });
    await settle();
    expect(client.state.name).toBe('connected');
  });

  it('never: stops', async () => {
    server.close({ reconnect: 'never', code: 'banned' });
    await settle(60_000);
    expect(client.state.name).toBe('stopped');
    expect(server.starts).toBe(1);
  });

  it('an advice of a newer server: comes back with back-off', async () => {
    server.close({ reconnect: 'sideways' as 'unknown' });
    await settle(30_000);
    expect(client.state.name).toBe('connected');
  });

  it('holds what it says against a draining that is told after it, and where the link does not end', async () => {
    server.events!.Closing({ code: 'banned', reconnect: 'never', retryAfterMs: null, message: 'banned' });
    server.events!.Draining({ reconnectAfterMs: 1_000 });
    await settle(60_000);
    expect(client.state).toEqual({ name: 'stopped', reason: 'banned' });
    expect(server.starts).toBe(1);
  });

  it('draining: moves at its moment', async () => {
    server.events!.Draining({ reconnectAfterMs: 4_000 });
    await settle(3_999);
    expect(server.starts).toBe(1);
    await settle(2);
    expect(server.starts).toBe(2);
    expect(client.state.name).toBe('connected');
  });
});

describe('reading', () => {
  it('takes live messages in order', async () => {
    await connect();
    await room().open();
    for (let i = 0; i < 3; i++) server.post();
    expect(texts()).toEqual(['text 2', 'text 3', 'text 4']);
  });

  it('waits 250 ms for a missing change, then syncs', async () => {
    await connect();
    server.loses = () => true;
    server.post();
    server.loses = () => false;
    server.post();
    await settle(249);
    expect(heard).toEqual([]);
    expect(asked('Sync')).toEqual([]);

    await settle(1);
    expect(asked('Sync')).toEqual([{ roomId, version: 1, epoch: 'first' }]);
    expect(heard.map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it('does not sync when the missing change comes in time', async () => {
    await connect();
    const { MessageChanged } = server.events!;
    const states: string[] = [];
    client.on('state', ({ name }) => states.push(name));
    server.loses = () => true;
    const [first, second] = [server.post(), server.post()];
    MessageChanged(second);
    await settle(100);
    MessageChanged(first);
    await settle(1_000);

    expect(heard.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(asked('Sync')).toEqual([]);
    expect(states).toEqual([]);
  });

  it('finds a lost last change by the announced heads', async () => {
    await connect();
    server.loses = () => true;
    server.post();
    server.events!.HeadsAnnounced({ rooms: [{ roomId, head: 2 }] });
    await settle(500);

    expect(heard.map(({ seq }) => seq)).toEqual([2]);
  });

  it('takes what was missed with the answer to the next connection, and nothing twice', async () => {
    await connect();
    await room().open();
    server.post();
    server.cut();
    server.post();
    server.post();
    await settle(30_000);
    server.post();

    expect(heard.map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
    expect(asked('Sync')).toEqual([]);
  });

  it('keeps live changes that come before the answer to Connect', async () => {
    server.afterConnect = () => server.post();
    await connect();
    expect(heard.map(({ seq }) => seq)).toEqual([2]);
  });

  it('loads a room afresh when too much was missed', async () => {
    begin(new FakeServer(5));
    const resets: string[] = [];
    client.on('reset', (event) => resets.push(event.roomId));
    await connect();
    await room().open();
    server.post();
    server.cut();
    for (let i = 0; i < 10; i++) server.post();
    await settle(30_000);

    expect(resets).toEqual([roomId]);
    expect(texts()).toHaveLength(11);
  });

  it('starts afresh when a backup was restored', async () => {
    await connect();
    await room().open();
    for (let i = 0; i < 30; i++) server.post();
    server.truth.restore(new Dice(1));
    server.cut();
    await settle(30_000);
    server.post({ text: 'in the other life' });

    expect(room().view.messages).toEqual(server.truth.messages());
    expect(texts().at(-1)).toBe('in the other life');
  });

  it('is catching up while a room is synced', async () => {
    await connect();
    let answer = (): void => undefined;
    const states: string[] = [];
    client.on('state', ({ name }) => states.push(name));
    server.holdSync = new Promise((resolve) => (answer = resolve));
    server.loses = () => true;
    server.post();
    server.events!.HeadsAnnounced({ rooms: [{ roomId, head: 2 }] });
    await settle(500);
    expect(client.state.name).toBe('catching_up');

    answer();
    await settle();
    expect(states).toEqual(['catching_up', 'connected']);
  });

  it('lets go of a room that is not its own any more', async () => {
    await connect();
    const removed: string[] = [];
    client.on('roomRemoved', (event) => removed.push(event.roomId));
    server.isMember = false;
    server.cut();
    await settle(30_000);

    expect(removed).toEqual([roomId]);
    expect(client.view.rooms).toEqual([]);
  });

  it('lets go of a room that it left on another device', async () => {
    await connect();
    server.events!.MemberChanged(member(2, ann, { state: 'left' }));
    expect(client.room(roomId)).toBeUndefined();
  });

  it('finds a room that it joined on another device', async () => {
    server.isMember = false;
    await connect();
    server.truth.changes.push({ kind: 'member', record: member(++server.truth.head, ann) });
    server.events!.MemberChanged(member(server.truth.head, ann));
    await settle(250);
    server.post();

    expect(room().view.membership.userId).toBe(ann);
    expect(texts()).toEqual(['text 3']);
  });

  it('loads older pages, and says when there are no more', async () => {
    for (let i = 0; i < 120; i++) server.post();
    await connect();
    await room().open();
    expect(room().view).toMatchObject({ hasOlder: true });
    expect(room().view.messages).toHaveLength(50);

    await room().loadOlder();
    await room().loadOlder();
    expect(room().view.messages).toEqual(server.truth.messages());
    expect(room().view.hasOlder).toBe(false);
  });

  it('leaves out an edit of a message below the held ones, which its page brings', async () => {
    for (let i = 0; i < 60; i++) server.post();
    await connect();
    await room().open();
    const old = server.truth.messages()[0]!;
    server.edit(old, 'edited');
    expect(texts()).not.toContain('edited');

    await room().loadOlder();
    expect(texts()[0]).toBe('edited');
  });

  it('holds so many messages and those that were paged in, until it is told to trim', async () => {
    await client.stop();
    client = new ChatClient({ server: 'http://chat.test', accessToken: () => token, openLink: server.openLink, chance: () => 0.5, messagesKept: 60 });
    await connect();
    for (let i = 0; i < 100; i++) server.post();
    expect(room().view).toMatchObject({ isLoaded: false, unread: 100 });
    expect(room().view.messages).toEqual(server.truth.messages().slice(-60));

    await room().loadOlder(10);
    await room().loadOlder(10);
    expect(room().view.messages).toEqual(server.truth.messages().slice(-80));
    const older = room().loadOlder(10);
    for (let i = 0; i < 30; i++) server.post();
    await older;
    server.post();
    expect(room().view.messages).toHaveLength(80);
    expect(room().view.messages).toEqual(server.truth.messages().slice(-80));

    room().trim(20);
    expect(room().view.messages).toEqual(server.truth.messages().slice(-20));
    for (let i = 0; i < 100; i++) server.post();
    expect(room().view.messages).toEqual(server.truth.messages().slice(-60));
    while (room().view.hasOlder) await room().loadOlder();
    expect(room().view.messages).toEqual(server.truth.messages());
  });

  it('lets go of the oldest when told, and can load them again', async () => {
    for (let i = 0; i < 60; i++) server.post();
    await connect();
    await room().open();
    await room().loadOlder();
    room().trim(20);
    expect(room().view).toMatchObject({ hasOlder: true });
    expect(room().view.messages).toEqual(server.truth.messages().slice(-20));

    expect(await room().loadBackTo(2)).toBe(true);
    expect(room().view.messages).toEqual(server.truth.messages());
  });
});

describe('unread messages', () => {
  beforeEach(async () => {
    await connect();
    await room().open();
  });

  it('are those of others above the read marker, system messages and deleted ones not counted', () => {
    server.post();
    server.post({ authorId: ann });
    server.post({ kind: 'system', authorId: null });
    const withdrawn = server.post({ mentions: [{ userId: ann, name: 'Ann' }] });
    expect(room().view).toMatchObject({ unread: 2, unreadMentions: 1 });

    server.edit(withdrawn, '', { deletedAt: '2026-01-31T12:00:00Z' });
    expect(room().view).toMatchObject({ unread: 1, unreadMentions: 0 });
  });

  it('are none when they were read here', async () => {
    server.post();
    room().markRead(2);
    expect(room().view.unread).toBe(0);
    await settle();
    expect(asked('MarkRead')).toEqual([{ roomId, seq: 2 }]);
  });

  it('are none when they were read on another device', () => {
    server.post();
    server.events!.ReadMarkerMoved({ roomId, userId: ann, seq: 2, unread: 0, unreadMentions: 0, head: 2 });
    expect(room().view.unread).toBe(0);
  });

  it('are told as read once there is a connection', async () => {
    server.post();
    server.cut();
    room().markRead(2);
    await settle(30_000);
    expect(asked('MarkRead')).toEqual([{ roomId, seq: 2 }]);
  });
});

describe('asking over drops', () => {
  it('asks again on the next connection when the answer was lost with the first', async () => {
    await connect();
    let asks = 0;
    server.instead.LeaveRoom = () => {
      if (++asks === 1) server.cut();
      return { error: null };
    };
    const left = client.leaveRoom(roomId);
    await settle(1_000);
    await left;

    expect(asks).toBe(2);
    expect(client.room(roomId)).toBeUndefined();
  });

  it('waits for a connection, and gives up after 10 s', async () => {
    await connect();
    server.refusals.push(...Array<'unreachable'>(1_000).fill('unreachable'));
    server.cut();
    await settle();
    const given = expect(client.leaveRoom(roomId)).rejects.toBeInstanceOf(NotConnected);
    await settle(9_900);
    expect(asked('LeaveRoom')).toHaveLength(0);
    await settle(200);
    await given;
  });
});

describe('members', () => {
  it('are not counted by an answer that live changes have overtaken', async () => {
    await connect();
    const before = room().view.memberCount;
    let release = (): void => undefined;
    server.holdSync = new Promise((done) => { release = done; });
    server.post();
    server.loses = () => true;
    server.post();
    server.loses = () => false;
    server.post();
    await settle(300);
    const system = { kind: 'joined' as const, actorId: bob, actorName: 'Bob', subjectId: null, subjectName: '', value: '' };
    const missing = server.truth.messages().at(-2)!;
    server.events!.MessageChanged(missing);
    server.post({ kind: 'system', authorId: null, clientMessageId: null, system });
    expect(room().view.memberCount).toBe(before + 1);
    release();
    await settle(10);
    expect(room().view.memberCount).toBe(before + 1);
  });
});

describe('presence', () => {
  it('keeps what is told while the list is on its way', async () => {
    await connect();
    server.instead.ListMembers = () => {
      const unsaid = { text: '', textUntil: null, lastSeenAt: null };
      server.events!.PresenceChanged({ roomId, user: { userId: bob, status: 'online', ...unsaid }, onlineCount: 2 });
      return { error: null, result: { members: [], presence: [{ userId: ann, status: 'online', ...unsaid }], memberCount: 2, onlineCount: 1, next: null } };
    };
    await room().open();

    expect([...room().view.presence.keys()]).toEqual([ann, bob]);
    expect(room().view.onlineCount).toBe(2);
  });
});

describe('typing', () => {
  beforeEach(connect);

  it('of others ends after 6 s, and with their message', async () => {
    const typing = { roomId, userId: bob, name: 'Bob', isTyping: true };
    server.events!.TypingChanged(typing);
    await settle(5_999);
    expect(room().view.typing).toEqual(['Bob']);
    await settle(1);
    expect(room().view.typing).toEqual([]);

    server.events!.TypingChanged(typing);
    server.post({ authorId: bob });
    expect(room().view.typing).toEqual([]);
  });

  it('is told every 2 s at most', async () => {
    for (let i = 0; i < 50; i++) {
      room().typing(true);
      await settle(100);
    }
    expect(asked('SendTyping')).toHaveLength(3);
  });
});

describe('writing', () => {
  it('shows a message at once, and once when it is in the room', async () => {
    await connect();
    await room().open();
    client.send(roomId, 'hello');
    expect(room().view.outgoing).toMatchObject([{ text: 'hello', status: 'sending' }]);
    await settle();

    expect(room().view.outgoing).toEqual([]);
    expect(texts()).toEqual(['hello']);
  });

  it('refuses what the server would refuse, before it is sent', async () => {
    await connect();
    const codeOf = (text: string): string => {
      try {
        client.send(roomId, text);
      } catch (error) {
        return (error as ChatError).code;
      }
      return 'sent';
    };
    expect(['é'.repeat(51), '  \n ', 'bell \u0007', '\ud83d', 'é'.repeat(50), 'tab\tand\nline', '👋'].map(codeOf))
      .toEqual(['too_large', 'invalid', 'invalid', 'invalid', 'sent', 'sent', 'sent']);
  });

  it('refuses what would not fit into a frame, whatever its letters take on the way', async () => {
    server.limits = { messageTextBytes: 10_000, frameBytes: 10_000, attachmentBytes: 1 };
    await connect();
    expect(() => client.send(roomId, '\n"'.repeat(4_000))).toThrowError(expect.objectContaining({ code: 'too_large' }) as Error);
    client.send(roomId, 'ab'.repeat(4_000));
    await settle();
    expect(asked('SendMessage')).toHaveLength(1);
  });

  it('tries for a room that is not mine too, parks it with the reason, and edits, retries or drops it', async () => {
    await connect();
    server.instead.SendMessage = () => refusal('not_a_member');
    const told: string[] = [];
    client.on('outgoing', ({ text, status }) => told.push(`${text}: ${status}`));
    const { clientMessageId } = client.send(otherRoomId, 'hello');
    expect(client.outgoing).toMatchObject([{ roomId: otherRoomId, text: 'hello', status: 'sending' }]);
    await settle();
    expect(client.view.outgoing).toMatchObject([{ status: 'failed', error: { code: 'not_a_member' } }]);

    const edited = client.editOutgoing(clientMessageId, 'hello?');
    await settle();
    client.dropOutgoing(edited.clientMessageId);
    expect(client.view.outgoing).toEqual([]);
    expect(told).toEqual(['hello: sending', 'hello: failed', 'hello?: sending', 'hello?: failed', 'hello?: failed']);
  });

  it('waits with what is written before the first connection', async () => {
    client.send(roomId, 'early');
    expect(client.view).toMatchObject({ outgoing: [{ text: 'early', status: 'sending' }], isOutboxKept: false });
    await connect();
    await room().open();
    expect(texts()).toEqual(['early']);
    expect(client.outgoing).toEqual([]);
  });

  it('gives views and watches as bare functions, as React asks for them', async () => {
    await connect();
    const { getView, subscribe } = room();
    const views = [getView()];
    const stop = subscribe(() => views.push(getView()));
    expect(views[1]).toBe(views[0]);
    server.post();
    await settle();
    expect(views).toHaveLength(3);
    expect(views[2]).not.toBe(views[0]);
    stop();
    for (const each of [client, room().thread(2), client.search({ text: 'x' })]) expect((0, each.getView)()).toBe(each.view);
  });

  it('tells the watchers once for all changes made in one go', async () => {
    await connect();
    let told = 0;
    room().subscribe(() => told++);
    await settle();
    told = 0;
    for (let i = 0; i < 20; i++) server.post();
    await settle();
    expect(told).toBe(1);
  });
});

describe('through everything', () => {
  const runs = 200;

  it(`loses, doubles and disorders nothing in ${runs} runs of cuts, loss and refusals (seed ${seed})`, async () => {
    console.log(`CHAT_SEED=${seed}`);
    for (let run = 0; run < runs; run++) {
      const dice = new Dice(seed + run);
      try {
        await check(dice);
      } catch (error) {
        throw new Error(`CHAT_SEED=${seed + run}: ${String(error)}`, { cause: error });
      }
    }
  }, 60_000);

  async function check(dice: Dice): Promise<void> {
    await client.stop();
    begin(new FakeServer(10 + dice.below(30)));
    chance = dice.next();
    server.loses = () => dice.chance(0.2);
    client.start();
    const written: string[] = [];

    for (let step = 0; step < 80; step++) {
      await settle(dice.below(400));
      const does = dice.next();
      if (does < 0.3) server.happen(dice);
      else if (does < 0.55 && client.room(roomId)) {
        const text = `mine ${written.length}`;
        written.push(text);
        client.send(roomId, text);
      } else if (does < 0.65) server.cut();
      else if (does < 0.7) server.close({ reconnect: dice.chance(0.5) ? 'now' : 'later' });
      else if (does < 0.75) server.refusals.push('unreachable');
      else if (does < 0.8) {
        server.instead.SendMessage = () => refusal('unavailable', 300);
        await settle(dice.below(1_000));
        delete server.instead.SendMessage;
      } else if (does < 0.85) server.events?.HeadsAnnounced({ rooms: [{ roomId, head: server.truth.head }] });
      else if (does < 0.9 && client.room(roomId)) void room().loadOlder().catch(() => undefined);
    }
    server.loses = () => false;
    server.refusals.length = 0;
    await settle(60_000);
    server.events!.HeadsAnnounced({ rooms: [{ roomId, head: server.truth.head }] });
    await settle(5_000);
    while (room().view.hasOlder) await room().loadOlder();

    expect(client.state.name).toBe('connected');
    expect(room().sequencer.known).toBe(server.truth.head);
    expect(room().view.messages).toEqual(server.truth.timeline());
    expect(room().view).toMatchObject({ ...server.truth.counts(), memberCount: server.truth.memberCount, outgoing: [] });
    const stored = server.truth.changes.flatMap(({ kind, record }) => (kind === 'message' && record.seq === record.version && record.clientMessageId ? [record.text] : []));
    expect(stored).toEqual(written);
  }
});
