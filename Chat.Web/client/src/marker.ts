import type { Asking } from './asking.js';
import type { Chance } from './backoff.js';
import type { Guid, Message, MyRoom, ReadMarker } from './contracts.generated.js';
import { Marking } from './marking.js';
import { MyReading, type UnreadCounts } from './reading.js';
import type { Timeline } from './timeline.js';

/** What my marker needs from its room. */
export interface MarkerOwner {
  readonly roomId: Guid;
  readonly me: Guid;
  readonly asking: Asking;
  readonly chance: Chance;
  readonly timeline: Timeline;
  /** What is answered here is another. */
  changed(): void;
}

/** Those who are all told the same thing at once do not all ask at once. */
const recountWithinMs = 2_000;

/** My read marker in a room: moved by me, here or elsewhere, and counted above; where only the server can count, it is asked. */
export class MyMarker {
  readonly #owner: MarkerOwner;
  readonly #reading = new MyReading();
  readonly #marking: Marking;
  /** The highest message that is known, in threads too; where it is not, the room's head. */
  #lastSeq = 0;
  #recount: ReturnType<typeof setTimeout> | undefined;

  constructor(owner: MarkerOwner) {
    this.#owner = owner;
    this.#marking = new Marking(
      (seq) => owner.asking.hub.MarkRead({ roomId: owner.roomId, seq }),
      (marker) => this.heard(marker));
  }

  get seq(): number {
    return this.#reading.readSeq;
  }

  get counts(): UnreadCounts {
    return this.#reading.counts(this.#owner.timeline, this.#owner.me);
  }

  /** Takes what the server counted; in another life of the room nothing from before holds. */
  counted(mine: MyRoom, isAnotherLife: boolean): void {
    if (isAnotherLife) {
      this.#reading.reset();
      this.#lastSeq = 0;
    }
    this.#reading.counted(mine);
    this.#lastSeq = Math.max(this.#lastSeq, mine.head);
  }

  /** All above this version will be heard, of what is below nothing is known. */
  startAt(version: number): void {
    this.#reading.startAt(version);
    this.#lastSeq = Math.max(this.#lastSeq, version);
  }

  /** Takes a changed message; see {@link MyReading.take}. */
  take(message: Message, before: Message | undefined, isLive: boolean): void {
    this.#reading.take(message, before, isLive, this.#owner.me);
    this.#lastSeq = Math.max(this.#lastSeq, message.seq);
  }

  /** The marker moved. */
  heard({ userId, seq, unread, unreadMentions, head }: ReadMarker): void {
    if (userId !== this.#owner.me) return;
    this.#reading.moved(seq, { unread, mentions: unreadMentions }, head);
    this.settle();
    this.#owner.changed();
  }

  /** I have read up to here; nothing said, all there is. */
  move(seq: number = this.#lastSeq): void {
    const isAll = seq >= (this.#owner.timeline.messages.at(-1)?.seq ?? this.#lastSeq);
    const upTo = isAll ? this.#lastSeq : seq;
    if (upTo <= Math.max(this.#marking.wanted, this.#reading.readSeq)) return;
    if (isAll) this.#reading.movedToEnd(upTo);
    else this.#reading.moved(upTo, null, 0);
    this.#owner.changed();
    this.#marking.to(upTo);
  }

  /** There is a connection. */
  connected(): void {
    this.#marking.connected();
    this.settle();
  }

  /** There is none: nothing is asked until there is. */
  disconnected(): void {
    this.#marking.disconnected();
    clearTimeout(this.#recount);
    this.#recount = undefined;
  }

  /** After all changes that came together: has the server count where nobody here can. */
  settle(): void {
    if (this.#recount !== undefined || !this.#mustAsk) return;
    this.#recount = setTimeout(() => {
      this.#recount = undefined;
      if (this.#mustAsk) this.#marking.to(Math.max(1, this.#reading.readSeq));
    }, this.#owner.chance() * recountWithinMs);
  }

  get #mustAsk(): boolean {
    return this.#reading.mustAsk(this.#owner.timeline);
  }
}
