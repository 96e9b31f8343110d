// docs/vectors/sequencing.json: the cases that every client of Chat must pass. Chat.Tests runs the same file.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Member, Message, Room } from '../src/index.js';
import { type RoomChange, Sequencer } from '../src/sequencer.js';
import { ann, member, message, room, roomId } from './records.js';

interface Named {
  readonly kind: RoomChange['kind'];
  readonly version: number;
  readonly seq?: number;
  readonly through?: number;
}

interface Step {
  readonly live?: Named;
  readonly announced?: number;
  readonly connected?: { readonly epoch: string; readonly head: number };
  readonly sync?: { readonly epoch: string; readonly head: number; readonly reset: boolean; readonly records: readonly Named[] };
  readonly reset?: boolean;
  readonly told?: readonly number[];
  readonly known: number;
  readonly head: number;
  readonly epoch: string;
  readonly behind: boolean;
}

interface Case {
  readonly name: string;
  readonly steps: readonly Step[];
}

const file = new URL('../../../docs/vectors/sequencing.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] };

function changes({ kind, version, seq, through = version }: Named): RoomChange[] {
  return Array.from({ length: through - version + 1 }, (_, i): RoomChange => {
    const at = version + i;
    if (kind === 'room') return { kind, record: room(at) };
    if (kind === 'member') return { kind, record: member(at, ann) };
    return { kind, record: message(seq ?? at, { version: at }) };
  });
}

function take(sequencer: Sequencer, { live, announced, connected, sync }: Step): { reset: boolean; changes: readonly RoomChange[] } {
  if (live) return { reset: false, changes: changes(live).flatMap((change) => sequencer.accept(change)) };
  if (connected) sequencer.connect(connected.epoch, connected.head);
  if (announced !== undefined) sequencer.hear(announced);
  if (!sync) return { reset: false, changes: [] };
  const all = sync.records.flatMap(changes);
  const records = <T>(kind: RoomChange['kind']): T[] => all.filter((change) => change.kind === kind).map(({ record }) => record as T);
  return sequencer.applySync({
    roomId, epoch: sync.epoch, head: sync.head, reset: sync.reset, hasOlder: false, memberCount: 0,
    room: records<Room>('room')[0] ?? null, members: records<Member>('member'), messages: records<Message>('message'),
  });
}

describe('a case of docs/vectors/sequencing.json', () => {
  it.each(cases)('$name', ({ steps }) => {
    const sequencer = new Sequencer(0, '');
    for (const step of steps) {
      const { reset, changes: told } = take(sequencer, step);
      const { known, head, epoch, isBehind: behind } = sequencer;
      expect({ told: told.map(({ record }) => record.version), reset, known, head, epoch, behind }, JSON.stringify(step)).toEqual({
        told: step.told ?? [], reset: step.reset ?? false, known: step.known, head: step.head, epoch: step.epoch, behind: step.behind,
      });
    }
  });
});
