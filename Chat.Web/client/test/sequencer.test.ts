import { describe, expect, it } from 'vitest';
import { type RoomChange, Sequencer } from '../src/sequencer.js';
import { Records } from '../src/records.js';
import type { Member, Message, Room, RoomSync } from '../src/index.js';
import { message, room, roomId } from './records.js';
import { Dice, seed } from './random.js';
import { TrueRoom } from './truth.js';

const posted = (version: number): RoomChange => ({ kind: 'message', record: message(version) });
const versions = (changes: readonly RoomChange[]): number[] => changes.map(({ record }) => record.version);

function answer(head: number, change: Partial<RoomSync> = {}): RoomSync {
  return { roomId, epoch: 'first', head, reset: false, room: null, members: [], messages: [], hasOlder: false, memberCount: 0, ...change };
}

describe('a sequencer', () => {
  it('hands on what comes in order', () => {
    const sequencer = new Sequencer(3, 'first');

    expect(versions(sequencer.accept(posted(4)))).toEqual([4]);
    expect(versions(sequencer.accept(posted(5)))).toEqual([5]);
    expect(sequencer.known).toBe(5);
    expect(sequencer.isBehind).toBe(false);
  });

  it('ignores what was seen before', () => {
    const sequencer = new Sequencer(3, 'first');
    sequencer.accept(posted(4));

    expect(sequencer.accept(posted(4))).toEqual([]);
    expect(sequencer.accept(posted(2))).toEqual([]);
    expect(sequencer.known).toBe(4);
  });

  it('has room for what is new, however often the old is repeated', () => {
    const sequencer = new Sequencer(1_000, 'first');
    for (let version = 1; version <= 1_000; version++) sequencer.accept(posted(version));
    sequencer.accept(posted(1_002));

    expect(versions(sequencer.accept(posted(1_001)))).toEqual([1_001, 1_002]);
  });

  it('holds back what comes above a gap, and releases it with the missing one', () => {
    const sequencer = new Sequencer(0, 'first');

    expect(sequencer.accept(posted(3))).toEqual([]);
    expect(sequencer.accept(posted(2))).toEqual([]);
    expect(sequencer.isBehind).toBe(true);
    expect(versions(sequencer.accept(posted(1)))).toEqual([1, 2, 3]);
    expect(sequencer.isBehind).toBe(false);
  });

  it('is behind when it hears of a head above what it knows', () => {
    const sequencer = new Sequencer(7, 'first');

    sequencer.hear(7);
    expect(sequencer.isBehind).toBe(false);
    sequencer.hear(8);
    expect(sequencer.isBehind).toBe(true);
    sequencer.accept(posted(8));
    expect(sequencer.isBehind).toBe(false);
  });

  it('knows all up to the head of a sync that skips versions, and goes on above it', () => {
    const sequencer = new Sequencer(2, 'first');
    sequencer.accept(posted(5));
    sequencer.accept(posted(9));
    sequencer.accept(posted(10));

    // 3, 4 and 6 were changed again later: only their newest form is told.
    const caught = sequencer.applySync(answer(8, { messages: [message(5), message(3, { version: 8 }), message(7)] }));

    expect(caught.reset).toBe(false);
    expect(versions(caught.changes)).toEqual([5, 7, 8, 9, 10]);
    expect(sequencer.known).toBe(10);
    expect(sequencer.isBehind).toBe(false);
  });

  it('forgets everything with a reset', () => {
    const sequencer = new Sequencer(2, 'first');

    const caught = sequencer.applySync(answer(900, { reset: true, room: room(1), messages: [message(899), message(900)] }));

    expect(caught.reset).toBe(true);
    expect(versions(caught.changes)).toEqual([1, 899, 900]);
    expect(sequencer.known).toBe(900);
  });

  it('takes nothing back for a sync that live changes have overtaken', () => {
    const sequencer = new Sequencer(2, 'first');
    sequencer.accept(posted(3));
    sequencer.accept(posted(4));

    const caught = sequencer.applySync(answer(3, { reset: true, room: room(1), messages: [message(3)] }));

    expect(caught).toEqual({ reset: false, changes: [] });
    expect(sequencer.known).toBe(4);
  });

  it('starts afresh, even lower, in another life of the store', () => {
    const sequencer = new Sequencer(50, 'first');

    sequencer.connect('second', 20);
    expect(sequencer.isBehind).toBe(true);
    expect(sequencer.accept(posted(21))).toEqual([]);
    const caught = sequencer.applySync(answer(20, { epoch: 'second', reset: true, room: room(1), messages: [message(20)] }));

    expect(caught.reset).toBe(true);
    expect(versions(caught.changes)).toEqual([1, 20, 21]);
    expect(sequencer.known).toBe(21);
    expect(sequencer.epoch).toBe('second');
    expect(sequencer.isBehind).toBe(false);
  });

  it('starts afresh where the store went back without another epoch', () => {
    const sequencer = new Sequencer(50, 'first');

    sequencer.connect('first', 20);
    expect(sequencer.isBehind).toBe(true);
    const caught = sequencer.applySync(answer(20, { epoch: 'first', reset: true, room: room(1), messages: [message(20)] }));

    expect(caught.reset).toBe(true);
    expect(sequencer.known).toBe(20);
    expect(sequencer.isBehind).toBe(false);
    expect(versions(sequencer.accept(posted(21)))).toEqual([21]);
  });
});

