import { fullJitter, type Chance } from './backoff.js';
import type { Guid, Message, MessagePlace, SendMessage } from './contracts.generated.js';
import { ChatError, NotConnected } from './errors.js';
import { newGuid } from './guid.js';

/** What a message may have beside its text. */
export interface SendOptions {
  /** The message this one answers. */
  readonly replyToSeq?: number | null;
  /** The message whose thread this one goes into. */
  readonly threadSeq?: number | null;
  /** Files that I have uploaded to the room, at most 10; the text may be empty with them. */
  readonly attachmentIds?: readonly Guid[];
}

/** A message of mine that is not yet in the room. */
export interface Outgoing {
  readonly clientMessageId: Guid;
  readonly text: string;
  readonly replyToSeq: number | null;
  /** The message whose thread it goes into; null or left out for the room itself. */
  readonly threadSeq?: number | null;
  readonly attachmentIds?: readonly Guid[];
  /** The message that it repeats; its text is empty then. */
  readonly forward?: MessagePlace | null;
  /** When it was written, by this device's clock, in milliseconds. */
  readonly writtenAt: number;
  /** `failed` waits for {@link Outbox.retry} or {@link Outbox.drop}; `sent` is stored and about to appear in the room. */
  readonly status: 'sending' | 'sent' | 'failed';
  /** Why it failed. */
  readonly error: ChatError | null;
}

/** What an outbox needs from its owner. */
export interface OutboxOwner {
  readonly roomId: Guid;
  send(request: SendMessage): Promise<Message>;
  /** The server stored a message. */
  sent(message: Message): void;
  /** What {@link Outbox.items} answers is another. */
  changed(): void;
}

/**
 * What I wrote in one room, sent one at a time in the order it was written. Each message keeps its id over every
 * repeat, so that the server stores it once however often it is sent.
 */
export class Outbox {
  readonly #owner: OutboxOwner;
  readonly #chance: Chance;
  #items: Outgoing[] = [];
  #isOpen = false;
  #inFlight: Guid | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(owner: OutboxOwner, chance: Chance) {
    this.#owner = owner;
    this.#chance = chance;
  }

  get items(): readonly Outgoing[] {
    return this.#items;
  }

  /** Puts a message at the end. */
  add(text: string, options: SendOptions = {}, forward: MessagePlace | null = null): Outgoing {
    const { replyToSeq = null, threadSeq = null, attachmentIds = [] } = options;
    const item: Outgoing = {
      clientMessageId: newGuid(), text, replyToSeq, threadSeq, attachmentIds, forward, writtenAt: Date.now(), status: 'sending', error: null,
    };
    this.#items = [...this.#items, item];
    this.#owner.changed();
    void this.#pump();
    return item;
  }

  /** There is a connection to send over. */
  open(): void {
    this.#isOpen = true;
    this.#attempt = 0;
    void this.#pump();
  }

  /** There is none. */
  close(): void {
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Sends a failed message again. */
  retry(clientMessageId: Guid): void {
    this.#replace(clientMessageId, (item) => ({
      ...item,
      // The id belongs to something else: only another one can succeed.
      clientMessageId: item.error?.code === 'conflict' ? newGuid() : item.clientMessageId,
      status: 'sending',
      error: null,
    }));
    void this.#pump();
  }

  /** Gives a failed message up. */
  drop(clientMessageId: Guid): void {
    this.#items = this.#items.filter((item) => item.clientMessageId !== clientMessageId || item.status !== 'failed');
    this.#owner.changed();
  }

  /** The message is in the room. */
  arrived(clientMessageId: Guid): void {
    if (!this.#items.some((item) => item.clientMessageId === clientMessageId)) return;
    this.#items = this.#items.filter((item) => item.clientMessageId !== clientMessageId);
    this.#owner.changed();
  }

  /** The room was loaded afresh: whatever was stored before is in it or above it. */
  forgetSent(): void {
    this.#items = this.#items.filter((item) => item.status !== 'sent');
    this.#owner.changed();
  }

  /** The server closes the connection because of a frame: the message in flight must not be sent again by itself. */
  frameRefused(reason: ChatError): void {
    if (this.#inFlight) this.#fail(this.#inFlight, reason);
  }

  async #pump(): Promise<void> {
    if (!this.#isOpen || this.#inFlight || this.#timer !== undefined) return;
    const item = this.#items.find(({ status }) => status === 'sending');
    if (!item) return;

    this.#inFlight = item.clientMessageId;
    try {
      const { clientMessageId, text, replyToSeq, threadSeq = null, attachmentIds = [], forward = null } = item;
      const message = await this.#owner.send({ roomId: this.#owner.roomId, clientMessageId, text, replyToSeq, threadSeq, attachmentIds, forward });
      this.#attempt = 0;
      this.#replace(clientMessageId, (sent) => ({ ...sent, status: 'sent', error: null }));
      this.#owner.sent(message);
    } catch (error) {
      this.#notSent(item.clientMessageId, error);
    }
    this.#inFlight = null;
    void this.#pump();
  }

  #notSent(clientMessageId: Guid, error: unknown): void {
    // Not connected: `open` goes on with it. Nobody knows whether it was stored; the same id makes that harmless.
    if (error instanceof NotConnected) return this.#isOpen ? this.#pause(this.#backOff()) : undefined;
    if (error instanceof ChatError && error.isPassing) return this.#pause(error.retryAfterMs ?? this.#backOff());
    this.#fail(clientMessageId, error instanceof ChatError ? error : new ChatError('internal', 'The message could not be sent.'));
  }

  #pause(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#pump();
    }, ms);
  }

  #backOff(): number {
    return 250 + fullJitter(this.#attempt++, this.#chance);
  }

  #fail(clientMessageId: Guid, error: ChatError): void {
    this.#replace(clientMessageId, (item) => (item.status === 'sending' ? { ...item, status: 'failed', error } : item));
  }

  #replace(clientMessageId: Guid, change: (item: Outgoing) => Outgoing): void {
    this.#items = this.#items.map((item) => (item.clientMessageId === clientMessageId ? change(item) : item));
    this.#owner.changed();
  }
}
