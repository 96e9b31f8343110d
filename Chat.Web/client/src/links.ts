import type { Asking } from './asking.js';
import type { CreateInviteLink, Guid, InviteLink } from './contracts.generated.js';
import { newGuid } from './guid.js';

/** The links that let people into a room, without its password and also where it is private. */
export class InviteLinks {
  readonly #asking: Asking;
  readonly #roomId: Guid;

  constructor(roomId: Guid, asking: Asking) {
    this.#roomId = roomId;
    this.#asking = asking;
  }

  /** Makes one: good for 7 days and any number of people where nothing else is said. */
  create(options: Omit<CreateInviteLink, 'roomId' | 'linkId'> = {}): Promise<InviteLink> {
    const linkId = newGuid();
    return this.#asking.persist(() => this.#asking.hub.CreateInviteLink({ ...options, roomId: this.#roomId, linkId }));
  }

  /** Those that are still good, the latest first. */
  async list(): Promise<readonly InviteLink[]> {
    return (await this.#asking.persist(() => this.#asking.hub.ListInviteLinks({ roomId: this.#roomId }))).links;
  }

  /** Ends one; whoever came by it stays. */
  async revoke(linkId: Guid): Promise<void> {
    await this.#asking.persist(() => this.#asking.hub.RevokeInviteLink({ roomId: this.#roomId, linkId }));
  }
}
