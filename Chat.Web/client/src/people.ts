import type { Guid, Member, MemberPage, Message, PresenceNotice, PresenceStatus, UserPresence } from './contracts.generated.js';
import { Records } from './records.js';

const byName = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** Who is in a room, and who of them is here. */
export class People {
  readonly #members = new Records<Member>((member) => member.userId);
  #seen = new Map<Guid, UserPresence>();
  #presence: ReadonlyMap<Guid, PresenceStatus> = new Map();
  #countedTo = 0;
  #count = 0;
  #onlineCount = 0;
  #next: string | null = null;
  #isLoaded = false;
  /** For each page that is on its way: what was heard since it was asked for. */
  readonly #onTheirWay = new Set<PresenceNotice[]>();

  /** The members that are known, by name; all of them only when `hasMore` is false. */
  list(): readonly Member[] {
    return inOrder([...this.#members.values()].filter((member) => member.state === 'active'));
  }

  /** Those of these who are known, by name, also whoever left. */
  only(userIds: readonly Guid[]): readonly Member[] {
    return inOrder(userIds.flatMap((userId) => this.#members.get(userId) ?? []));
  }

  /** Those who are not offline, as far as it was told. */
  get presence(): ReadonlyMap<Guid, PresenceStatus> {
    return this.#presence;
  }

  /** All that was told of each: also what they say of themselves, and when those who are offline were here last. */
  get seen(): ReadonlyMap<Guid, UserPresence> {
    return this.#seen;
  }

  get count(): number {
    return this.#count;
  }

  get onlineCount(): number {
    return this.#onlineCount;
  }

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** What to ask for the next page with; null when all are known or none were asked for. */
  get next(): string | null {
    return this.#next;
  }

  put(member: Member): void {
    this.#members.put(member);
  }

  /** The server counted the members when the room was at `head`. An answer that live changes have overtaken is left out. */
  counted(count: number, head: number, isAfresh = false): void {
    if (head < this.#countedTo && !isAfresh) return;
    this.#count = count;
    this.#countedTo = head;
  }

  /** Counts on by what the room says of joining and leaving. */
  countOn({ seq, system }: Message): void {
    if (seq <= this.#countedTo || !system) return;
    if (system.kind === 'joined') this.#count++;
    if (system.kind === 'left' || system.kind === 'kicked' || system.kind === 'banned') this.#count = Math.max(0, this.#count - 1);
    this.#countedTo = seq;
  }

  /** Asks for a page of the list and takes it. The first one tells anew who is here. */
  async load(isFirst: boolean, ask: () => Promise<MemberPage>): Promise<void> {
    const meanwhile: PresenceNotice[] = [];
    this.#onTheirWay.add(meanwhile);
    try {
      this.#takePage(await ask(), isFirst);
      // The page may have been written before these: whoever is told last is right.
      for (const notice of meanwhile) this.#take(notice);
    } finally {
      this.#onTheirWay.delete(meanwhile);
    }
  }

  #takePage(page: MemberPage, isFirst: boolean): void {
    for (const member of page.members) this.#members.put(member);
    this.#see(new Map([...(isFirst ? [] : this.#seen), ...page.presence.map((seen) => [seen.userId, seen] as const)]));
    this.#onlineCount = page.onlineCount;
    this.#next = page.next;
    this.#isLoaded = true;
  }

  hear(notice: PresenceNotice): void {
    for (const meanwhile of this.#onTheirWay) meanwhile.push(notice);
    this.#take(notice);
  }

  #take(notice: PresenceNotice): void {
    this.#onlineCount = notice.onlineCount;
    if (notice.user) this.#see(new Map(this.#seen).set(notice.user.userId, notice.user));
  }

  #see(seen: Map<Guid, UserPresence>): void {
    this.#seen = seen;
    this.#presence = new Map([...seen.values()].filter(({ status }) => status !== 'offline').map(({ userId, status }) => [userId, status]));
  }

  reset(members: readonly Member[]): void {
    this.#members.clear();
    for (const member of members) this.#members.put(member);
  }
}

function inOrder(members: readonly Member[]): readonly Member[] {
  return [...members].sort((a, b) => byName.compare(a.name, b.name) || (a.userId < b.userId ? -1 : 1));
}
