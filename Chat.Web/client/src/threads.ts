import type { Message, StreamChunk } from './contracts.generated.js';
import type { ChatThread } from './thread.js';

/** The threads of a room that somebody uses. */
export class Threads {
  readonly #held = new Set<ChatThread>();

  find(rootSeq: number): ChatThread | undefined {
    for (const thread of this.#held) if (thread.rootSeq === rootSeq) return thread;
    return undefined;
  }

  hold(thread: ChatThread): void {
    this.#held.add(thread);
  }

  release(thread: ChatThread): void {
    this.#held.delete(thread);
  }

  /** Takes a changed message of the room. */
  take(message: Message): void {
    for (const thread of this.#held) thread.take(message);
  }

  /** Takes a piece of a message that is still being written; whether a thread holds it. */
  grow(chunk: StreamChunk): boolean {
    for (const thread of this.#held) if (thread.grow(chunk)) return true;
    return false;
  }

  /** The form of a message of a thread that is held. */
  messageAt(seq: number): Message | undefined {
    for (const thread of this.#held) {
      const message = thread.messageAt(seq);
      if (message) return message;
    }
    return undefined;
  }

  /** The room was loaded afresh. */
  restart(): void {
    for (const thread of this.#held) thread.restart();
  }

  /** All that came together was taken. */
  settle(): void {
    for (const thread of this.#held) thread.settle();
  }

  /** There is a connection. */
  reload(): void {
    for (const thread of this.#held) thread.reload();
  }

  /** What is shown is another. */
  changed(): void {
    for (const thread of this.#held) thread.changed();
  }
}
