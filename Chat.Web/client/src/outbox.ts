import type { Chance } from './backoff.js';
import type { Guid, Message, MessagePlace, SendMessage } from './contracts.generated.js';
import { ChatError } from './errors.js';
import { newGuid } from './guid.js';
import { Keeper } from './keeper.js';
import { Lane } from './lane.js';
import type { OutboxStore } from './outboxstore.js';
import { keptOf, type KeptOutgoing, type Outgoing, outgoingOf, requestOf, type SendOptions } from './outgoing.js';

/** What an outbox needs from its owner. */
export interface OutboxOwner {
  /** Why the server would refuse it. */
  check(request: SendMessage): ChatError | null;
  post(request: SendMessage): Promise<Message>;
  /** The server stored a message; answers whether {@link Outbox.arrived} or {@link Outbox.leftRoom} will follow. */
  stored(message: Message): boolean;
  /** It is another, or was let go. */
  changed(item: Outgoing): void;
  /** {@link Outbox.isKept} may be another. */
  keepingChanged(): void;
}

/**
 * What I wrote and is not in its room yet: kept before its first try, and sent one at a time in each room. A message keeps
 * its id over every repeat, so that the server stores it once however often it is sent.
 */
export class Outbox {
  readonly #owner: OutboxOwner;
  readonly #chance: Chance;
  readonly #keeper: Keeper;
  readonly #lanes = new Map<Guid, Lane>();
  /** Until it is kept, a message is not tried. */
  readonly #keeping = new Map<Guid, Promise<unknown>>();
  #items: readonly Outgoing[] = [];
  #isConnected = false;

