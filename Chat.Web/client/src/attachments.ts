import { type Attachment, ChatPaths, type Guid, type Reply, type ReplyOf } from './contracts.generated.js';
import { ChatError } from './errors.js';
import { trimServer } from './link.js';

/** Whose files, and where. */
export interface FileAccess {
  /** Address of the server; may carry a path prefix. */
  readonly server: string;
  /** Answers the access token. */
  readonly accessToken: () => string | Promise<string>;
}

export interface UploadOptions {
  /** The file's name, for people; a `File` has its own. */
  readonly name?: string;
  /** Is told how many bytes were sent, of how many: as they go in browsers, at the end elsewhere. */
  readonly onProgress?: (sent: number, total: number) => void;
  /** Breaks it off. */
  readonly signal?: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Uploads a file to a room of mine, to be sent in a message (`attachmentIds`) within 24 hours. It is tried once.
 * @throws {ChatError} `too_large`, `not_a_member`, `rate_limited`, `unavailable` …
 */
export async function upload(access: FileAccess, roomId: Guid, file: Blob, options: UploadOptions = {}): Promise<Attachment> {
  const name = options.name ?? (file instanceof File ? file.name : 'file');
  const address = `${trimServer(access.server)}${ChatPaths.roomAttachments.replace('{roomId}', roomId)}?name=${encodeURIComponent(name)}`;
  const token = await access.accessToken();
  // fetch tells nothing of an upload's progress: https://fetch.spec.whatwg.org has no event for it.
  const send = typeof XMLHttpRequest === 'undefined' ? sendByFetch : sendByRequest;
  const reply = read<Attachment>(await send(address, token, file, options));
  options.onProgress?.(file.size, file.size);
  return reply;
}

/** The file of an attachment. @throws {ChatError} `not_found` where it is none, or not for me. */
export function fetchAttachment(access: FileAccess, attachmentId: Guid, signal?: AbortSignal): Promise<Blob> {
  return get(access, ChatPaths.attachment, attachmentId, signal);
}

/** A small picture of it, where it `hasThumbnail`. @throws {ChatError} */
export function fetchThumbnail(access: FileAccess, attachmentId: Guid, signal?: AbortSignal): Promise<Blob> {
  return get(access, ChatPaths.thumbnail, attachmentId, signal);
}

/** An address for `src` and `href` that holds the file until it is released: the server wants a header that a page cannot give. */
export function addressOf(blob: Blob): { readonly url: string; readonly release: () => void } {
  const url = URL.createObjectURL(blob);
  return { url, release: () => URL.revokeObjectURL(url) };
}

async function get(access: FileAccess, path: string, attachmentId: Guid, signal?: AbortSignal): Promise<Blob> {
  const token = await access.accessToken();
  const address = trimServer(access.server) + path.replace('{attachmentId}', attachmentId);
  const response = await reach(() => fetch(address, { headers: { authorization: `Bearer ${token}` }, ...(signal ? { signal } : {}) }), signal);
  if (!response.ok) read({ status: response.status, text: await response.text() });
  return response.blob();
}

async function sendByFetch(address: string, token: string, file: Blob, { signal }: UploadOptions): Promise<Answer> {
  const init = { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: file, ...(signal ? { signal } : {}) };
  const response = await reach(() => fetch(address, init), signal);
  return { status: response.status, text: await response.text() };
}

function sendByRequest(address: string, token: string, file: Blob, { onProgress, signal }: UploadOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    request.open('POST', address);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    if (onProgress) request.upload.onprogress = (event) => onProgress(event.loaded, file.size);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject((signal?.reason as Error | undefined) ?? unreachable());
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    signal?.addEventListener('abort', abort);
    request.send(file);
  });
}

async function reach(ask: () => Promise<Response>, signal?: AbortSignal): Promise<Response> {
  try {
    return await ask();
  } catch (error) {
    throw signal?.aborted ? error : unreachable();
  }
}

function unreachable(): ChatError {
  return new ChatError('unavailable', 'The server cannot be reached.');
}

/** What is not a reply comes from something before the server, such as a proxy. */
function read<T>({ status, text }: Answer): T {
  let reply: (Reply & Partial<ReplyOf<T>>) | null = null;
  try {
    reply = JSON.parse(text) as Reply & Partial<ReplyOf<T>>;
  } catch {
    // Said below, by the status.
  }
  if (reply?.error) throw ChatError.of(reply.error);
  if (reply?.result) return reply.result;
  if (status === 401) throw new ChatError('unauthenticated', 'Sign in again.');
  if (status === 413) throw new ChatError('too_large', 'The file is too large.');
  throw new ChatError(status >= 500 ? 'unavailable' : 'unknown', `The server answered ${status}.`);
}
