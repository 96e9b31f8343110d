import type { Asking } from './asking.js';
import type { Guid, Member, MemberPage, PresenceNotice, Reader, TypingNotice } from './contracts.generated.js';
import { People } from './people.js';
import { Readers } from './readers.js';
import type { RoomView } from './roomview.js';
import { Typists } from './typists.js';

/** What the company needs from its room. */
export interface CompanyOwner {
  readonly roomId: Guid;
  readonly me: Guid;
  readonly asking: Asking;
  /** What is shown is another. */
  changed(): void;
}

/** Those in a room: who they are, who is here, who types, and how far they have read. */
export class Company {
  readonly people = new People();
  readonly readers = new Readers();
  readonly typists: Typists;
  readonly #owner: CompanyOwner;

  constructor(owner: CompanyOwner) {
    this.#owner = owner;
    this.typists = new Typists(() => owner.changed());
  }

  /** Takes a changed membership. */
  put(member: Member): void {
    this.people.put(member);
    if (member.state !== 'active') this.readers.left(member.userId);
  }

  heardTyping(notice: TypingNotice): void {
    if (notice.userId !== this.#owner.me) this.typists.hear(notice);
  }

  heardPresence(notice: PresenceNotice): void {
    this.people.hear(notice);
    this.#owner.changed();
  }

  heardReader(reader: Reader): void {
    if (reader.userId === this.#owner.me) return;
    this.readers.hear(reader);
    this.#owner.changed();
  }

  /** There is a connection: what is not told as changes is asked for anew. */
  connected(): void {
    if (this.people.isLoaded) void this.load().catch(() => undefined);
    if (this.readers.seqs) void this.loadReaders().catch(() => undefined);
  }

  disconnected(): void {
    this.typists.clear();
  }

  /** Loads the first members and who is here. */
  async load(): Promise<void> {
    await this.people.load(true, () => this.#membersAfter(null));
    this.#owner.changed();
  }

  /** Loads the next members. */
  async loadMore(): Promise<void> {
    const after = this.people.next;
    if (after === null) return;
    await this.people.load(false, () => this.#membersAfter(after));
    this.#owner.changed();
  }

  async loadReaders(): Promise<void> {
    const { asking, roomId, me } = this.#owner;
    this.readers.asked();
    const { readers } = await asking.persist(() => asking.hub.ListReaders({ roomId }));
    this.readers.take(readers, me);
    this.#owner.changed();
  }

  /** @param between Of a direct room: those it is between. */
  view(between: readonly Guid[]): Pick<
    RoomView, 'members' | 'between' | 'hasMoreMembers' | 'memberCount' | 'onlineCount' | 'presence' | 'seen' | 'typing' | 'readers'
  > {
    const { people } = this;
    return {
      members: people.list(),
      between: people.only(between),
      hasMoreMembers: people.next !== null,
      memberCount: people.count,
      onlineCount: people.onlineCount,
      presence: people.presence,
      seen: people.seen,
      typing: this.typists.names,
      readers: this.readers.seqs,
    };
  }

  #membersAfter(after: string | null): Promise<MemberPage> {
    const { asking, roomId } = this.#owner;
    return asking.persist(() => asking.hub.ListMembers({ roomId, after, limit: 200 }));
  }
}
