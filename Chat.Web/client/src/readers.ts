import type { Guid, Reader } from './contracts.generated.js';

/** How far the others in a room have read, once it was asked for. */
export class Readers {
  #seqs: Map<Guid, number> | null = null;
  #isLoaded = false;

  /** By user, the `seq` up to which it has read all; null before it was asked for. */
  get seqs(): ReadonlyMap<Guid, number> | null {
    return this.#isLoaded ? this.#seqs : null;
  }

  /** The list is asked for: what is heard from now on may overtake it. */
  asked(): void {
    this.#seqs ??= new Map();
  }

  /** Takes the whole list. What was heard meanwhile stays where it is further on: markers only move forward. */
  take(readers: readonly Reader[], me: Guid): void {
    const before = this.#seqs;
    this.#seqs = new Map(
      readers.filter(({ userId }) => userId !== me).map(({ userId, seq }) => [userId, Math.max(seq, before?.get(userId) ?? 0)]));
    this.#isLoaded = true;
  }

  /** Somebody has read on. */
  hear({ userId, seq }: Reader): void {
    if (!this.#seqs || (this.#seqs.get(userId) ?? 0) >= seq) return;
    this.#seqs = new Map(this.#seqs).set(userId, seq);
  }

  /** Somebody is not a member any more. */
  left(userId: Guid): void {
    if (!this.#seqs?.has(userId)) return;
    this.#seqs = new Map(this.#seqs);
    this.#seqs.delete(userId);
  }

  /** Another life of the room: markers may lie lower there. */
  reset(): void {
    if (this.#seqs) this.#seqs = new Map();
  }
}
