import { fullJitter, type Chance } from './backoff.js';
import type { Guid } from './contracts.generated.js';
import { ChatError, NotConnected } from './errors.js';
import type { Outgoing } from './outgoing.js';

/** What a lane needs from its outbox. */
export interface LaneOwner {
  /** The first message that is to be sent. */
  next(): Outgoing | undefined;
  /** Posts it, and takes it as sent. */
  send(item: Outgoing): Promise<void>;
  /** It is not to be sent again by itself. */
  failed(clientMessageId: Guid, error: ChatError): void;
}

/** The way of one room's messages to the server: one at a time, so that they keep their order. */
export class Lane {
  readonly #owner: LaneOwner;
  readonly #chance: Chance;
  #isOpen = false;
  #isSending = false;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(owner: LaneOwner, chance: Chance) {
    this.#owner = owner;
    this.#chance = chance;
  }

  /** There is a connection to send over. */
  open(): void {
    this.#isOpen = true;
    this.#attempt = 0;
    this.go();
  }

  /** There is none. */
  close(): void {
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Sends the next one, unless one is under way. */
  go(): void {
    if (!this.#isOpen || this.#isSending || this.#timer !== undefined) return;
    const item = this.#owner.next();
    if (item) void this.#send(item);
  }

  async #send(item: Outgoing): Promise<void> {
    this.#isSending = true;
    try {
      await this.#owner.send(item);
      this.#attempt = 0;
    } catch (error) {
      this.#notSent(item.clientMessageId, error);
    }
    this.#isSending = false;
    this.go();
  }

  #notSent(clientMessageId: Guid, error: unknown): void {
    // Not connected: `open` goes on with it. Nobody knows whether it was stored; the same id makes that harmless.
    if (error instanceof NotConnected) return this.#isOpen ? this.#pause(this.#backOff()) : undefined;
    if (error instanceof ChatError && error.isPassing) return this.#pause(error.retryAfterMs ?? this.#backOff());
    this.#owner.failed(clientMessageId, error instanceof ChatError ? error : new ChatError('internal', 'The message could not be sent.'));
  }

  #pause(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.go();
    }, ms);
  }

  #backOff(): number {
    return 250 + fullJitter(this.#attempt++, this.#chance);
  }
}
