import type { ErrorCode, WireError } from './contracts.generated.js';

/** A refusal by the server, or by this client before it asked. Programs decide by `code`. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  readonly code: ErrorCode;
  /** When trying again makes sense, in milliseconds from the answer; null when it does not. */
  readonly retryAfterMs: number | null;
  /** For `internal`: the id under which the server's log tells more. */
  readonly incidentId: string | null;

  constructor(code: ErrorCode, message: string, retryAfterMs: number | null = null, incidentId: string | null = null) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.incidentId = incidentId;
  }

  static of(error: WireError): ChatError {
    return new ChatError(error.code, error.message, error.retryAfterMs, error.incidentId);
  }

  /** Whether the same request may succeed later without anybody changing it. */
  get isPassing(): boolean {
    return this.code === 'unavailable' || this.code === 'rate_limited' || this.code === 'connect_first';
  }
}

/** Thrown where a request cannot be made or was cut off because there is no connection. It may have been carried out. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';

  constructor() {
    super('There is no connection to the server.');
  }
}
