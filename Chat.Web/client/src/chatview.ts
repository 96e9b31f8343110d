import type { Guid, Invitation, Message, Notice, User } from './contracts.generated.js';
import type { Outgoing } from './outgoing.js';
import type { RoomRemoved } from './removal.js';
import type { ChatRoom } from './room.js';
import type { RoomView } from './roomview.js';
import type { RoomChange } from './sequencer.js';
import type { ConnectionState } from './state.js';

/** The client as it is to be shown; it does not change, another takes its place. */
export interface ChatView {
  readonly state: ConnectionState;
  /** Who I am; null before the first connection. */
  readonly user: User | null;
  /** My rooms by title. */
  readonly rooms: readonly RoomView[];
  /** What I wrote and is not in its room yet, in the order it was written. */
  readonly outgoing: readonly Outgoing[];
  /** Whether all of that outlives this page or process. */
  readonly isOutboxKept: boolean;
  /** The rooms I am invited to: {@link ChatClient.joinRoom} takes one, {@link ChatClient.declineInvitation} does not. */
  readonly invitations: readonly Invitation[];
  /** The last measured round trip in milliseconds; null before the first. */
  readonly roundTripMs: number | null;
}

/** What one can listen to with {@link ChatClient.on}. */
export interface ChatEvents {
  /** A change of a room was taken: each once, in the order of the room's versions. */
  change: { readonly roomId: Guid; readonly change: RoomChange };
  /** A message was taken for the first time in this form: posted, edited, deleted or reacted to; in threads too. */
  message: { readonly roomId: Guid; readonly message: Message };
  /** The room was loaded afresh: what it holds now replaces what was told before. */
  reset: { readonly roomId: Guid };
  roomAdded: { readonly room: ChatRoom };
  roomRemoved: RoomRemoved;
  /** What I wrote is another: sending, sent, failed; or it is no longer in {@link ChatView.outgoing}. */
  outgoing: Outgoing;
  invited: Invitation;
  /** Another of my sessions was revoked. */
  sessionRevoked: { readonly sessionId: Guid };
  state: ConnectionState;
  notice: Notice;
}
