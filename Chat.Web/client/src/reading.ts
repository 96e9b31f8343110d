import type { Guid, Message, MyRoom } from './contracts.generated.js';
import { callsMe, countsAsUnread, type Timeline } from './timeline.js';

/** What somebody still has to read. */
export interface UnreadCounts {
  readonly unread: number;
  readonly mentions: number;
}

/**
 * How far I have read in a room, and how much is above that: messages in no thread, and calls, in threads too. Counted
 * from what was heard where that is all of it, else by what the server counted and what came since.
 */
export class MyReading {
  #readSeq = 0;
  #unread = 0;
  #mentions = 0;
  /** The version of the room at which the server counted. */
  #countedTo = 0;
  /** All messages above this seq were heard as they came, in threads too; those that call me are in `#calls`. */
  #heardFrom = 0;
  readonly #calls = new Set<number>();
  #isUnsure = false;
  /** The version of the last change that moved the counts. */
  #changedTo = 0;

  get readSeq(): number {
    return this.#readSeq;
  }

  counts(timeline: Timeline, me: Guid): UnreadCounts {
    return {
      unread: timeline.unread(this.#readSeq, me) ?? this.#unread,
      mentions: this.#knowsCalls ? this.#calls.size : this.#mentions,
    };
  }

  /** Whether only the server knows the counts by now. */
  mustAsk(timeline: Timeline): boolean {
    return this.#isUnsure && !(this.#knowsCalls && timeline.from <= this.#readSeq + 1);
  }

  /** What the server counted when the room was at `mine.head`. */
  counted(mine: MyRoom): void {
    this.#forward(mine.readSeq);
    this.#take(mine.unread, mine.unreadMentions, mine.head);
  }

  /** All above this version will be heard, of what is below nothing is known. */
  startAt(version: number): void {
    this.#heardFrom = version;
    this.#calls.clear();
    this.#isUnsure = version > this.#countedTo;
  }

  /**
   * Takes a changed message.
   *
   * @param before The form of it that was held until now.
   * @param isLive Whether every change was heard one by one; a sync leaves out what happened between.
   */
  take(message: Message, before: Message | undefined, isLive: boolean, me: Guid): void {
    const { seq, version, threadSeq } = message;
    if (seq <= this.#readSeq) return;
    const isCounted = countsAsUnread(message, me);
    const calls = isCounted && callsMe(message, me);
    const wasCall = seq > this.#heardFrom ? this.#calls.has(seq) : this.#callBefore(message, before, me);
    if (seq > this.#heardFrom) this.#keep(seq, calls);
    if (version <= this.#countedTo) return;
    if (!isLive) {
      this.#unsure(version);
    } else if (version === seq) {
      this.#change(version, Number(isCounted && threadSeq === null), Number(calls));
    } else {
      // What is neither new nor deleted counts as before.
      const wasCounted = message.deletedAt === null ? isCounted : before && before.version < version ? countsAsUnread(before, me) : null;
      if (wasCounted === null || wasCall === null) this.#unsure(version);
      this.#change(version, wasCounted === true && !isCounted && threadSeq === null ? -1 : 0, wasCall === null ? 0 : Number(calls) - Number(wasCall));
    }
  }

  /**
   * The marker moved.
   *
   * @param counts What the server counted above it when the room was at `head`; null where it did not yet.
   */
  moved(readSeq: number, counts: UnreadCounts | null, head: number): void {
    if (readSeq < this.#readSeq) return;
    this.#forward(readSeq);
    if (!counts) return;
    // What was counted on above that head is not in it.
    const isOvertaken = this.#changedTo > head || this.#countedTo > head;
    this.#take(counts.unread, counts.mentions, head);
    this.#isUnsure = isOvertaken;
  }

  /** All that there is was read. */
  movedToEnd(seq: number): void {
    this.#forward(seq);
    this.#unread = 0;
    this.#mentions = 0;
  }

  /** Another life of the room: markers may lie lower there. */
  reset(): void {
    this.#readSeq = 0;
    this.#countedTo = 0;
    this.#changedTo = 0;
  }

  get #knowsCalls(): boolean {
    return this.#readSeq >= this.#heardFrom;
  }

  #take(unread: number, mentions: number, version: number): void {
    this.#unread = unread;
    this.#mentions = mentions;
    this.#countedTo = version;
    this.#isUnsure = false;
  }

  #change(version: number, unread: number, mentions: number): void {
    if (unread === 0 && mentions === 0) return;
    this.#unread = Math.max(0, this.#unread + unread);
    this.#mentions = Math.max(0, this.#mentions + mentions);
    this.#changedTo = Math.max(this.#changedTo, version);
  }

  /** Nobody here knows what this change did to the counts; nor does an answer that was counted before it. */
  #unsure(version: number): void {
    this.#isUnsure = true;
    this.#changedTo = Math.max(this.#changedTo, version);
  }

  #forward(seq: number): void {
    this.#readSeq = Math.max(this.#readSeq, seq);
    for (const call of this.#calls) if (call <= this.#readSeq) this.#calls.delete(call);
  }

  #keep(seq: number, calls: boolean): void {
    if (calls) this.#calls.add(seq);
    else this.#calls.delete(seq);
  }

  /** Whether the message called me before this change; null where nobody here knows. */
  #callBefore(message: Message, before: Message | undefined, me: Guid): boolean | null {
    if (before && before.version < message.version) return countsAsUnread(before, me) && callsMe(before, me);
    // Only an edit or a deletion changes whom it calls.
    return message.editedAt === null && message.deletedAt === null ? countsAsUnread(message, me) && callsMe(message, me) : null;
  }
}
