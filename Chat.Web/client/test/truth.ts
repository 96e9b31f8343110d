import type { Member, MemberState, Message, Room, RoomSync, SystemEventKind } from '../src/index.js';
import type { RoomChange } from '../src/sequencer.js';
import { ann, bob, member, message, room, roomId } from './records.js';
import type { Dice } from './random.js';

const moment = '2026-01-31T12:00:00Z';
const others = [bob, 'carl', 'dora', 'emil', 'fay'];

/** What can happen in a room. */
export const happenings = ['post', 'reply', 'edit', 'delete', 'react', 'pin', 'come', 'go', 'role', 'mute', 'rename'] as const;
export type Happening = (typeof happenings)[number];

/** A room as a server keeps it: the newest form of each record, and every change that made it. */
export class TrueRoom {
  epoch = 'first';
  head = 0;
  changes: RoomChange[] = [];
  /** How many messages a snapshot has, of those in no thread; all there are where this is not said. */
  snapshotSize = Infinity;
  /** How far Ann has read. */
  readSeq = 0;
  readonly #resetAbove: number;

  constructor(resetAbove: number) {
    this.#resetAbove = resetAbove;
    this.#write({ kind: 'room', record: room(this.#next()) });
  }

  /** Something happens: one change, or two where one leads to the other. */
  change(dice: Dice): readonly RoomChange[] {
    return this.happen(dice.chance(0.4) ? 'post' : happenings[dice.below(happenings.length)]!, dice);
  }

