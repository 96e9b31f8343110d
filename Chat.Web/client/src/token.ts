import type { SignedIn } from './contracts.generated.js';
import { ChatError } from './errors.js';
import { renewSignIn } from './signin.js';

/** A token that ends sooner is too short to begin something with. */
const marginMs = 60_000;

/** Where a sign-in is kept, for the next start and for other tabs of the same browser. */
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

  constructor(server: string, signedIn: SignedIn, kept: KeptSignIn | null = null) {
    this.#server = server;
    this.#signedIn = signedIn;
    this.#kept = kept;
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
    await alone(`chat.session.${this.#signedIn.sessionId}`, async () => {
      const kept = this.#kept?.read();
      if (kept) this.take(kept);
      if (!this.#isNearEnd(refused)) return;
      try {
        // A lost answer costs nothing: asked again at once, the server answers the same.
        this.#signedIn = await renewSignIn(this.#server, this.#signedIn.refreshToken);
        this.#kept?.write(this.#signedIn);
      } catch (error) {
        const isOver = error instanceof ChatError && error.code === 'unauthenticated';
        if (isOver || this.#signedIn.accessToken === refused || this.#leftMs() <= 0) throw error;
        // It is good for a little longer; whoever asks next tries again.
      }
    });
  }

  #isNearEnd(refused?: string): boolean {
    return this.#signedIn.accessToken === refused || this.#leftMs() <= marginMs;
  }

  #leftMs(): number {
    return Date.parse(this.#signedIn.expiresAt) - Date.now();
  }
}

/** Runs it while no other tab runs one of the same name. Without locks (a page over plain HTTP) tabs may meet: the server bears it. */
async function alone(name: string, run: () => Promise<void>): Promise<void> {
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  return locks ? await locks.request(name, run) : await run();
}
