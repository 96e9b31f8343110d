import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import type { ChatHub } from './contracts.generated.js';
import { ChatError } from './errors.js';
import type { Protocol } from './link.js';
import { utf8Length } from './text.js';

/** The call around a request in JSON: its kind, number, method and brackets. */
const envelopeBytes = 100;
/** In MessagePack, the call's number. */
const numberBytes = 10;

/** Bytes of the frame that a call goes in, at most; exact only near or above `limit`, where that decides. */
export function frameBytes(method: keyof ChatHub, request: object, protocol: Protocol, limit: number): number {
  const asJson = envelopeBytes + utf8Length(JSON.stringify(request));
  // JSON writes a line break as two bytes and names in quotes: MessagePack takes no more.
  if (protocol === 'json' || asJson <= limit) return asJson;
  const call = { type: 1 as const, target: method, arguments: [request], invocationId: '', streamIds: [] };
  return numberBytes + new MessagePackHubProtocol({ ignoreUndefined: true }).writeMessage(call).byteLength;
}

/** Why the server would close the connection over this call; null when it would not. */
export function checkFrame(method: keyof ChatHub, request: object, protocol: Protocol, limit: number): ChatError | null {
  const bytes = frameBytes(method, request, protocol, limit);
  return bytes > limit ? new ChatError('too_large', `It takes ${bytes} bytes on its way, of at most ${limit}.`) : null;
}
