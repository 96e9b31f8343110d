import type { Chance } from './backoff.js';
import type { Guid, ServerLimits } from './contracts.generated.js';
import type { OpenLink, Protocol, Transport } from './link.js';
import type { OutboxStore } from './outboxstore.js';

export interface ChatOptions {
  /** Address of the server; may carry a path prefix. */
  readonly server: string;
  /**
   * Answers the access token for each new connection; after one was refused, another if there is one: see
   * {@link RenewedToken.get}. Throwing a {@link ChatError} `unauthenticated` ends the sign-in.
   */
  readonly accessToken: (refused?: string) => string | Promise<string>;
  /** Whose token that is, if it is known: then what the outbox keeps is there before the first connection. */
  readonly userId?: Guid;
  /** Encoding on the wire; `json` by default. */
  readonly protocol?: Protocol;
  /** What a connection runs over; `any` by default. */
  readonly transport?: Transport;
  /** Where outgoing messages are kept until the server has them; in memory by default. See {@link indexedDbOutbox}. */
  readonly outbox?: OutboxStore;
  /**
   * So many messages are held in memory at most, in each room and thread; 500 by default. Those that
   * {@link ChatRoom.loadOlder} brought come on top, until {@link ChatRoom.trim}.
   */
  readonly messagesKept?: number;
  /** What this client is, for lists of devices: at most 200 characters. */
  readonly clientName?: string;
  /** How long the server may be silent before the connection counts as lost, and how long connecting may take, in milliseconds; 30,000 by default. */
  readonly serverTimeoutMs?: number;
  /** Instead of SignalR, for tests. */
  readonly openLink?: OpenLink;
  /** Instead of `Math.random`, for tests. */
  readonly chance?: Chance;
}

/** Before the first connection has told the server's own. */
export const usualLimits: ServerLimits = { messageTextBytes: 16 * 1024, frameBytes: 64 * 1024, attachmentBytes: 16 * 1024 * 1024 };

export const usualMessagesKept = 500;
