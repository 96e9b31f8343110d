import type { ChatView, ChatEvents } from './chatview.js';
import type { Connection } from './connection.js';
import type { ChatClientEvents } from './contracts.generated.js';
import type { Emitter } from './emitter.js';
import type { Invitations } from './invitations.js';
import type { Picture } from './notifier.js';
import type { Rooms } from './rooms.js';

/** Where the inbox brings what it takes. */
export interface InboxOwner {
  readonly connection: Pick<Connection, 'heardDraining' | 'heardClosing'>;
  readonly rooms: Rooms;
  readonly invitations: Invitations;
  readonly emitter: Emitter<ChatEvents>;
  readonly picture: Picture<ChatView>;
}

/** Takes what the server says by itself. What comes before the answer to Connect waits for it: the answer may be older. */
export class Inbox {
  readonly events: ChatClientEvents;
  #early: (() => void)[] | null = null;

  constructor(owner: () => InboxOwner) {
    const room = (roomId: string) => owner().rooms.get(roomId)?.state;
    const inTurn = <T>(take: (told: T) => void) => (told: T): void => {
      if (this.#early) this.#early.push(() => take(told));
      else take(told);
    };
    this.events = {
      MessageChanged: inTurn((record) => owner().rooms.hear({ kind: 'message', record })),
      MemberChanged: inTurn((record) => owner().rooms.hear({ kind: 'member', record })),
      RoomChanged: inTurn((record) => owner().rooms.hear({ kind: 'room', record })),
      RoomDeleted: inTurn(({ roomId, reason }) => owner().rooms.drop({ roomId, cause: 'deleted', reason, until: null })),
      TypingChanged: inTurn((notice) => room(notice.roomId)?.company.heardTyping(notice)),
      PresenceChanged: inTurn((notice) => room(notice.roomId)?.company.heardPresence(notice)),
      ReadMarkerMoved: inTurn((marker) => room(marker.roomId)?.marker.heard(marker)),
      ReaderMoved: inTurn((reader) => room(reader.roomId)?.company.heardReader(reader)),
      InvitationGiven: inTurn((invitation) => {
        const { rooms, invitations, emitter, picture } = owner();
        if (rooms.get(invitation.room.room.roomId)) return;
        invitations.given(invitation);
        emitter.emit('invited', invitation);
        picture.changed();
      }),
      InvitationEnded: inTurn(({ roomId }) => {
        owner().invitations.ended(roomId);
        owner().picture.changed();
      }),
      HeadsAnnounced: inTurn((heads) => owner().rooms.hearHeads(heads)),
      StreamChunked: inTurn((chunk) => room(chunk.roomId)?.heardStream(chunk)),
      SessionRevoked: (revoked) => owner().emitter.emit('sessionRevoked', revoked),
      Draining: (draining) => owner().connection.heardDraining(draining),
      NoticeGiven: (notice) => owner().emitter.emit('notice', notice),
      Closing: (closing) => owner().connection.heardClosing(closing),
    };
  }

  /** Connect is asked. */
  hold(): void {
    this.#early = [];
  }

  /** Its answer was taken. */
  release(): void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const take of early) take();
  }

  /** The connection is gone, and what came over it. */
  forget(): void {
    this.#early = null;
  }
}
