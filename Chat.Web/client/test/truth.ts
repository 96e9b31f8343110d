import type { Member, Message, Room, RoomSync } from '../src/index.js';
import type { RoomChange } from '../src/sequencer.js';
import { member, message, room, roomId } from './records.js';
import type { Dice } from './random.js';

/** A room as a server keeps it: the newest form of each record, and every change that made it. */
export class TrueRoom {
  epoch = 'first';
  head = 0;
  changes: RoomChange[] = [];
  readonly #resetAbove: number;

  constructor(resetAbove: number) {
    this.#resetAbove = resetAbove;
    this.#write({ kind: 'room', record: room(this.#next()) });
  }

  /** Something happens. */
  change(dice: Dice): RoomChange {
    const messages = this.messages();
    const version = this.#next();
    if (messages.length > 0 && dice.chance(0.3)) {
      const edited = messages[dice.below(messages.length)]!;
      return this.#write({ kind: 'message', record: { ...edited, version, text: `edited at ${version}` } });
    }
    if (dice.chance(0.2)) {
      const state = dice.chance(0.7) ? 'active' : 'left';
      return this.#write({ kind: 'member', record: member(version, `user ${dice.below(5)}`, { state }) });
    }
    if (dice.chance(0.05)) return this.#write({ kind: 'room', record: room(version, `name ${version}`) });
    return this.#write({ kind: 'message', record: message(version) });
  }

  /** A backup is restored: another life that knows less. */
  restore(dice: Dice): void {
    const kept = Math.max(1, this.head - dice.below(20));
    this.changes = this.changes.filter(({ record }) => record.version <= kept);
    this.head = kept;
    this.epoch = `life after ${this.epoch}`.slice(0, 60) + dice.below(1_000_000);
  }

  room(): Room {
    return this.#newest('room')[0] as Room;
  }

  members(): Member[] {
    return this.#newest('member') as Member[];
  }

  messages(): Message[] {
    return (this.#newest('message') as Message[]).sort((a, b) => a.seq - b.seq);
  }

  /** What a client that knows all up to `version` of `epoch` is answered. */
  sync(version: number, epoch: string): RoomSync {
    const records = [this.room(), ...this.members(), ...this.messages()].filter((record) => record.version > version);
    const reset = epoch !== this.epoch || records.length > this.#resetAbove;
    const above = reset ? 0 : version;
    return {
      roomId, epoch: this.epoch, head: this.head, reset,
      room: this.room().version > above ? this.room() : null,
      members: this.members().filter((record) => record.version > above),
      messages: this.messages().filter((record) => record.version > above),
      hasOlder: false, memberCount: 0,
    };
  }

  #next(): number {
    return ++this.head;
  }

  #write(change: RoomChange): RoomChange {
    this.changes.push(change);
    return change;
  }

  #newest(kind: RoomChange['kind']): (Room | Member | Message)[] {
    const newest = new Map<string, Room | Member | Message>();
    for (const { kind: of, record } of this.changes) {
      if (of !== kind) continue;
      newest.set('id' in record ? record.id : 'userId' in record ? record.userId : 'room', record);
    }
    return [...newest.values()];
  }
}
