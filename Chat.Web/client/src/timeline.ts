import type { Guid, History, Message, StreamChunk } from './contracts.generated.js';
import { Records } from './records.js';
import { GrowingTexts } from './streams.js';

/** The newest messages of a room, or of one of its threads, without a hole: from some `seq` on, all of them. */
export class Timeline {
  readonly #records = new Records<Message>((message) => message.id);
  readonly #growing = new GrowingTexts();
  #from: number;
  #hasOlder = true;
  #sorted: readonly Message[] | null = null;

  readonly #threadSeq: number | null;

  /**
   * @param from Only messages from this `seq` on are held at first.
   * @param threadSeq Only the messages of this thread; null for those in no thread.
   */
  constructor(from: number, threadSeq: number | null = null) {
    this.#from = from;
    this.#threadSeq = threadSeq;
  }

  /** The `seq` from which on all messages are held. */
  get from(): number {
    return this.#from;
  }

  /** Whether there are messages below that. */
  get hasOlder(): boolean {
    return this.#hasOlder;
  }

  /** How many messages are held. */
  get size(): number {
    return this.#records.size;
  }

  /** The messages by `seq`. */
  get messages(): readonly Message[] {
    return (this.#sorted ??= [...this.#records.values()].sort((a, b) => a.seq - b.seq));
  }

  /** The message with this `seq`, if it is held. */
  at(seq: number): Message | undefined {
    const messages = this.messages;
    let low = 0;
    let high = messages.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (messages[middle]!.seq < seq) low = middle + 1;
      else high = middle;
    }
    return messages[low]?.seq === seq ? messages[low] : undefined;
  }

  /** Takes a changed message. One from before the held ones is left out: its page will bring it as it is then. */
  put(message: Message): void {
    // A piece does not say whether its message is in a thread.
    if (message.threadSeq !== this.#threadSeq) return this.#growing.forget(message.seq);
    if (message.seq < this.#from) return;
    if (this.#records.put(this.#growing.take(message, this.#records.get(message.id)))) this.#sorted = null;
  }

  /** Takes a piece of a message that is still being written; whether it added anything. */
  grow(chunk: StreamChunk): boolean {
    if (chunk.seq < this.#from) return false;
    const grown = this.#growing.grow(chunk, this.at(chunk.seq));
    if (!grown) return false;
    this.#records.replace(grown);
    this.#sorted = null;
    return true;
  }

  /** Takes the page below the held messages. */
  prepend(page: History): void {
    for (const message of page.messages) this.#records.put(message);
    this.#from = page.hasOlder ? Math.min(this.#from, page.messages[0]?.seq ?? this.#from) : 0;
    this.#hasOlder = page.hasOlder;
    this.#sorted = null;
  }

  /** Forgets all and holds these, the last messages up to `head`. */
  reset(last: readonly Message[], hasOlder: boolean, head: number): void {
    const messages = last.filter(({ threadSeq }) => threadSeq === this.#threadSeq);
    this.#records.clear();
    this.#growing.clear();
    for (const message of messages) this.#records.put(message);
    this.#hasOlder = hasOlder;
    this.#from = hasOlder ? (messages[0]?.seq ?? head + 1) : 0;
    this.#sorted = null;
  }

  /** Forgets the oldest above so many. */
  trim(most: number): boolean {
    const messages = this.messages;
    if (messages.length <= most) return false;
    for (const message of messages.slice(0, messages.length - most)) this.#records.delete(message.id);
    this.#from = messages[messages.length - most]!.seq;
    this.#hasOlder = true;
    this.#sorted = null;
    return true;
  }

  /** How many messages of others are above `readSeq`; null where not all of them are held. */
  unread(readSeq: number, me: Guid): number | null {
    if (this.#from > readSeq + 1) return null;
    return this.messages.reduce((count, message) => count + Number(message.seq > readSeq && countsAsUnread(message, me)), 0);
  }
}

/** Whether somebody who has not read the message has something to read: not for one's own, deleted and system messages. */
export function countsAsUnread(message: Message, me: Guid): boolean {
  return message.authorId !== me && message.kind !== 'system' && message.deletedAt === null;
}

/** Whether the message calls me, by name or as one of the room. */
export function callsMe(message: Message, me: Guid): boolean {
  return message.mentions.some(({ userId }) => userId === null || userId === me);
}
