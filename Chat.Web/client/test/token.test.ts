import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type KeptSignIn, RenewedToken, type SignedIn, type User } from '../src/index.js';
import { Locks } from './locks.js';

const user: User = { id: 'ann', name: 'Ann', kind: 'guest', isAdministrator: false, createdAt: '2026-01-01T00:00:00Z' };

/** A server that gives each refresh token one successor, and ends the session of one that comes back later. */
class Renewals {
  good = 'r0';
  before = '';
  calls = 0;
  isOver = false;
  /** Loses the next answer, after the work is done. */
  losesNext = false;
  isAway = false;
  /** Happens while an answer is on its way. */
  meanwhile: () => void = () => undefined;

  readonly fetch = async (_: unknown, init: RequestInit): Promise<Response> => {
    await Promise.resolve();
    if (this.isAway) throw new TypeError('away');
    this.calls++;
    const { refreshToken } = JSON.parse(init.body as string) as { refreshToken: string };
    if (refreshToken === this.good) [this.before, this.good] = [this.good, `r${this.calls}`];
    else if (refreshToken !== this.before) this.isOver = true;
    if (this.isOver) return Response.json({ error: { code: 'unauthenticated', message: 'over', retryAfterMs: null, incidentId: null } }, { status: 401 });
    if (this.losesNext) {
      this.losesNext = false;
      throw new TypeError('lost');
    }
    this.meanwhile();
    return Response.json({ result: signedIn(this.good, 15), error: null });
  };
}

const signedIn = (refreshToken: string, minutes: number): SignedIn => ({
  user, accessToken: `access of ${refreshToken}`, expiresAt: new Date(Date.now() + minutes * 60_000).toISOString(), sessionId: 'session', refreshToken,
});

/** What tabs of one browser share. */
class Storage implements KeptSignIn {
  text: string;
  constructor(first: SignedIn | null) {
    this.text = JSON.stringify(first);
  }
  read(): SignedIn {
    return JSON.parse(this.text) as SignedIn;
  }
  forget(): void {
    this.text = 'null';
  }
  write(next: SignedIn): void {
    this.text = JSON.stringify(next);
  }
}

let server: Renewals;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-31T12:00:00Z') });
  server = new Renewals();
  vi.stubGlobal('fetch', server.fetch);
  vi.stubGlobal('navigator', { locks: new Locks() });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a sign-in that goes on', () => {
  it('renews near the end of its token and not before', async () => {
    const first = signedIn('r0', 15);
    const token = new RenewedToken('http://chat.test', first);
    expect(await token.get()).toBe(first.accessToken);
    vi.setSystemTime(Date.now() + 13 * 60_000);
    expect(await token.get()).toBe(first.accessToken);
    vi.setSystemTime(Date.now() + 90_000);
    expect(await token.get()).toBe('access of r1');
    expect(server.calls).toBe(1);
  });

  it('renews once for many who ask at once', async () => {
    const token = new RenewedToken('http://chat.test', signedIn('r0', 0));
    expect(new Set(await Promise.all([token.get(), token.get(), token.get()]))).toEqual(new Set(['access of r1']));
    expect(server.calls).toBe(1);
  });

  it('renews what the server refused though the clock says it is good', async () => {
    const first = signedIn('r0', 15);
    const token = new RenewedToken('http://chat.test', first);
    expect(await token.get(first.accessToken)).toBe('access of r1');
    expect(await token.get(first.accessToken)).toBe('access of r1');
    expect(server.calls).toBe(1);
  });

  it('asks again when an answer was lost, and keeps its session', async () => {
    const token = new RenewedToken('http://chat.test', signedIn('r0', 0));
    server.losesNext = true;
    await expect(token.get()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await token.get()).toBe('access of r1');
    expect(server.isOver).toBe(false);
  });

  it('goes on with what it has while the server is away', async () => {
    const first = signedIn('r0', 0.5);
    const token = new RenewedToken('http://chat.test', first);
    server.isAway = true;
    expect(await token.get()).toBe(first.accessToken);
    vi.setSystemTime(Date.now() + 60_000);
    await expect(token.get()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('says when the session has ended', async () => {
    const token = new RenewedToken('http://chat.test', signedIn('r0', 10));
    server.isOver = true;
    await expect(token.get('access of r0')).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('tabs of one browser', () => {
  it('renew one after the other, and the second takes what the first got', async () => {
    const storage = new Storage(signedIn('r0', 0));
    const tabs = [1, 2, 3].map(() => new RenewedToken('http://chat.test', storage.read(), storage));
    const tokens = await Promise.all(tabs.map((tab) => tab.get()));
    expect(new Set(tokens)).toEqual(new Set(['access of r1']));
    expect(server.calls).toBe(1);
  });

  it('do not end their session when one slept while the other renewed many times', async () => {
    const storage = new Storage(signedIn('r0', 0));
    const [awake, asleep] = [1, 2].map(() => new RenewedToken('http://chat.test', storage.read(), storage)) as [RenewedToken, RenewedToken];
    for (let i = 0; i < 3; i++) {
      await awake.get();
      vi.setSystemTime(Date.now() + 15 * 60_000);
    }
    await asleep.get();
    await awake.get();
    expect(server.isOver).toBe(false);
  });

  it('that cannot lock are answered the same by the server', async () => {
    vi.stubGlobal('navigator', {});
    const storage = new Storage(signedIn('r0', 0));
    const tabs = [1, 2].map(() => new RenewedToken('http://chat.test', storage.read(), storage));
    await Promise.all(tabs.map((tab) => tab.get()));
    expect(server.isOver).toBe(false);
    expect(storage.read().refreshToken).toBe(server.good);
  });

  it('wait for one that stands still no longer than 15 s, then renew what cannot wait', async () => {
    void (navigator.locks as unknown as Locks).request('chat.session.session', () => new Promise(() => undefined));
    const good = new RenewedToken('http://chat.test', signedIn('r0', 0.9)).get();
    const over = new RenewedToken('http://chat.test', signedIn('r0', 0)).get();
    await vi.advanceTimersByTimeAsync(14_900);
    expect(server.calls).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(await good).toBe('access of r0');
    expect(await over).toBe('access of r1');
    expect(server.calls).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('take no sign-in of another session', async () => {
    const first = signedIn('r0', 15);
    const token = new RenewedToken('http://chat.test', first);
    token.take({ ...signedIn('other', 30), sessionId: 'another' });
    expect(await token.get()).toBe(first.accessToken);
  });
});

describe('a sign-in that is kept', () => {
  it('is kept from the beginning where nothing else is', async () => {
    const storage = new Storage(null);
    const first = signedIn('r0', 0);
    const token = new RenewedToken('http://chat.test', first, storage);
    expect(storage.read()).toEqual(first);
    await token.get();
    expect(storage.read().refreshToken).toBe('r1');
  });

  it('stays forgotten when it was, while a renewal was on its way', async () => {
    const storage = new Storage(signedIn('r0', 0));
    const token = new RenewedToken('http://chat.test', storage.read(), storage);
    server.meanwhile = () => storage.forget();
    await token.get();
    expect(storage.read()).toBeNull();
  });

  it('does not take the place of another\'s that was kept meanwhile', async () => {
    const storage = new Storage(signedIn('r0', 0));
    const token = new RenewedToken('http://chat.test', storage.read(), storage);
    const others = { ...signedIn('other', 15), sessionId: 'another' };
    server.meanwhile = () => storage.write(others);
    await token.get();
    expect(storage.read()).toEqual(others);
  });
});
