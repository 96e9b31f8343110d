import type { Guid, Invitation } from './contracts.generated.js';

/** The rooms that I am invited to and have not answered yet. */
export class Invitations {
  #list: readonly Invitation[] = [];

  /** The latest last. */
  get list(): readonly Invitation[] {
    return this.#list;
  }

  /** Takes all there are. */
  take(invitations: readonly Invitation[]): void {
    this.#list = invitations;
  }

  /** One was given; once more in another form where there was one. */
  given(invitation: Invitation): void {
    this.#list = [...this.#list.filter(({ room }) => room.room.roomId !== invitation.room.room.roomId), invitation];
  }

  /** It is no more: I am in, or have turned it down, or it was taken back. */
  ended(roomId: Guid): void {
    this.#list = this.#list.filter(({ room }) => room.room.roomId !== roomId);
  }
}
