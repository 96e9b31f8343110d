import {
  ChatPaths, type AccountSignIn, type CreateAccount, type GuestSignIn, type Reply, type ReplyOf, type ServerInfo, type SignedIn,
} from './contracts.generated.js';
import { ChatError } from './errors.js';
import { trimServer } from './link.js';

const renewalMs = 10_000;

/** What a sign-in page must know. @throws {ChatError} */
export function serverInfo(server: string): Promise<ServerInfo> {
  return ask<ServerInfo>(server, ChatPaths.info, { method: 'GET' });
}

/** Comes in by a name only. @throws {ChatError} */
export function signInAsGuest(server: string, request: GuestSignIn): Promise<SignedIn> {
  return post(server, ChatPaths.guestSignIn, request);
}

/** Signs in to an account. @throws {ChatError} `wrong_password`, `rate_limited` … */
export function signInToAccount(server: string, request: AccountSignIn): Promise<SignedIn> {
  return post(server, ChatPaths.accountSignIn, request);
}

/** Makes an account, and signs in to it. @throws {ChatError} `name_taken`, `invalid` … */
export function createAccount(server: string, request: CreateAccount): Promise<SignedIn> {
  return post(server, ChatPaths.accounts, request);
}

/** Signs in by a token of the product that Chat is part of: the same person is the same user each time. @throws {ChatError} */
export function signInWithExternalToken(server: string, externalToken: string): Promise<SignedIn> {
  return ask<SignedIn>(server, ChatPaths.externalSignIn, { method: 'POST', headers: { authorization: `Bearer ${externalToken}` } });
}

/**
 * The next access token and refresh token of the same session. A refresh token is good once: where the answer was lost, ask
 * again at once; later than half a minute the session would be ended.
 * @throws {ChatError} `unauthenticated` when the session has ended.
 */
export function renewSignIn(server: string, refreshToken: string): Promise<SignedIn> {
  // Other tabs may wait for this one.
  return post(server, ChatPaths.renewSignIn, { refreshToken }, AbortSignal.timeout(renewalMs));
}

function post(server: string, path: string, request: object, signal: AbortSignal | null = null): Promise<SignedIn> {
  return ask<SignedIn>(server, path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request), signal });
}

async function ask<T>(server: string, path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(trimServer(server) + path, init);
  } catch {
    throw new ChatError('unavailable', 'The server cannot be reached.');
  }
  const reply = await readReply<T>(response);
  if (reply.error) throw ChatError.of(reply.error);
  if (reply.result === null) throw new ChatError('unknown', 'The server answered nothing.');
  return reply.result;
}

/** What is not a reply comes from something before the server, such as a proxy. */
async function readReply<T>(response: Response): Promise<ReplyOf<T>> {
  try {
    const reply = (await response.json()) as ReplyOf<T> | null;
    if (reply && typeof reply === 'object' && ('result' in reply || (reply as Reply).error)) return reply;
  } catch {
    // Said below, by the status.
  }
  if (response.status === 401) throw new ChatError('unauthenticated', 'Sign in again.');
  if (response.status === 429) throw new ChatError('rate_limited', 'Too many tries. Wait a little.');
  throw new ChatError(response.status >= 500 ? 'unavailable' : 'unknown', `The server answered ${response.status}.`);
}
