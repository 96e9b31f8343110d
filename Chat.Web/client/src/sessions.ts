import type { Guid, Session } from './contracts.generated.js';
import type { Hub } from './hub.js';

/** My sign-ins on all devices, and what this client keeps with its own. Calls outlast drops of up to 10 s. */
export class Sessions {
  readonly #hub: Hub;
  readonly #make: <T>(call: () => Promise<T>) => Promise<T>;

  constructor(hub: Hub, make: <T>(call: () => Promise<T>) => Promise<T>) {
    this.#hub = hub;
    this.#make = make;
  }

  /** The one used last first; at most 100. */
  async list(limit = 50): Promise<readonly Session[]> {
    return (await this.#make(() => this.#hub.ListSessions({ limit }))).sessions;
  }

  /** Ends one and closes its connections wherever they are. For this one see `ChatClient.signOut`. @throws {ChatError} `not_found`. */
  async revoke(sessionId: Guid): Promise<void> {
    await this.#make(() => this.#hub.RevokeSessions({ sessionId }));
  }

  /** Ends all but this one. */
  async revokeOthers(): Promise<void> {
    await this.#make(() => this.#hub.RevokeSessions({ sessionId: null }));
  }

  /** What this client keeps with its session; only the entries with these keys, or all. */
  async data(keys: readonly string[] = []): Promise<ReadonlyMap<string, string>> {
    return asMap(await this.#make(() => this.#hub.GetSessionData({ keys: [...keys] })));
  }

  /**
   * Writes entries of it, and answers all; an empty text takes an entry away.
   * @throws {ChatError} `too_large`: at most 50 entries and 4 KB in all.
   */
  async setData(entries: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string>> {
    const request = { entries: Object.entries(entries).map(([key, value]) => ({ key, value })) };
    return asMap(await this.#make(() => this.#hub.SetSessionData(request)));
  }
}

function asMap({ entries }: { readonly entries: readonly { readonly key: string; readonly value: string }[] }): ReadonlyMap<string, string> {
  return new Map(entries.map(({ key, value }) => [key, value]));
}
