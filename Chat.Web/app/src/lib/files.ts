import { type Attachment, ChatError, ChatPaths, type ReplyOf } from '@chat/client';

const mostKept = 150;

/** The files of rooms: they are behind the sign-in, so that the page fetches them itself and shows its own copies. */
export class Files {
  readonly #server: string;
  readonly #token: () => string | Promise<string>;
  readonly #kept = new Map<string, Promise<string>>();

  /** @param server With a slash at its end. */
  constructor(server: string, token: () => string | Promise<string>) {
    this.#server = server.replace(/\/+$/, '');
    this.#token = token;
  }

  /** @param progress Is told the part that is sent, 0 to 1. */
  async upload(roomId: string, file: File, progress: (part: number) => void, signal: AbortSignal): Promise<Attachment> {
    const token = await this.#token();
    const request = new XMLHttpRequest();
    request.open('POST', `${this.#server}${ChatPaths.roomAttachments.replace('{roomId}', roomId)}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.responseType = 'text';
    return new Promise((resolve, reject) => {
      request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
      request.onload = () => {
        const reply = parse(request.responseText);
        if (reply?.result) resolve(reply.result);
        else reject(reply?.error ? ChatError.of(reply.error) : new ChatError(request.status === 413 ? 'too_large' : 'unknown', refused(request.status)));
      };
      request.onerror = () => reject(new ChatError('unavailable', 'The file did not get through.'));
      request.onabort = () => reject(new ChatError('unknown', 'Not sent.'));
      signal.addEventListener('abort', () => request.abort());
      request.send(file);
    });
  }

  /** An address of this page's own at which the file, or a small picture of it, can be shown. */
  url(attachmentId: string, isThumbnail = false): Promise<string> {
    const path = (isThumbnail ? ChatPaths.thumbnail : ChatPaths.attachment).replace('{attachmentId}', attachmentId);
    let url = this.#kept.get(path);
    if (url === undefined) {
      url = this.#fetch(path);
      url.catch(() => this.#kept.delete(path));
      this.#kept.set(path, url);
      this.#forget();
    }
    return url;
  }

  async save({ id, name }: Attachment): Promise<void> {
    const link = document.createElement('a');
    link.href = await this.url(id);
    link.download = name;
    link.click();
  }

  close(): void {
    for (const url of this.#kept.values()) url.then(URL.revokeObjectURL, () => undefined);
    this.#kept.clear();
  }

  async #fetch(path: string): Promise<string> {
    const response = await fetch(this.#server + path, { headers: { authorization: `Bearer ${await this.#token()}` } });
    if (!response.ok) throw new ChatError('not_found', 'This file cannot be had.');
    return URL.createObjectURL(await response.blob());
  }

  #forget(): void {
    for (const [path, url] of this.#kept) {
      if (this.#kept.size <= mostKept) return;
      this.#kept.delete(path);
      url.then(URL.revokeObjectURL, () => undefined);
    }
  }
}

function parse(text: string): ReplyOf<Attachment> | null {
  try {
    return JSON.parse(text) as ReplyOf<Attachment>;
  } catch {
    return null;
  }
}

const refused = (status: number): string => (status === 413 ? 'This file is too large.' : `The server answered ${status}.`);
