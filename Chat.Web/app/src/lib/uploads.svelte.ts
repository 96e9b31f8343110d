import type { Attachment } from '@chat/client';
import type { Files } from './files';
import { said } from './refusals';
import { sizeWords } from './text';

/** A file on its way into a room. */
export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  /** For pictures: where the page shows it. */
  readonly preview: string | null;
  /** How much is sent, 0 to 1. */
  readonly part: number;
  /** Once it is stored. */
  readonly attachment: Attachment | null;
  /** Why it will not be. */
  readonly complaint: string;
}

const most = 10;

/** The files that will go with the next message. */
export class Uploads {
  items = $state.raw<readonly Upload[]>([]);
  readonly #files: Files;
  readonly #roomId: string;
  readonly #mostBytes: () => number;
  readonly #ends = new Map<number, AbortController>();
  #last = 0;

  constructor(files: Files, roomId: string, mostBytes: () => number) {
    this.#files = files;
    this.#roomId = roomId;
    this.#mostBytes = mostBytes;
  }

  get isBusy(): boolean {
    return this.items.some(({ attachment, complaint }) => attachment === null && complaint === '');
  }

  /** Whether one of them did not get through: a message must not go without it unnoticed. */
  get hasFailed(): boolean {
    return this.items.some(({ complaint }) => complaint !== '');
  }

  get ids(): readonly string[] {
    return this.items.flatMap(({ attachment }) => (attachment === null ? [] : [attachment.id]));
  }

  add(files: Iterable<File>): void {
    for (const file of files) if (this.items.length < most) void this.#add(file);
  }

  drop(id: number): void {
    this.#ends.get(id)?.abort();
    this.#ends.delete(id);
    const preview = this.items.find((item) => item.id === id)?.preview;
    if (preview) URL.revokeObjectURL(preview);
    this.items = this.items.filter((item) => item.id !== id);
  }

  clear(): void {
    for (const { id } of this.items) this.drop(id);
  }

  async #add(file: File): Promise<void> {
    const id = ++this.#last;
    const end = new AbortController();
    this.#ends.set(id, end);
    const tooLarge = file.size > this.#mostBytes() ? `Larger than ${sizeWords(this.#mostBytes())}.` : '';
    const preview = /^image\/(png|jpeg|gif|webp)$/.test(file.type) ? URL.createObjectURL(file) : null;
    this.items = [...this.items, { id, name: file.name, size: file.size, preview, part: 0, attachment: null, complaint: tooLarge }];
    if (tooLarge !== '') return;
    try {
      const attachment = await this.#files.upload(this.#roomId, file, (part) => this.#change(id, { part }), end.signal);
      this.#change(id, { attachment, part: 1 });
    } catch (error) {
      this.#change(id, { complaint: said(error) });
    }
  }

  #change(id: number, change: Partial<Upload>): void {
    this.items = this.items.map((item) => (item.id === id ? { ...item, ...change } : item));
  }
}
