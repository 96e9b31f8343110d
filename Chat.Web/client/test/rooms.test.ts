import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatClient, type ChatRoom, type Invitation, type RoomRemoved, titleOf } from '../src/index.js';
import { FakeServer, refusal } from './fakeserver.js';
import { ann, bob, member, message, mine, room as roomRecord, roomId } from './records.js';

let server: FakeServer;
let client: ChatClient;
let removed: RoomRemoved[];

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse('2026-01-31T12:00:00Z') });
  server = new FakeServer();
  removed = [];
  client = new ChatClient({ server: 'http://chat.test', accessToken: () => 'token', openLink: server.openLink, chance: () => 0.5 });
  client.on('roomRemoved', (event) => removed.push(event));
  client.start();
  await settle();
  await room().open();
});
afterEach(async () => {
  await client.stop();
  vi.useRealTimers();
});

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const room = (): ChatRoom => client.room(roomId)!;
const asked = (method: string): object[] => server.calls.filter((call) => call.method === method).map(({ request }) => request);

/** An answer that waits until it is let go. */
function held<T>(answer: () => T): { readonly answer: () => Promise<T>; readonly release: () => void } {
  let release = (): void => undefined;
  const gate = new Promise<void>((open) => (release = open));
  return { answer: async () => (await gate, answer()), release };
}

describe('a piece of an open message', () => {
  it('grows it in the room, and is not kept where the message is in a thread that nobody uses', async () => {
    const { seq } = server.post({ text: '', stream: 'open' });
    server.events!.StreamChunked({ roomId, seq, offset: 0, text: 'growing' });
    expect(room().view.messages.at(-1)).toMatchObject({ seq, text: 'growing' });

    const threaded = server.post({ text: '', stream: 'open', threadSeq: seq });
    server.events!.StreamChunked({ roomId, seq: threaded.seq, offset: 0, text: 'kept' });
    // Messages do not change their thread: it shows what is kept.
    server.edit(threaded, '', { threadSeq: null });
    expect(room().view.messages.at(-1)).toMatchObject({ seq: threaded.seq, text: '' });
  });
});

describe('an edit', () => {
  it('is shown at once, and is the room\'s own when it is made', async () => {
    const { seq } = server.post({ authorId: ann });
    const edited = room().edit(seq, 'better');
    expect(room().view.messages[0]!.text).toBe('better');
    expect(room().view.pending.get(seq)).toEqual(['edit']);
    expect(server.truth.messages()[0]!.text).not.toBe('better');

    await edited;
    expect(room().view.pending.size).toBe(0);
    expect(room().view.messages).toEqual(server.truth.messages());
  });

  it('is taken back where it is refused', async () => {
    const { seq, text } = server.post();
    server.instead.EditMessage = () => refusal('forbidden');
    const edited = room().edit(seq, 'not mine');
    expect(room().view.messages[0]!.text).toBe('not mine');

    await expect(edited).rejects.toMatchObject({ code: 'forbidden' });
    expect(room().view.messages[0]!.text).toBe(text);
    expect(room().view.pending.size).toBe(0);
  });

  it('is refused before it is sent where the server would', async () => {
    const { seq } = server.post({ authorId: ann });
    await expect(room().edit(seq, 'é'.repeat(51))).rejects.toMatchObject({ code: 'too_large' });
    expect(asked('EditMessage')).toEqual([]);
  });

  it('is asked again on the next connection, and follows the one before it', async () => {
    const { seq } = server.post({ authorId: ann });
    const usual = held(() => refusal('unavailable'));
    server.instead.EditMessage = usual.answer as never;
    const first = room().edit(seq, 'one');
    const second = room().edit(seq, 'two');
    await settle();
    expect(asked('EditMessage')).toHaveLength(1);
    delete server.instead.EditMessage;
    server.cut();
    usual.release();
    await settle(5_000);
    await Promise.all([first, second]);

    expect(asked('EditMessage')).toMatchObject([{ text: 'one' }, { text: 'one' }, { text: 'two' }]);
    expect(room().view.messages[0]!.text).toBe('two');
  });

  it('stays shown while the answer is above a gap', async () => {
    const { seq } = server.post({ authorId: ann });
    server.loses = () => true;
    server.post();
    await room().edit(seq, 'better');
    expect(room().view.messages).toMatchObject([{ text: 'better' }]);
    server.loses = () => false;
    await settle(1_000);
    expect(room().view.messages).toEqual(server.truth.messages());
    expect(room().view.pending.size).toBe(0);
  });
});

