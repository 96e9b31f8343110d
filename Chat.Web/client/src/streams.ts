import type { Hub } from './hub.js';
import type { Guid, Message, StreamChunk, StreamEnd, StreamStart } from './contracts.generated.js';
import { ChatError } from './errors.js';

const keptEarly = 200;
/** A piece comes before its record by moments only: of so many messages at most at once. */
const mostEarly = 20;

/**
 * Puts the pieces of open messages together, ahead of what the server keeps of them. A piece that does not fit yet is held
 * until the record that it follows is here.
 */
export class GrowingTexts {
  readonly #early = new Map<number, Map<number, string>>();

  clear(): void {
    this.#early.clear();
  }

  /** The message with this `seq` is not put together here. */
  forget(seq: number): void {
    this.#early.delete(seq);
  }

  /** The record with all that was heard of its text; one that is not open is as it is. */
  take(record: Message, held: Message | undefined): Message {
    if (record.stream !== 'open' || record.deletedAt !== null) {
      this.#early.delete(record.seq);
      return record;
    }
    const isAhead = held !== undefined && held.text.length > record.text.length && held.text.startsWith(record.text);
    return this.#withEarly(isAhead ? { ...record, text: held.text } : record);
  }

  /** The message with the piece; null when it adds nothing now. */
  grow({ seq, offset, text }: StreamChunk, held: Message | undefined): Message | null {
    if (held && held.stream !== 'open') return null;
    if (!held || offset > held.text.length) {
      this.#keep(seq, offset, text);
      return null;
    }
    const more = text.slice(held.text.length - offset);
    return more === '' ? null : this.#withEarly({ ...held, text: held.text + more });
  }

  #keep(seq: number, offset: number, text: string): void {
    let pieces = this.#early.get(seq);
    if (!pieces) {
      if (this.#early.size >= mostEarly) this.#early.delete(this.#early.keys().next().value as number);
      this.#early.set(seq, (pieces = new Map()));
    }
    if (pieces.size < keptEarly) pieces.set(offset, text);
  }

  #withEarly(message: Message): Message {
    const pieces = this.#early.get(message.seq);
    if (!pieces) return message;
    let { text } = message;
    for (const [offset, piece] of [...pieces].sort(([a], [b]) => a - b)) {
      if (offset > text.length) break;
      pieces.delete(offset);
      text += piece.slice(text.length - offset);
    }
    if (pieces.size === 0) this.#early.delete(message.seq);
    return { ...message, text };
  }
}

/** What a writer needs from its client. */
export interface WriterOwner {
  readonly hub: Hub;
  /** Asks again on the next connection when this one is lost over it. */
  persist<T>(ask: () => Promise<T>): Promise<T>;
  wait(ms: number): Promise<void>;
}

const paceMs = 50;
const signOfLifeMs = 5_000;
const longestPiece = 4_096;

/** Writes one message while its text comes: one piece under way at a time, which takes along all that has come meanwhile. */
export class StreamWriter {
  readonly #owner: WriterOwner;
  #text = '';
  #isRead = false;
  #failure: unknown;
  #wake: () => void = () => undefined;

  constructor(owner: WriterOwner) {
    this.#owner = owner;
  }

  /** @throws {ChatError} Refused; what was sent stays, as cut off. */
  async write(start: StreamStart, pieces: AsyncIterable<string>, taken: (message: Message) => void): Promise<Message> {
    const message = await this.#ask(() => this.#owner.hub.BeginStream(start));
    taken(message);
    const iterator = pieces[Symbol.asyncIterator]();
    const reading = this.#read(iterator);
    try {
      for (let isRefused = false; ; isRefused = true) {
        const length = await this.#send(message, isRefused);
        await reading;
        if (this.#failure !== undefined) throw this.#failure;
        // Begun before, by a run of the program that wrote more: no end fits both.
        if (length > this.#text.length) throw new ChatError('conflict', 'The message was begun before, with a longer text.');
        const whole = await this.#end(message);
        if (!whole) continue;
        taken(whole);
        return whole;
      }
    } catch (error) {
      this.#isRead = true;
      // Not waited for: it may be waiting itself, for a piece that never comes.
      void iterator.return?.().catch(() => undefined);
      this.#owner.hub.EndStream(this.#endOf(message, 0, true)).catch(() => undefined);
      throw error;
    }
  }

  async #read(iterator: AsyncIterator<string>): Promise<void> {
    try {
      for (let next = await iterator.next(); !next.done && !this.#isRead; next = await iterator.next()) {
        this.#text += next.value;
        this.#wake();
      }
    } catch (error) {
      this.#failure = error;
    }
    this.#isRead = true;
    this.#wake();
  }

  /**
   * Sends all of it; answers how long the server's text is.
   *
   * @param asks Whether to ask that also where there is nothing to send.
   */
  async #send({ roomId, seq }: Message, asks: boolean): Promise<number> {
    let sent = 0;
    for (let isDone = !asks; ; isDone = true) {
      const text = this.#next(sent);
      if (text === '') {
        if (this.#isRead && isDone) return sent;
        if (!this.#isRead && (await this.#more())) continue;
      }
      const offset = sent;
      sent = (await this.#ask(() => this.#owner.hub.AppendStream({ roomId, seq, offset, text }))).length;
      await this.#owner.wait(paceMs);
    }
  }

  #next(sent: number): string {
    const piece = this.#text.slice(sent, sent + longestPiece);
    const last = piece.charCodeAt(piece.length - 1);
    // Half a character waits for its other half.
    const isHalf = last >= 0xd800 && last < 0xdc00 && !(this.#isRead && sent + piece.length === this.#text.length);
    return isHalf ? piece.slice(0, -1) : piece;
  }

  /** Waits for the next piece; false when it is time for a sign of life. */
  #more(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), signOfLifeMs);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = () => undefined;
        resolve(true);
      };
    });
  }

  /** Null when the server has less than it had answered: a node died with what it had not written yet. */
  async #end(message: Message): Promise<Message | null> {
    try {
      return await this.#ask(() => this.#owner.hub.EndStream(this.#endOf(message, this.#text.length, false)));
    } catch (error) {
      if (error instanceof ChatError && error.code === 'conflict') return null;
      throw error;
    }
  }

  #endOf({ roomId, seq }: Message, length: number, isCutOff: boolean): StreamEnd {
    return { roomId, seq, length, isCutOff };
  }

  /** Asks until the server has decided, also while it is busy or away. */
  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.#owner.persist(ask);
      } catch (error) {
        if (!(error instanceof ChatError) || (error.code !== 'rate_limited' && error.code !== 'unavailable')) throw error;
        await this.#owner.wait(error.retryAfterMs ?? 1_000);
      }
    }
  }
}

/** What else a streamed message may say. */
export interface StreamOptions {
  readonly replyToSeq?: number | null;
  readonly threadSeq?: number | null;
  /** Kept over restarts of the program, so that the message is begun once. */
  readonly clientMessageId?: Guid;
}
