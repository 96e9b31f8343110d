import type { SignedIn } from './contracts.generated.js';
import { ChatError } from './errors.js';
import { renewSignIn } from './signin.js';

/** Timers hold at most 2^31 − 1 ms. */
const longestWaitMs = 2 ** 31 - 1;
const retryMs = 30_000;

/** An access token that is renewed when two thirds of its life are over. */
export class RenewedToken {
  readonly #server: string;
  readonly #renewed: (signedIn: SignedIn) => void;
  #signedIn: SignedIn;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  /** @param renewed Is told each new sign-in, to keep it. */
  constructor(server: string, signedIn: SignedIn, renewed: (signedIn: SignedIn) => void) {
    this.#server = server;
    this.#signedIn = signedIn;
    this.#renewed = renewed;
    this.#plan();
  }

  get signedIn(): SignedIn {
    return this.#signedIn;
  }

  /** The token for a new connection. @throws {ChatError} `unauthenticated` when it has run out. */
  get(): string {
    if (Date.parse(this.#signedIn.expiresAt) <= Date.now()) throw new ChatError('unauthenticated', 'The sign-in has run out.');
    return this.#signedIn.accessToken;
  }

  /** Takes a sign-in that was renewed elsewhere, such as in another tab. */
  take(signedIn: SignedIn): void {
    if (this.#isClosed || Date.parse(signedIn.expiresAt) <= Date.parse(this.#signedIn.expiresAt)) return;
    this.#signedIn = signedIn;
    this.#plan();
  }

  /** Renews no more. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #plan(): void {
    const left = Date.parse(this.#signedIn.expiresAt) - Date.now();
    this.#wait(Math.max(1_000, left * (2 / 3)));
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#renew(), Math.min(ms, longestWaitMs));
  }

  async #renew(): Promise<void> {
    try {
      const signedIn = await renewSignIn(this.#server, this.#signedIn.accessToken);
      if (this.#isClosed) return;
      this.#signedIn = signedIn;
      this.#renewed(signedIn);
      this.#plan();
    } catch (error) {
      // A token that is refused is told by the connection; everything else may pass.
      if (!this.#isClosed && !(error instanceof ChatError && error.code === 'unauthenticated')) this.#wait(retryMs);
    }
  }
}
