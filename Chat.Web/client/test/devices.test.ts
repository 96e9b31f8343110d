import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatClient, type ChatRoom } from '../src/index.js';
import { FakeServer } from './fakeserver.js';
import { Dice, seed } from './random.js';
import { roomId } from './records.js';
import { type Happening, happenings, TrueRoom } from './truth.js';

/** A device of Ann, and the server as it sees it. */
class Device {
  readonly server: FakeServer;
  readonly client: ChatClient;

  constructor(truth: TrueRoom, dice: Dice) {
    this.server = new FakeServer(0, truth);
    this.client = new ChatClient({ server: 'http://chat.test', accessToken: () => 'token', openLink: this.server.openLink, chance: () => dice.next() });
  }

  get room(): ChatRoom {
    return this.client.room(roomId)!;
  }

  /** Away until {@link back}. */
  leave(): void {
    this.server.refusals.push(...Array<'unreachable'>(1_000).fill('unreachable'));
    this.server.cut();
  }

  back(): void {
    this.server.refusals.length = 0;
    this.client.retryNow();
  }

  /** All that there is to be seen, loaded to its beginning. */
  async seen(roots: readonly number[]): Promise<object> {
    while (this.room.view.hasOlder) await this.room.loadOlder();
    const threads = [];
    for (const rootSeq of roots) {
      const thread = this.room.thread(rootSeq);
      await thread.open();
      while (thread.view.hasOlder) await thread.loadOlder();
      threads.push(thread.view);
    }
    return { ...this.room.view, threads };
  }
}

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

let devices: Device[] = [];

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-01-31T12:00:00Z') }));
afterEach(async () => {
  await stop();
  vi.useRealTimers();
});

async function stop(): Promise<void> {
  for (const { client } of devices) await client.stop();
  devices = [];
}

/** Three devices that look at one room: one that is there, one that will be away, and one that will miss something. */
async function begin(truth: TrueRoom, dice: Dice): Promise<readonly [Device, Device, Device]> {
  const three = [new Device(truth, dice), new Device(truth, dice), new Device(truth, dice)] as const;
  devices = [...three];
  for (const { server } of three) server.others = three.map((other) => other.server).filter((other) => other !== server);
  for (const { client } of three) client.start();
  await settle();
  for (const { room } of three) await room.open();
  return three;
}

/** Everybody is back and has been told the heads: all see the same, and the truth. */
async function expectOnePicture(truth: TrueRoom): Promise<void> {
  for (const device of devices) {
    device.server.loses = () => false;
    device.back();
  }
  await settle(1_000);
  for (const { server } of devices) server.events!.HeadsAnnounced({ rooms: [{ roomId, head: truth.head }] });
  await settle(15_000);

  const roots = truth.roots();
  const [first, ...others] = await Promise.all(devices.map((device) => device.seen(roots)));
  expect(first).toMatchObject({
    room: truth.room(), messages: truth.timeline(), outgoing: [], memberCount: truth.memberCount, readSeq: truth.readSeq, ...truth.counts(),
    threads: roots.map((rootSeq) => ({ root: truth.messages().find(({ seq }) => seq === rootSeq), messages: truth.timeline(rootSeq) })),
  });
  const members = truth.members().filter(({ state }) => state === 'active');
  expect([...devices[0]!.room.view.members].sort(byId)).toEqual(members.sort(byId));
  for (const other of others) expect(other).toEqual(first);
}

const byId = (a: { readonly userId: string }, b: { readonly userId: string }): number => (a.userId < b.userId ? -1 : 1);

describe('one that was there, one that was away, and one that missed it', () => {
  it.each(happenings)('see the same after: %s', async (what) => {
    for (let run = 0; run < 20; run++) {
      const dice = new Dice(run);
      const truth = new TrueRoom(500);
      for (let i = 0; i < 12; i++) truth.change(dice);
      const [there, away, deaf] = await begin(truth, dice);
      for (const { room } of devices) for (const rootSeq of truth.roots()) await room.thread(rootSeq).open();
      away.leave();
      deaf.server.loses = () => true;
      there.server.tell(truth.happen(what, dice));
      await settle(100);
      expect(there.room.sequencer.known).toBe(truth.head);
      expect(deaf.room.sequencer.known).toBeLessThan(truth.head);
      await expectOnePicture(truth);
      await stop();
    }
  });
});

describe('any history', () => {
  const runs = 1_000;

  it(`ends in one picture on three devices, in ${runs} runs (seed ${seed})`, async () => {
    console.log(`CHAT_SEED=${seed}`);
    for (let run = 0; run < runs; run++) {
      try {
        await check(new Dice(seed + run));
      } catch (error) {
        throw new Error(`CHAT_SEED=${seed + run}: ${String(error)}`, { cause: error });
      }
      await stop();
    }
  }, 120_000);

  async function check(dice: Dice): Promise<void> {
    const truth = new TrueRoom(5 + dice.below(60));
    for (let i = dice.below(80); i > 0; i--) truth.change(dice);
    truth.markRead(dice.below(truth.head + 1));
    const [there, away, deaf] = await begin(truth, dice);
    deaf.server.loses = () => dice.chance(0.2);
    const one = (): Device => devices[dice.below(3)]!;

    for (let step = 0; step < 25; step++) {
      const does = dice.next();
      const device = one();
      if (does < 0.5) there.server.tell(truth.change(dice));
      else if (does < 0.55) away.leave();
      else if (does < 0.6) away.back();
      else if (does < 0.65) deaf.server.cut();
      else if (does < 0.7) device.room.markRead(dice.below(truth.head + 2));
      else if (does < 0.75) device.room.trim(5 + dice.below(10));
      else if (does < 0.85) usedThread(device, truth, dice);
      else act(device, truth, dice);
      await settle(dice.below(300));
    }
    away.back();
    await settle(12_000);
    await expectOnePicture(truth);
  }

  function usedThread(device: Device, truth: TrueRoom, dice: Dice): void {
    const roots = truth.roots();
    const rootSeq = roots[dice.below(roots.length)];
    if (rootSeq === undefined) return;
    const thread = device.room.thread(rootSeq);
    if (dice.chance(0.3)) thread.close();
    else thread.open().catch(() => undefined);
  }

  /** Ann does something, as far as she sees it. */
  function act({ room }: Device, truth: TrueRoom, dice: Dice): void {
    const messages = truth.messages().filter(({ kind }) => kind === 'text');
    const chosen = messages[dice.below(messages.length)];
    if (!chosen) return;
    const { seq, threadSeq } = chosen;
    const acts: Readonly<Record<'send' | Extract<Happening, 'reply' | 'edit' | 'delete' | 'react' | 'pin'>, () => unknown>> = {
      send: () => room.send(`mine ${seq}`),
      reply: () => room.thread(threadSeq ?? seq).send(`my reply to ${seq}`),
      edit: () => room.edit(seq, `my edit of ${seq}`).catch(() => undefined),
      delete: () => room.delete(seq).catch(() => undefined),
      react: () => room.react(seq, '🎉', dice.chance(0.7)).catch(() => undefined),
      pin: () => room.pin(seq, dice.chance(0.7)).catch(() => undefined),
    };
    const all = Object.values(acts);
    all[dice.below(all.length)]!();
  }
});
