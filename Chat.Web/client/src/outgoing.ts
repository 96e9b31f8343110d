import type { ErrorCode, Guid, MessagePlace, SendMessage, ServerLimits } from './contracts.generated.js';
import { ChatError } from './errors.js';
import { checkFrame } from './frames.js';
import type { Protocol } from './link.js';
import { checkText } from './text.js';

/** What a message may have beside its text. */
export interface SendOptions {
  /** The message this one answers. */
  readonly replyToSeq?: number | null;
  /** The message whose thread this one goes into. */
  readonly threadSeq?: number | null;
  /** Files that I have uploaded to the room, at most 10; the text may be empty with them. */
  readonly attachmentIds?: readonly Guid[];
}

/** A message of mine that is not yet in its room. It does not change, another takes its place. */
export interface Outgoing {
  readonly roomId: Guid;
  readonly clientMessageId: Guid;
  readonly text: string;
  readonly replyToSeq: number | null;
  /** The message whose thread it goes into; null for the room itself. */
  readonly threadSeq: number | null;
  readonly attachmentIds: readonly Guid[];
  /** The message that it repeats; its text is empty then. */
  readonly forward: MessagePlace | null;
  /** When it was written, by this device's clock, in milliseconds. */
  readonly writtenAt: number;
  /**
   * `failed` is parked: it waits for {@link ChatClient.retryOutgoing}, {@link ChatClient.editOutgoing} or
   * {@link ChatClient.dropOutgoing}; `sent` is stored and about to appear in the room.
   */
  readonly status: 'sending' | 'sent' | 'failed';
  /** Why it failed. */
  readonly error: ChatError | null;
}

/** An outgoing message as it is kept: plain data. */
export interface KeptOutgoing {
  readonly request: SendMessage;
  readonly writtenAt: number;
  /** Why it is parked; null while it is to be sent. */
  readonly refusal: { readonly code: ErrorCode; readonly message: string } | null;
}

/** What is said to the server to post it. */
export function requestOf({ roomId, clientMessageId, text, replyToSeq, threadSeq, attachmentIds, forward }: Outgoing): SendMessage {
  return { roomId, clientMessageId, text, replyToSeq, threadSeq, attachmentIds, forward };
}

export function keptOf(item: Outgoing): KeptOutgoing {
  const { error, writtenAt } = item;
  return { request: requestOf(item), writtenAt, refusal: error && { code: error.code, message: error.message } };
}

export function outgoingOf({ request, writtenAt, refusal }: KeptOutgoing): Outgoing {
  const { roomId, clientMessageId, text, replyToSeq = null, threadSeq = null, attachmentIds = [], forward = null } = request;
  return {
    roomId, clientMessageId, text, replyToSeq, threadSeq, attachmentIds, forward, writtenAt,
    status: refusal ? 'failed' : 'sending', error: refusal && new ChatError(refusal.code, refusal.message),
  };
}

/** Why the server would refuse this message, or the frame it would go in; null when it would not. */
export function checkRequest(request: SendMessage, limits: ServerLimits, protocol: Protocol): ChatError | null {
  const mistake = request.forward ? null : checkText(request.text, limits.messageTextBytes, (request.attachmentIds?.length ?? 0) > 0);
  return mistake ?? checkFrame('SendMessage', request, protocol, limits.frameBytes);
}