  happen(what: Happening, dice: Dice): readonly RoomChange[] {
    const one = <T>(list: readonly T[]): T | undefined => list[dice.below(list.length)];
    const there = this.messages().filter(({ deletedAt, kind }) => deletedAt === null && kind === 'text');
    const chosen = one(there);
    const mentions = dice.chance(0.3) ? [{ userId: dice.chance(0.5) ? ann : null, name: 'somebody' }] : [];
    const authorId = dice.chance(0.8) ? bob : ann;
    const posted = { authorId, mentions };
    const somebody = one(others)!;
    const known = this.members().find(({ userId }) => userId === somebody);
    switch (what) {
      case 'reply': {
        const root = one(this.timeline().filter(({ kind }) => kind === 'text'));
        return this.post({ ...posted, threadSeq: root?.seq ?? null });
      }
      case 'edit':
        return chosen ? [this.alter(chosen, { text: `edited at ${this.head + 1}`, mentions, editedAt: moment })] : this.post(posted);
      case 'delete':
        return chosen ? this.delete(chosen) : this.post(posted);
      case 'react':
        return chosen ? [this.react(chosen, somebody, dice.chance(0.5) ? '👍' : '🎉', dice.chance(0.6))] : this.post(posted);
      case 'pin':
        return chosen ? this.pin(chosen, dice.chance(0.6)) : this.post(posted);
      case 'come':
        return known?.state === 'active' ? this.post(posted) : this.#membership(somebody, { state: 'active' }, 'joined');
      case 'go': {
        const state = one(['left', 'kicked', 'banned'] as const satisfies readonly MemberState[])!;
        return known?.state === 'active' ? this.#membership(somebody, { state, leftAt: moment }, state) : this.post(posted);
      }
      case 'role':
        return known?.state === 'active' ? this.#membership(somebody, { role: one(['member', 'moderator'] as const)! }, 'role_changed') : this.post(posted);
      case 'mute':
        return known?.state === 'active' ? this.#membership(somebody, { mutedUntil: moment }, 'muted') : this.post(posted);
      case 'rename':
        return [this.#write({ kind: 'room', record: { ...this.room(), version: this.#next(), name: `name ${this.head}` } }), this.#say('renamed')];
      default:
        return this.post(posted);
    }
  }

  /** Somebody posts; in a thread its root counts it. */
  post(change: Partial<Message> = {}): readonly RoomChange[] {
    const posted = this.#write({ kind: 'message', record: message(this.#next(), change) });
    const root = this.messages().find(({ seq }) => seq === change.threadSeq);
    return root ? [posted, this.alter(root, { replyCount: root.replyCount + 1, lastReplyAt: moment })] : [posted];
  }

  alter(before: Message, change: Partial<Message>): RoomChange {
    return this.#write({ kind: 'message', record: { ...before, ...change, version: this.#next() } });
  }

  delete(before: Message): readonly RoomChange[] {
    const gone = this.alter(before, { text: '', mentions: [], reactions: [], pinnedAt: null, deletedAt: moment, deletedBy: before.authorId });
    const root = this.messages().find(({ seq }) => seq === before.threadSeq);
    return root ? [gone, this.alter(root, { replyCount: root.replyCount - 1 })] : [gone];
  }

  react(before: Message, userId: string, emoji: string, isSet: boolean): RoomChange {
    const all = before.reactions.some((reaction) => reaction.emoji === emoji) ? before.reactions : [...before.reactions, { emoji, userIds: [] }];
    const reactions = all.map((reaction) => {
      const without = reaction.userIds.filter((id) => id !== userId);
      return reaction.emoji === emoji ? { emoji, userIds: isSet ? [...without, userId] : without } : reaction;
    });
    return this.alter(before, { reactions: reactions.filter(({ userIds }) => userIds.length > 0) });
  }

  pin(before: Message, isPinned: boolean): readonly RoomChange[] {
    const changed = this.alter(before, { pinnedAt: isPinned ? moment : null });
    return isPinned ? [changed, this.#say('pinned')] : [changed];
  }

  /** A backup is restored: another life that knows less, which its epoch says where `isTold`. */
  restore(dice: Dice, isTold = true): void {
    const kept = Math.max(1, this.head - dice.below(20));
    this.changes = this.changes.filter(({ record }) => record.version <= kept);
    this.head = kept;
    this.readSeq = Math.min(this.readSeq, kept);
    if (isTold) this.epoch = `life after ${this.epoch}`.slice(0, 60) + dice.below(1_000_000);
  }

  room(): Room {
    return this.#newest('room')[0] as Room;
  }

  members(): Member[] {
    return this.#newest('member') as Member[];
  }

  /** Ann is always there, said or not. */
  get memberCount(): number {
    return 1 + this.members().filter(({ userId, state }) => userId !== ann && state === 'active').length;
  }

  /** All messages, in threads too. */
  messages(): Message[] {
    return (this.#newest('message') as Message[]).sort((a, b) => a.seq - b.seq);
  }

  /** The messages of a thread; without one, those in no thread. */
  timeline(threadSeq: number | null = null): Message[] {
    return this.messages().filter((message) => message.threadSeq === threadSeq);
  }

  /** Those who have begun a thread. */
  roots(): number[] {
    return [...new Set(this.messages().flatMap(({ threadSeq }) => threadSeq ?? []))];
  }

  markRead(seq: number): void {
    this.readSeq = Math.max(this.readSeq, Math.min(seq, this.head));
  }

  /** What Ann has to read. */
  counts(): { readonly unread: number; readonly unreadMentions: number } {
    const above = this.messages().filter((m) => m.seq > this.readSeq && m.authorId !== ann && m.kind === 'text' && m.deletedAt === null);
    return {
      unread: above.filter(({ threadSeq }) => threadSeq === null).length,
      unreadMentions: above.filter(({ mentions }) => mentions.some(({ userId }) => userId === ann || userId === null)).length,
    };
  }

  /** What a client that knows all up to `version` of `epoch` is answered. */
  sync(version: number, epoch: string): RoomSync {
    const records = [this.room(), ...this.members(), ...this.messages()].filter((record) => record.version > version);
    const reset = epoch !== this.epoch || records.length > this.#resetAbove;
    const above = reset ? 0 : version;
    const last = Number.isFinite(this.snapshotSize) ? this.timeline().slice(-this.snapshotSize) : this.messages();
    return {
      roomId, epoch: this.epoch, head: this.head, reset,
      room: this.room().version > above ? this.room() : null,
      members: this.members().filter((record) => record.version > above),
      messages: (reset ? last : this.messages()).filter((record) => record.version > above),
      hasOlder: reset && this.timeline().length > last.length, memberCount: this.memberCount,
    };
  }

  #membership(userId: string, change: Partial<Member>, kind: SystemEventKind): readonly RoomChange[] {
    const before = this.members().find((record) => record.userId === userId) ?? member(0, userId, { name: userId });
    const changed = this.#write({ kind: 'member', record: { ...before, leftAt: null, ...change, version: this.#next() } });
    return [changed, this.#say(kind)];
  }

  #say(kind: SystemEventKind): RoomChange {
    const system = { kind, actorId: null, actorName: '', subjectId: null, subjectName: '', value: '' };
    return this.#write({ kind: 'message', record: message(this.#next(), { kind: 'system', authorId: null, authorName: '', system }) });
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