/** A client made of the sequencer alone, that is told things late, twice, in another order, or not at all. */
class Reader {
  readonly sequencer = new Sequencer(0, '');
  readonly messages = new Records<Message>((record) => record.id);
  readonly members = new Records<Member>((record) => record.userId);
  room: Room | null = null;
  #last = 0;

  take(change: RoomChange): void {
    this.#apply(this.sequencer.accept(change));
  }

  sync(sync: RoomSync): void {
    const { reset, changes } = this.sequencer.applySync(sync);
    if (reset) {
      this.messages.clear();
      this.members.clear();
      this.room = null;
      this.#last = 0;
    }
    this.#apply(changes);
  }

  #apply(changes: readonly RoomChange[]): void {
    for (const change of changes) {
      // The one thing it is for.
      if (change.record.version <= this.#last) throw new Error(`${change.record.version} after ${this.#last}`);
      this.#last = change.record.version;
      if (change.kind === 'message') this.messages.put(change.record);
      else if (change.kind === 'member') this.members.put(change.record);
      else if (!this.room || change.record.version > this.room.version) this.room = change.record;
    }
  }
}

describe('against the truth', () => {
  const runs = 10_000;

  it(`ends at the truth in ${runs} runs of loss, repetition, disorder and restored backups (seed ${seed})`, () => {
    console.log(`CHAT_SEED=${seed}`);
    for (let run = 0; run < runs; run++) {
      const dice = new Dice(seed + run);
      try {
        check(dice);
      } catch (error) {
        throw new Error(`CHAT_SEED=${seed + run}: ${String(error)}`, { cause: error });
      }
    }
  }, 60_000);

  function check(dice: Dice): void {
    const truth = new TrueRoom(5 + dice.below(40));
    const reader = new Reader();
    let wire: RoomChange[] = [];
    let late: RoomSync | null = null;

    for (let step = 0; step < 60; step++) {
      if (dice.chance(0.7)) wire.push(...truth.change(dice));
      if (wire.length > 0 && dice.chance(0.2)) wire.push(wire[dice.below(wire.length)]!);
      if (wire.length > 1 && dice.chance(0.3)) wire.push(...wire.splice(dice.below(wire.length), 1));
      if (wire.length > 0 && dice.chance(0.1)) wire.splice(dice.below(wire.length), 1);
      while (wire.length > 0 && dice.chance(0.5)) reader.take(wire.shift()!);
      if (dice.chance(0.1)) reader.sequencer.hear(truth.head);
      if (dice.chance(0.04)) {
        // A new connection: what was on the way is gone, and its first answer names the life.
        if (dice.chance(0.5)) truth.restore(dice, dice.chance(0.7));
        wire = [];
        late = null;
        reader.sequencer.connect(truth.epoch, truth.head);
      }
      if (late && dice.chance(0.5)) {
        reader.sync(late);
        late = null;
      }
      if (!late && reader.sequencer.isBehind && dice.chance(0.4)) late = truth.sync(reader.sequencer.known, reader.sequencer.epoch);
    }

    if (late) reader.sync(late);
    reader.sequencer.hear(truth.head);
    if (reader.sequencer.isBehind) reader.sync(truth.sync(reader.sequencer.known, reader.sequencer.epoch));

    expect(reader.sequencer.isBehind).toBe(false);
    expect(reader.sequencer.known).toBe(truth.head);
    expect(reader.room).toEqual(truth.room());
    expect([...reader.messages.values()].sort((a, b) => a.seq - b.seq)).toEqual(truth.messages());
    expect(byUser([...reader.members.values()])).toEqual(byUser(truth.members()));
  }

  function byUser(members: readonly Member[]): readonly Member[] {
    return [...members].sort((a, b) => (a.userId < b.userId ? -1 : 1));
  }
});
