import { addressOf, type Attachment, fetchAttachment, fetchThumbnail, type FileAccess, upload } from '@chat/client';

interface Kept {
  readonly url: string;
  readonly release: () => void;
}

const mostKept = 150;

/** The files of rooms: they are behind the sign-in, so that the page fetches them itself and shows its own copies. */
export class Files {
  readonly #access: FileAccess;
  readonly #kept = new Map<string, Promise<Kept>>();

  constructor(access: FileAccess) {
    this.#access = access;
  }

  /** @param progress Is told the part that is sent, 0 to 1. */
  upload(roomId: string, file: File, progress: (part: number) => void, signal: AbortSignal): Promise<Attachment> {
    return upload(this.#access, roomId, file, { signal, onProgress: (sent, total) => progress(total === 0 ? 1 : sent / total) });
  }

  /** An address of this page's own at which the file, or a small picture of it, can be shown. */
  async url(attachmentId: string, isThumbnail = false): Promise<string> {
    const key = `${attachmentId} ${isThumbnail}`;
    let kept = this.#kept.get(key);
    if (kept === undefined) {
      kept = (isThumbnail ? fetchThumbnail : fetchAttachment)(this.#access, attachmentId).then(addressOf);
      kept.catch(() => this.#kept.delete(key));
      this.#kept.set(key, kept);
      this.#forget(mostKept);
    }
    return (await kept).url;
  }

  async save({ id, name }: Attachment): Promise<void> {
    const link = document.createElement('a');
    link.href = await this.url(id);
    link.download = name;
    link.click();
  }

  close(): void {
    this.#forget(0);
  }

  /** What is shown of those forgotten stays in the page: it was read already. */
  #forget(most: number): void {
    for (const [key, kept] of this.#kept) {
      if (this.#kept.size <= most) return;
      this.#kept.delete(key);
      kept.then(({ release }) => release(), () => undefined);
    }
  }
}
