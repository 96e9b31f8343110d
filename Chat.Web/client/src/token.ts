import type { SignedIn } from './contracts.generated.js';
import { ChatError } from './errors.js';
import { ranAlone, tabLocks } from './locks.js';
import { renewSignIn } from './signin.js';

/** A token that ends sooner is too short to begin something with. */
const marginMs = 60_000;
/** Longer than a renewal takes at most: another tab that holds its lock until then stands still. */
const lockWithinMs = 15_000;

/**
 * Where a sign-in is kept, for the next start and for other tabs of the same browser. A renewal is written only over the
 * same session: what was forgotten stays so, and somebody else's sign-in stays theirs.
 */
export interface KeptSignIn {
  read(): SignedIn | null;
  write(signedIn: SignedIn): void;
}

/**
 * A sign-in that goes on: it is renewed when its token is asked for and is near its end, or was not taken. Tabs that share
 * what is kept take turns, because a refresh token that is used twice ends the session.
 */
export class RenewedToken {
  readonly #server: string;
  readonly #kept: KeptSignIn | null;
  #signedIn: SignedIn;
  #renewing: Promise<void> | null = null;

  /** @param kept Where nothing is kept yet, the sign-in is written there at once. */
  constructor(server: string, signedIn: SignedIn, kept: KeptSignIn | null = null) {
    this.#server = server;
    this.#signedIn = signedIn;
    this.#kept = kept;
    if (kept?.read() === null) kept.write(signedIn);
  }

  get signedIn(): SignedIn {
    return this.#signedIn;
  }

  /**
   * A good access token: what `accessToken` of the client's options asks for.
   * @param refused A token that the server did not take: whatever the clock says, the answer is another.
   * @throws {ChatError} `unauthenticated` when the session has ended.
   */
  async get(refused?: string): Promise<string> {
    if (this.#isNearEnd(refused)) {
      this.#renewing ??= this.#renew(refused).finally(() => (this.#renewing = null));
      await this.#renewing;
    }
    return this.#signedIn.accessToken;
  }

  /** Takes a sign-in that was renewed elsewhere, such as in another tab. */
  take(signedIn: SignedIn): void {
    const isMine = signedIn.sessionId === this.#signedIn.sessionId;
    if (isMine && Date.parse(signedIn.expiresAt) > Date.parse(this.#signedIn.expiresAt)) this.#signedIn = signedIn;
  }

  async #renew(refused?: string): Promise<void> {
    const locks = tabLocks();
    // Without locks (a page over plain HTTP) tabs may meet: the server bears it.
    if (!locks) return this.#ask(refused);
    if (await ranAlone(locks, `chat.session.${this.#signedIn.sessionId}`, lockWithinMs, () => this.#ask(refused))) return;
    if (!this.#isGood(refused)) await this.#ask(refused);
  }

  async #ask(refused?: string): Promise<void> {
    const kept = this.#kept?.read();
    if (kept) this.take(kept);
    if (!this.#isNearEnd(refused)) return;
    try {
      // A lost answer costs nothing: asked again at once, the server answers the same.
      this.#signedIn = await renewSignIn(this.#server, this.#signedIn.refreshToken);
    } catch (error) {
      const isOver = error instanceof ChatError && error.code === 'unauthenticated';
      if (isOver || !this.#isGood(refused)) throw error;
      // It is good for a little longer; whoever asks next tries again.
      return;
    }
    // Forgotten meanwhile: they signed out. Another's: somebody signed in.
    if (this.#kept?.read()?.sessionId === this.#signedIn.sessionId) this.#kept.write(this.#signedIn);
  }

  #isGood(refused?: string): boolean {
    return this.#signedIn.accessToken !== refused && this.#leftMs() > 0;
  }

  #isNearEnd(refused?: string): boolean {
    return this.#signedIn.accessToken === refused || this.#leftMs() <= marginMs;
  }

  #leftMs(): number {
    return Date.parse(this.#signedIn.expiresAt) - Date.now();
  }
}
