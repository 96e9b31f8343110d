import type { Alteration } from './alterations.js';
import type { Guid, History, GetHistory, Message, StreamChunk } from './contracts.generated.js';
import { Picture, type Unsubscribe, type Watchable } from './notifier.js';
import type { Outgoing, SendOptions } from './outgoing.js';
import { Pages } from './pages.js';

/** A thread as it is to be shown; it does not change, another takes its place. */
export interface ThreadView {
  readonly roomId: Guid;
  /** The `seq` of the message that the thread belongs to. */
  readonly rootSeq: number;
  /** That message; null until it is held. */
  readonly root: Message | null;
  /** The newest messages of the thread by `seq`, without a hole. */
  readonly messages: readonly Message[];
  /** What I wrote into it and is not among `messages` yet. */
  readonly outgoing: readonly Outgoing[];
  /** Whether the last messages were fetched. */
  readonly isLoaded: boolean;
  readonly isLoadingOlder: boolean;
  readonly hasOlder: boolean;
  /** By `seq`, what I do to messages and is on its way. */
  readonly pending: ReadonlyMap<number, readonly Alteration[]>;
}

/** What a thread needs from its room. */
export interface ThreadOwner {
  readonly roomId: Guid;
  /** All of the room's changes up to this version were taken. */
  readonly known: number;
  readonly messagesKept: number;
  readonly outgoing: readonly Outgoing[];
  readonly pending: ReadonlyMap<number, readonly Alteration[]>;
  shownOn(messages: readonly Message[]): readonly Message[];
  find(seq: number): Promise<Message | null>;
  ask(position: Pick<GetHistory, 'threadSeq' | 'beforeSeq' | 'limit'>): Promise<History>;
  send(text: string, options: SendOptions): Outgoing;
  /** Tells the thread the room's changes from now on. */
  hold(thread: ChatThread): void;
  release(thread: ChatThread): void;
}

/**
 * A message and what was answered to it. It is kept in step with the room as long as somebody watches it or has opened
 * and not closed it; then it is forgotten, and loaded anew when somebody comes back.
 */
export class ChatThread implements Watchable<ThreadView> {
  readonly rootSeq: number;
  readonly #owner: ThreadOwner;
  readonly #picture = new Picture<ThreadView>(() => this.#draw());
  readonly #pages: Pages;
  #root: Message | null = null;
  #rootOnItsWay: Promise<void> | null = null;
  #watchers = 0;
  #isOpen = false;
  #isHeld = false;

  constructor(owner: ThreadOwner, rootSeq: number) {
    this.rootSeq = rootSeq;
    this.#owner = owner;
    this.#pages = new Pages({
      ask: (position) => owner.ask({ ...position, threadSeq: rootSeq }),
      changed: () => this.changed(),
    }, owner.known + 1, owner.messagesKept, rootSeq);
  }

  get view(): ThreadView {
    return this.#picture.current;
  }

  /** {@link view}, to be handed on as a function. */
  readonly getView = (): ThreadView => this.view;

  /** Watches the thread; the first to do so has it loaded. */
  readonly subscribe = (run: (view: ThreadView) => void): Unsubscribe => {
    this.#watchers++;
    this.#use();
    const unsubscribe = this.#picture.subscribe(run);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      unsubscribe();
      this.#watchers--;
      this.#letGo();
    };
  };

  /** Loads the last messages and keeps the thread in step until {@link close}, watched or not. */
  async open(): Promise<void> {
    this.#isOpen = true;
    this.#use();
    await this.#load();
  }

  /** Ends what {@link open} began. */
  close(): void {
    this.#isOpen = false;
    this.#letGo();
  }

  /** Posts into the thread; see {@link ChatRoom.send}. */
  send(text: string, options: Omit<SendOptions, 'threadSeq'> = {}): Outgoing {
    return this.#owner.send(text, { ...options, threadSeq: this.rootSeq });
  }

  /** Lets go of the oldest messages above so many; they can be loaded again. */
  trim(most: number): void {
    this.#pages.trim(most);
  }

  /** Loads the page below the messages that are held. */
  loadOlder(limit?: number): Promise<void> {
    return this.#pages.loadOlder(limit);
  }

  /** The message of the thread with this `seq`, if it is held. */
  messageAt(seq: number): Message | undefined {
    return this.#pages.timeline.at(seq);
  }

  /** Takes a changed message of the room. */
  take(message: Message): void {
    if (message.seq === this.rootSeq) this.#takeRoot(message);
    else this.#pages.put(message);
    this.changed();
  }

  /** Takes a piece of a message that is still being written; whether it is one of these. */
  grow(chunk: StreamChunk): boolean {
    return this.messageAt(chunk.seq) !== undefined && this.#pages.timeline.grow(chunk);
  }

  /** All that came together was taken. */
  settle(): void {
    this.#pages.settle();
  }

  /** The room was loaded afresh: what is held here may be of another life. */
  restart(): void {
    this.#root = null;
    this.#pages.restart(this.#owner.known + 1);
    this.reload();
  }

  /** Loads what is not there yet: there is a connection. */
  reload(): void {
    this.#load().catch(() => undefined);
  }

  /** What is shown is another. */
  changed(): void {
    this.#picture.changed();
  }

  #use(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    this.#owner.hold(this);
    // Nothing was heard while nobody used it.
    this.restart();
  }

  #letGo(): void {
    if (!this.#isHeld || this.#isOpen || this.#watchers > 0) return;
    this.#isHeld = false;
    this.#owner.release(this);
  }

  async #load(): Promise<void> {
    const messages = this.#pages.isLoaded ? Promise.resolve() : this.#pages.loadOlder();
    const root = this.#root ? Promise.resolve() : (this.#rootOnItsWay ??= this.#loadRoot());
    await Promise.all([messages, root]);
  }

  async #loadRoot(): Promise<void> {
    try {
      const root = await this.#owner.find(this.rootSeq);
      if (root) this.#takeRoot(root);
    } finally {
      this.#rootOnItsWay = null;
      this.changed();
    }
  }

  #takeRoot(root: Message): void {
    if (!this.#root || root.version > this.#root.version) this.#root = root;
  }

  #draw(): ThreadView {
    const owner = this.#owner;
    const { timeline, isLoaded, isLoadingOlder } = this.#pages;
    return {
      roomId: owner.roomId,
      rootSeq: this.rootSeq,
      root: this.#root && (owner.shownOn([this.#root])[0] ?? null),
      messages: owner.shownOn(timeline.messages),
      outgoing: owner.outgoing.filter(({ threadSeq }) => threadSeq === this.rootSeq),
      isLoaded,
      isLoadingOlder,
      hasOlder: timeline.hasOlder,
      pending: owner.pending,
    };
  }
}
