import type { AuditPage, Guid, ListAudit, ListMembers, Member, MemberPage, MemberRole } from './contracts.generated.js';
import type { Asking } from './asking.js';

/** Keeping order in a room. What one may not do is refused with `forbidden`. */
export class Moderation {
  readonly #asking: Asking;
  readonly #roomId: Guid;
  readonly #changed: (member: Member) => void;

  constructor(roomId: Guid, asking: Asking, changed: (member: Member) => void) {
    this.#roomId = roomId;
    this.#asking = asking;
    this.#changed = changed;
  }

  /** Gives a member another role. Given the role of owner, I become a moderator: a room has one owner. */
  setRole(userId: Guid, role: MemberRole): Promise<Member> {
    return this.#change((roomId) => this.#asking.hub.SetRole({ roomId, userId, role }));
  }

  /** Takes a member out, who may come back where it could come in before. */
  kick(userId: Guid, reason: string | null = null): Promise<Member> {
    return this.#change((roomId) => this.#asking.hub.Kick({ roomId, userId, reason }));
  }

  /** Takes somebody out, member or not, and keeps it out for so many seconds; null for ever. */
  ban(userId: Guid, seconds: number | null = null, reason: string | null = null): Promise<Member> {
    return this.#change((roomId) => this.#asking.hub.Ban({ roomId, userId, seconds, reason }));
  }

  /** Lets a banned user come in again. */
  unban(userId: Guid): Promise<Member> {
    return this.#change((roomId) => this.#asking.hub.Unban({ roomId, userId }));
  }

  /** Keeps a member from writing for so many seconds; 0 lets it write again. */
  mute(userId: Guid, seconds: number, reason: string | null = null): Promise<Member> {
    return this.#change((roomId) => this.#asking.hub.Mute({ roomId, userId, seconds, reason }));
  }

  /** Invites somebody. */
  invite(userId: Guid): Promise<Member> {
    return this.#change((roomId) => this.#asking.hub.Invite({ roomId, userId }));
  }

  /** Takes an invitation back. */
  async revokeInvitation(userId: Guid): Promise<void> {
    await this.#asking.persist(() => this.#asking.hub.RevokeInvitation({ roomId: this.#roomId, userId }));
  }

  /** Who is banned or invited, a page at a time; for moderators. */
  outsiders(state: 'banned' | 'invited', page: Omit<ListMembers, 'roomId' | 'state'> = {}): Promise<MemberPage> {
    return this.#asking.persist(() => this.#asking.hub.ListMembers({ ...page, roomId: this.#roomId, state }));
  }

  /** Who did what to whom, newest first, a page at a time: `before` is the id of the last page's last entry. */
  listAudit(page: Omit<ListAudit, 'roomId'> = {}): Promise<AuditPage> {
    return this.#asking.persist(() => this.#asking.hub.ListAudit({ ...page, roomId: this.#roomId }));
  }

  async #change(ask: (roomId: Guid) => Promise<Member>): Promise<Member> {
    const member = await this.#asking.persist(() => ask(this.#roomId));
    this.#changed(member);
    return member;
  }
}