  constructor(owner: OutboxOwner, store: OutboxStore, chance: Chance) {
    this.#owner = owner;
    this.#chance = chance;
    this.#keeper = new Keeper(store, {
      opened: (items) => this.#take(items, true),
      adopted: (items) => this.#take(items, false),
      gone: (clientMessageId) => this.#forget((item) => item.clientMessageId === clientMessageId),
      changed: () => owner.keepingChanged(),
    });
  }

  /** All of it, in the order it was written. */
  get items(): readonly Outgoing[] {
    return this.#items;
  }

  /** Whether all of it outlives the page or the process. */
  get isKept(): boolean {
    return this.#keeper.isLasting;
  }

  /** What goes into this room. */
  of(roomId: Guid): readonly Outgoing[] {
    return this.#items.filter((item) => item.roomId === roomId);
  }

  /** Says who writes. What others wrote here waits for them. */
  openFor(author: string): void {
    if (author === this.#keeper.author) return;
    if (this.#keeper.lastAuthor !== null && this.#keeper.lastAuthor !== author) {
      for (const lane of this.#lanes.values()) lane.close();
      this.#lanes.clear();
      this.#forget(() => true);
    }
    void this.#keeper.open(author);
  }

  /**
   * Puts a message at the end of its room.
   * @throws {ChatError} `invalid` or `too_large`: the server would refuse it.
   */
  add(roomId: Guid, text: string, options: SendOptions = {}, forward: MessagePlace | null = null): Outgoing {
    const { replyToSeq = null, threadSeq = null, attachmentIds = [] } = options;
    const request = { roomId, clientMessageId: newGuid(), text, replyToSeq, threadSeq, attachmentIds, forward };
    const item = this.#checked(outgoingOf({ request, writtenAt: Date.now(), refusal: null }));
    this.#items = [...this.#items, item];
    this.#keep(item, this.#keeper.put(keptOf(item)));
    this.#owner.changed(item);
    this.#lane(roomId).go();
    return item;
  }

  /** Sends a failed message again. */
  retry(clientMessageId: Guid): void {
    const item = this.#failed(clientMessageId);
    // The id may belong to something else: then only another one can succeed.
    this.#again(item, { ...item, clientMessageId: item.error?.code === 'conflict' ? newGuid() : clientMessageId });
  }

  /** Sends a failed message again with another text, as another message. */
  edit(clientMessageId: Guid, text: string): Outgoing {
    const item = this.#failed(clientMessageId);
    return this.#again(item, this.#checked({ ...item, text, clientMessageId: newGuid() }));
  }

  /** Gives a failed message up. */
  drop(clientMessageId: Guid): void {
    const { clientMessageId: id } = this.#failed(clientMessageId);
    void this.#remove(id);
    this.#forget((item) => item.clientMessageId === id);
  }

  /** Gives all up: its author will not come back. */
  async clear(): Promise<void> {
    const ids = this.#items.map(({ clientMessageId }) => clientMessageId);
    this.#forget(() => true);
    await Promise.all(ids.map((id) => this.#remove(id)));
  }

  connected(): void {
    this.#isConnected = true;
    for (const { roomId } of this.#items) this.#lane(roomId);
    for (const lane of this.#lanes.values()) lane.open();
  }

  disconnected(): void {
    this.#isConnected = false;
    for (const lane of this.#lanes.values()) lane.close();
  }

  /** The message is in its room. */
  arrived(clientMessageId: Guid): void {
    const item = this.#items.find((each) => each.clientMessageId === clientMessageId);
    if (item && item.status !== 'sent') void this.#keeper.remove(clientMessageId);
    this.#forget((each) => each.clientMessageId === clientMessageId);
  }

  /** The room was loaded afresh, or is not mine any more: what was stored before is not awaited. */
  forgetSent(roomId: Guid): void {
    this.#forget((item) => item.roomId === roomId && item.status === 'sent');
  }

  /** Lets go of the store: another may send what is kept there. */
  close(): void {
    this.disconnected();
    this.#keeper.close();
  }

  #take(kept: readonly KeptOutgoing[], isFirst: boolean): void {
    const held = new Set(this.#items.map(({ clientMessageId }) => clientMessageId));
    const items = kept.map(outgoingOf).filter(({ clientMessageId }) => !held.has(clientMessageId));
    this.#items = isFirst ? [...items, ...this.#items] : [...this.#items, ...items];
    for (const item of items) this.#owner.changed(item);
    for (const { roomId } of items) this.#lane(roomId).go();
  }

  #checked(item: Outgoing): Outgoing {
    const mistake = this.#owner.check(requestOf(item));
    if (mistake) throw mistake;
    return item;
  }

  #failed(clientMessageId: Guid): Outgoing {
    const item = this.#items.find((each) => each.clientMessageId === clientMessageId && each.status === 'failed');
    if (!item) throw new ChatError('not_found', 'There is no such message that failed.');
    return item;
  }

  #again(before: Outgoing, changed: Outgoing): Outgoing {
    const item: Outgoing = { ...changed, status: 'sending', error: null };
    this.#keep(item, this.#keptAgain(before.clientMessageId, item));
    this.#replace(before.clientMessageId, item);
    this.#lane(item.roomId).go();
    return item;
  }

  async #keptAgain(before: Guid, item: Outgoing): Promise<void> {
    // Meanwhile sent or dropped by another tab that holds it too.
    if (!(await this.#keeper.replace(before, keptOf(item)))) this.#forget(({ clientMessageId }) => clientMessageId === item.clientMessageId);
  }

  #keep({ clientMessageId }: Outgoing, keeping: Promise<unknown>): void {
    this.#keeping.set(clientMessageId, keeping);
    void keeping.finally(() => this.#keeping.delete(clientMessageId));
  }

  /** Not before it is kept: it would be kept after that. */
  #remove(clientMessageId: Guid): Promise<void> {
    const keeping = this.#keeping.get(clientMessageId);
    return keeping && this.#keeper.author !== null ? keeping.then(() => this.#keeper.remove(clientMessageId)) : this.#keeper.remove(clientMessageId);
  }

  #lane(roomId: Guid): Lane {
    const held = this.#lanes.get(roomId);
    if (held) return held;
    const lane = new Lane({
      next: () => this.#next(roomId),
      send: (item) => this.#send(item),
      failed: (clientMessageId, error) => this.#park(clientMessageId, error),
    }, this.#chance);
    this.#lanes.set(roomId, lane);
    if (this.#isConnected) lane.open();
    return lane;
  }

  #next(roomId: Guid): Outgoing | undefined {
    return this.#items.find((item) => item.roomId === roomId && item.status === 'sending');
  }

  async #send(item: Outgoing): Promise<void> {
    const { clientMessageId } = item;
    await this.#keeping.get(clientMessageId);
    // Another tab may have taken it over since the store was closed.
    await this.#keeper.opened();
    // Gone meanwhile, or what the store held comes before it: the lane asks for the next one.
    if (this.#next(item.roomId) !== item) return;
    const message = await this.#owner.post(requestOf(item));
    void this.#keeper.remove(clientMessageId);
    this.#replace(clientMessageId, { ...item, status: 'sent' });
    if (!this.#owner.stored(message)) this.#forget((each) => each.clientMessageId === clientMessageId);
  }

  #park(clientMessageId: Guid, error: ChatError): void {
    const item = this.#items.find((each) => each.clientMessageId === clientMessageId && each.status === 'sending');
    if (!item) return;
    const parked: Outgoing = { ...item, status: 'failed', error };
    this.#keep(parked, this.#keptAgain(clientMessageId, parked));
    this.#replace(clientMessageId, parked);
  }

  #replace(clientMessageId: Guid, item: Outgoing): void {
    if (!this.#items.some((each) => each.clientMessageId === clientMessageId)) return;
    this.#items = this.#items.map((each) => (each.clientMessageId === clientMessageId ? item : each));
    this.#owner.changed(item);
  }

  #forget(which: (item: Outgoing) => boolean): void {
    const gone = this.#items.filter(which);
    if (gone.length === 0) return;
    this.#items = this.#items.filter((item) => !which(item));
    for (const item of gone) this.#owner.changed(item);
  }
}
