import { ChatError, type ChatClient, type Message, newGuid, type Outgoing } from '@chat/client';
import { said } from './refusals';

const pageSize = 50;

/** The messages of one thread while it is open: fetched by pages, grown by what is heard. */
export class Thread {
  readonly roomId: string;
  readonly seq: number;
  messages = $state.raw<readonly Message[]>([]);
  outgoing = $state.raw<readonly Outgoing[]>([]);
  hasOlder = $state(true);
  isLoaded = $state(false);
  complaint = $state('');
  readonly #client: ChatClient;
  readonly #stops: (() => void)[];
  #page: Promise<void> | null = null;

  constructor(client: ChatClient, roomId: string, seq: number) {
    this.#client = client;
    this.roomId = roomId;
    this.seq = seq;
    this.#stops = [
      client.on('message', ({ message }) => {
        if (message.roomId === roomId && message.threadSeq === seq) this.#take([message]);
      }),
      client.on('reset', (reset) => {
        if (reset.roomId === roomId) void this.#afresh();
      }),
    ];
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  load(): Promise<void> {
    this.#page ??= this.#load().finally(() => (this.#page = null));
    return this.#page;
  }

  /** Throws what the server would refuse. */
  send(text: string, attachmentIds: readonly string[] = []): void {
    if (text.trim() === '' && attachmentIds.length === 0) throw new ChatError('invalid', 'Write something first.');
    const item: Outgoing = { clientMessageId: newGuid(), text, replyToSeq: null, writtenAt: Date.now(), status: 'sending', error: null };
    this.outgoing = [...this.outgoing, item];
    void this.#send(item, attachmentIds);
  }

  retry(id: string): void {
    const item = this.outgoing.find(({ clientMessageId }) => clientMessageId === id);
    if (item !== undefined) void this.#send(item, []);
  }

  drop(id: string): void {
    this.outgoing = this.outgoing.filter(({ clientMessageId }) => clientMessageId !== id);
  }

  async #send(item: Outgoing, attachmentIds: readonly string[]): Promise<void> {
    const { clientMessageId, text } = item;
    this.#mark(item, 'sending', null);
    try {
      this.#take([await this.#client.hub.SendMessage({ roomId: this.roomId, clientMessageId, text, threadSeq: this.seq, attachmentIds })]);
    } catch (error) {
      this.#mark(item, 'failed', new ChatError(error instanceof ChatError ? error.code : 'unavailable', said(error)));
    }
  }

  #mark(item: Outgoing, status: Outgoing['status'], error: ChatError | null): void {
    this.outgoing = this.outgoing.map((each) => (each.clientMessageId === item.clientMessageId ? { ...each, status, error } : each));
  }

  async #afresh(): Promise<void> {
    this.messages = [];
    this.hasOlder = true;
    await this.load();
  }

  async #load(): Promise<void> {
    try {
      const beforeSeq = this.messages[0]?.seq ?? null;
      const page = await this.#client.hub.GetHistory({ roomId: this.roomId, threadSeq: this.seq, beforeSeq, limit: pageSize });
      this.#take(page.messages);
      this.hasOlder = page.hasOlder;
      this.isLoaded = true;
      this.complaint = '';
    } catch (error) {
      this.complaint = said(error);
    }
  }

  #take(messages: readonly Message[]): void {
    const bySeq = new Map(this.messages.map((message) => [message.seq, message]));
    for (const message of messages) if ((bySeq.get(message.seq)?.version ?? 0) < message.version) bySeq.set(message.seq, message);
    this.messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
    const arrived = new Set(messages.map(({ clientMessageId }) => clientMessageId));
    this.outgoing = this.outgoing.filter(({ clientMessageId }) => !arrived.has(clientMessageId));
  }
}