describe('a reaction', () => {
  it('is shown at once, and undone where it is refused', async () => {
    const { seq } = server.post({ reactions: [{ emoji: '👍', userIds: [bob] }] });
    server.instead.SetReaction = () => refusal('muted', 1_000);
    const reacted = room().react(seq, '👍');
    expect(room().view.messages[0]!.reactions).toEqual([{ emoji: '👍', userIds: [bob, ann] }]);

    await expect(reacted).rejects.toMatchObject({ code: 'muted' });
    expect(room().view.messages[0]!.reactions).toEqual([{ emoji: '👍', userIds: [bob] }]);
  });
});

describe('a thread', () => {
  it('has its messages for itself, and its root counts them', async () => {
    const root = server.post();
    const thread = room().thread(root.seq);
    await thread.open();
    server.post({ threadSeq: root.seq });
    thread.send('mine');
    expect(thread.view.outgoing).toMatchObject([{ text: 'mine', threadSeq: root.seq }]);
    expect(room().view.outgoing).toEqual([]);
    await settle();

    expect(thread.view.messages.map(({ text }) => text)).toEqual([`text ${root.seq + 1}`, 'mine']);
    expect(thread.view.outgoing).toEqual([]);
    expect(thread.view.root).toMatchObject({ seq: root.seq, replyCount: 2 });
    expect(room().view.messages).toEqual([thread.view.root]);
    expect(room().view.unread).toBe(1);
  });

  it('is one for all who use it, and let go by the last', async () => {
    const root = server.post();
    const thread = room().thread(root.seq);
    const leave = thread.subscribe(() => undefined);
    const leaveToo = room().thread(root.seq).subscribe(() => undefined);
    await settle();
    expect(room().thread(root.seq)).toBe(thread);

    leave();
    leave();
    expect(room().thread(root.seq)).toBe(thread);
    leaveToo();
    expect(room().thread(root.seq)).not.toBe(thread);
    server.post({ threadSeq: root.seq });
    expect(thread.view.messages).toEqual([]);

    thread.subscribe(() => undefined);
    await settle();
    expect(thread.view.messages).toHaveLength(1);
  });
});

describe('a page', () => {
  it('takes a change that comes while a page that is older is on its way', async () => {
    const all = Array.from({ length: 5 }, () => server.post());
    room().trim(2);
    const page = held(() => ({ error: null, result: { roomId, messages: all.slice(0, 3), hasOlder: false, hasNewer: false } }));
    server.instead.GetHistory = page.answer as never;
    const loaded = room().loadOlder();
    await settle();
    server.edit(all[0]!, 'edited meanwhile');
    page.release();
    await loaded;
    expect(room().view.messages).toEqual(server.truth.messages());
  });
});

describe('unread messages', () => {
  it('do not count those in threads, but their calls', () => {
    const root = server.post();
    server.post({ threadSeq: root.seq, mentions: [{ userId: ann, name: 'Ann' }] });
    expect(room().view).toMatchObject({ unread: 1, unreadMentions: 1 });
  });

  it('are all read with the last one of the room, in threads too', async () => {
    const root = server.post();
    const reply = server.post({ threadSeq: root.seq, mentions: [{ userId: null, name: 'room' }] });
    room().markRead(root.seq);
    await settle();
    expect(asked('MarkRead')).toEqual([{ roomId, seq: Math.max(reply.seq, root.seq) }]);
    expect(room().view).toMatchObject({ unread: 0, unreadMentions: 0 });
  });

  it('stay unread where a message that is not the last one was read', async () => {
    const first = server.post();
    server.post();
    room().markRead(first.seq);
    await settle();
    expect(asked('MarkRead')).toEqual([{ roomId, seq: first.seq }]);
    expect(room().view.unread).toBe(1);
  });
});

describe('unread messages that are not all held', () => {
  it('are counted anew where a count was overtaken by what came live', async () => {
    for (let i = 0; i < 5; i++) server.post();
    room().trim(2);
    server.post();
    // Counted before that message, told after it.
    server.events!.ReadMarkerMoved({ roomId, userId: ann, seq: 1, unread: 5, unreadMentions: 0, head: server.truth.head - 1 });
    await settle(2_000);
    expect(asked('MarkRead')).toEqual([{ roomId, seq: 1 }]);
    expect(room().view.unread).toBe(6);
  });
});

describe('readers', () => {
  it('are kept once they were asked for, until they leave', async () => {
    server.instead.ListReaders = () => ({ error: null, result: { readers: [{ roomId, userId: ann, seq: 1 }, { roomId, userId: bob, seq: 1 }] } });
    server.events!.ReaderMoved({ roomId, userId: bob, seq: 5 });
    expect(room().view.readers).toBeNull();
    await room().loadReaders();
    server.events!.ReaderMoved({ roomId, userId: bob, seq: 7 });
    server.events!.ReaderMoved({ roomId, userId: bob, seq: 6 });
    expect(room().view.readers).toEqual(new Map([[bob, 7]]));

    server.events!.MemberChanged(member(++server.truth.head, bob, { state: 'left' }));
    expect(room().view.readers).toEqual(new Map());
  });
});

