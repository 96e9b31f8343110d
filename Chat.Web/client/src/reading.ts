import type { Guid, Message, MyRoom } from './contracts.generated.js';
import { callsMe, countsAsUnread, type Timeline } from './timeline.js';

/** How far I have read in a room, and how much is above that. */
export class MyReading {
  #readSeq = 0;
  #unread = 0;
  #mentions = 0;
  #countedTo = 0;

  get readSeq(): number {
    return this.#readSeq;
  }

  /** Counted from the messages where all unread ones are held, else what the server counted and what came since. */
  counts(timeline: Timeline, me: Guid): { readonly unread: number; readonly mentions: number } {
    return timeline.unread(this.#readSeq, me) ?? { unread: this.#unread, mentions: this.#mentions };
  }

  /** What the server counted when the room was at `mine.head`. */
  counted(mine: MyRoom): void {
    this.#readSeq = Math.max(this.#readSeq, mine.readSeq);
    this.#unread = mine.unread;
    this.#mentions = mine.unreadMentions;
    this.#countedTo = mine.head;
  }

  /** Counts on with a message that came. */
  countOn(message: Message, me: Guid): void {
    if (message.seq <= this.#countedTo) return;
    this.#countedTo = message.seq;
    if (message.seq <= this.#readSeq || !countsAsUnread(message, me)) return;
    this.#unread++;
    if (callsMe(message, me)) this.#mentions++;
  }

  /** The marker moved to `readSeq`; the server counted `unread` above it when this client knew all up to `known`. */
  moved(readSeq: number, unread: number | null, known: number): void {
    if (readSeq < this.#readSeq) return;
    this.#readSeq = readSeq;
    if (unread === null) return;
    this.#unread = unread;
    if (unread === 0) this.#mentions = 0;
    this.#countedTo = Math.max(this.#countedTo, known);
  }

  /** Another life of the room: markers may lie lower there. */
  reset(): void {
    this.#readSeq = 0;
  }
}
