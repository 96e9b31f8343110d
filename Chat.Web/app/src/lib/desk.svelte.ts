import { createContext } from 'svelte';
import type { Attachment, ChatClient, ChatView, Member, Message, RoomView, User } from '@chat/client';
import type { Files } from './files';
import { said } from './refusals';

/** What is done to a member for a time. */
export type Sanction = 'kick' | 'ban' | 'mute';

/** What lies over the page until it is closed. */
export type Dialog =
  | { readonly kind: 'browse' | 'people' | 'status' | 'sessions' }
  | { readonly kind: 'search'; readonly roomId: string | null }
  | { readonly kind: 'settings' | 'invite' | 'audit' | 'webhooks'; readonly roomId: string }
  | { readonly kind: 'link'; readonly code: string }
  | { readonly kind: 'forward' | 'edits' | 'readers'; readonly message: Message }
  | { readonly kind: 'sanction'; readonly sanction: Sanction; readonly member: Member }
  | { readonly kind: 'picture'; readonly picture: Attachment }
  | { readonly kind: 'confirm'; readonly question: string; readonly explanation: string; readonly verb: string; readonly yes: () => void };

/** What is shown beside the messages instead of the people. */
export type Aside = { readonly kind: 'thread'; readonly seq: number; readonly atSeq: number | null } | { readonly kind: 'pins' };

/** A message to be shown; another object each time, so that the same one can be shown again. */
export interface Target {
  readonly roomId: string;
  readonly seq: number;
}

const toastMs = 7_000;

/** What every part of the page may use: the client, who I am, and what is open. */
export class Desk {
  readonly client: ChatClient;
  readonly files: Files;
  view = $state.raw<ChatView>() as ChatView;
  /** The room that is shown, if it is one of mine. */
  wanted = $state<string | null>(null);
  target = $state.raw<Target | null>(null);
  dialog = $state.raw<Dialog | null>(null);
  aside = $state.raw<Aside | null>(null);
  /** Where there is no room beside the messages. */
  drawer = $state<'rooms' | 'side' | null>(null);
  toasts = $state.raw<readonly { id: number; text: string }[]>([]);
  readonly user: User;
  readonly current: RoomView | null;
  readonly isOnline: boolean;
  #lastToast = 0;

  constructor(client: ChatClient, files: Files, signedIn: User, wanted: string | null) {
    this.client = client;
    this.files = files;
    this.view = client.view;
    this.wanted = wanted;
    this.user = $derived(this.view.user ?? signedIn);
    this.isOnline = $derived(this.view.state.name === 'connected' || this.view.state.name === 'catching_up');
    this.current = $derived(
      this.view.rooms.find(({ id }) => id === this.wanted) ??
        this.view.rooms.find(({ room }) => room.name === 'general') ?? this.view.rooms[0] ?? null,
    );
  }

  get me(): string {
    return this.user.id;
  }

  roomView(roomId: string): RoomView | undefined {
    return this.view.rooms.find(({ id }) => id === roomId);
  }

  /** Opens a room of mine, at one of its messages if one is named. */
  go(roomId: string, seq: number | null = null): void {
    if (this.wanted !== roomId) this.aside = null;
    this.wanted = roomId;
    this.drawer = null;
    this.dialog = null;
    this.target = seq === null ? null : { roomId, seq };
  }

  /** Opens the room, or the thread, in which a message is. */
  goTo({ roomId, seq, threadSeq }: Message): void {
    this.go(roomId, threadSeq ?? seq);
    if (threadSeq !== null) this.open({ kind: 'thread', seq: threadSeq, atSeq: seq });
  }

  /** Shows something beside the messages. */
  open(aside: Aside | null): void {
    this.aside = aside;
    this.drawer = 'side';
    this.dialog = null;
  }

  show(dialog: Dialog): void {
    this.dialog = dialog;
  }

  readonly close = (): void => void (this.dialog = null);

  toast(text: string): void {
    const id = ++this.#lastToast;
    this.toasts = [...this.toasts.slice(-3), { id, text }];
    setTimeout(() => this.dismiss(id), toastMs);
  }

  readonly dismiss = (id: number): void => void (this.toasts = this.toasts.filter((each) => each.id !== id));

  /** Waits for an act; a refusal is said as a toast. Answers whether it was done. */
  async attempt(act: Promise<unknown>, done = ''): Promise<boolean> {
    try {
      await act;
      if (done !== '') this.toast(done);
      return true;
    } catch (error) {
      this.toast(said(error));
      return false;
    }
  }
}

export const [getDesk, setDesk] = createContext<Desk>();