describe('an outbox', () => {
  it('carries replies, threads, files and what is forwarded', async () => {
    const { seq } = server.post();
    const there = { replyToSeq: seq, threadSeq: seq, attachmentIds: ['file'] };
    room().send('', there);
    room().forward({ roomId: 'another', seq: 3 });
    expect(() => room().send('')).toThrow();
    await settle();
    expect(asked('SendMessage')).toMatchObject([{ text: '', ...there, forward: null }, { text: '', replyToSeq: null, threadSeq: null, attachmentIds: [], forward: { roomId: 'another', seq: 3 } }]);
  });
});

describe('a room that is no longer mine', () => {
  const end = '2026-02-01T12:00:00Z';

  it('tells why, as soon as it is said', () => {
    server.events!.MemberChanged(member(++server.truth.head, ann, { state: 'banned', reason: 'spam', bannedUntil: end }));
    expect(removed).toEqual([{ roomId, cause: 'banned', reason: 'spam', until: end }]);
  });

  it('tells why, where it was said above a gap that nothing can close', async () => {
    server.truth.head += 2;
    server.events!.MemberChanged(member(server.truth.head, ann, { state: 'kicked', reason: 'loud' }));
    expect(removed).toEqual([]);
    server.instead.Sync = () => refusal('not_a_member');
    await settle(250);
    expect(removed).toEqual([{ roomId, cause: 'kicked', reason: 'loud', until: null }]);
  });

  it.each([
    [{ ended: [member(9, ann, { state: 'kicked', reason: 'loud' })] }, { cause: 'kicked', reason: 'loud' }],
    [{ deleted: [{ roomId, reason: 'over' }] }, { cause: 'deleted', reason: 'over' }],
    [{}, { cause: 'unknown', reason: '' }],
  ])('tells why with the next connection: %j', async (said, why) => {
    const user = client.user!;
    server.instead.Connect = () => ({
      error: null,
      result: {
        user, epoch: 'first', serverTime: end, rooms: [], limits: client.limits, sessionId: 'session', invitations: [], deleted: [], ended: [], ...said,
      },
    });
    server.cut();
    await settle(5_000);
    expect(removed).toEqual([{ roomId, until: null, ...why }]);
  });
});

describe('invitations', () => {
  const other = '00000000-0000-7000-8000-00000000000c';
  const invitation: Invitation = {
    room: { room: roomRecord(4, 'den', other), memberCount: 1, isMember: false }, invitedBy: bob, invitedByName: 'Bob',
  };

  it('are those that were given and not ended, and are dropped on joining', async () => {
    server.events!.InvitationGiven(invitation);
    server.events!.InvitationGiven(invitation);
    expect(client.view.invitations).toEqual([invitation]);
    server.events!.InvitationEnded({ roomId: other });
    expect(client.view.invitations).toEqual([]);

    server.events!.InvitationGiven(invitation);
    const snapshot = { roomId: other, epoch: 'first', head: 4, reset: true, room: roomRecord(4, 'den', other), members: [], messages: [], hasOlder: false, memberCount: 2 };
    server.instead.JoinRoom = () => ({ error: null, result: { mine: mine(4, { room: roomRecord(4, 'den', other) }), snapshot } });
    await client.joinRoom(other, { password: 'sesame' });
    expect(asked('JoinRoom')).toEqual([{ roomId: other, password: 'sesame' }]);
    expect(client.view.invitations).toEqual([]);
  });
});

describe('a search', () => {
  it('goes on page by page, to its end', async () => {
    const hit = (seq: number) => ({ message: message(seq), before: null, after: null });
    server.instead.Search = ({ after }) => ({ error: null, result: after === 'more' ? { hits: [hit(1)], next: null } : { hits: [hit(3), hit(2)], next: 'more' } });
    const search = client.search({ text: 'text' });
    await search.more();
    expect(search.view).toMatchObject({ hasMore: true, isLoading: false });
    await search.more();
    await search.more();
    expect(search.view.hits.map(({ message: { seq } }) => seq)).toEqual([3, 2, 1]);
    expect(search.view.hasMore).toBe(false);
    expect(asked('Search')).toHaveLength(2);
  });
});

describe('a title', () => {
  it('is the room\'s name, the names of the others, or one\'s own', () => {
    const { view } = room();
    const direct = { ...view, room: { ...view.room, kind: 'direct' as const, name: '', between: [ann, bob] }, between: [member(1, ann), member(2, bob)] };
    const notes = { ...direct, room: { ...direct.room, between: [ann] }, between: [member(1, ann)] };
    expect([view, direct, notes].map((each) => titleOf(each, ann))).toEqual(['general', 'Bob', 'Ann']);
  });
});
