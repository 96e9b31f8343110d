import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Tabs } from '../src/tabs.js';
import { Locks } from './locks.js';

let locks: Locks;
const made: Tabs[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  locks = new Locks();
  vi.stubGlobal('navigator', { locks });
  vi.stubGlobal('BroadcastChannel', undefined);
});
afterEach(() => {
  for (const tabs of made.splice(0)) tabs.end();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function tab(inherit: (living: ReadonlySet<string>) => Promise<void> = async () => undefined): Tabs {
  const tabs = new Tabs('outbox of Ann', { inherit, heard: () => undefined });
  made.push(tabs);
  return tabs;
}

it('a tab begins when it has inherited', async () => {
  const inherited: number[] = [];
  await tab(async (living) => void inherited.push(living.size)).begin();
  await tab(async (living) => void inherited.push(living.size)).begin();
  expect(inherited).toEqual([1, 2]);
  expect(vi.getTimerCount()).toBe(0);
});

it('a tab waits for an heir that stands still no longer than 5 s, and inherits when that goes on', async () => {
  let goOn = (): void => undefined;
  void tab(() => new Promise((done) => (goOn = done))).begin();
  await vi.advanceTimersByTimeAsync(0);
  let begun = false;
  let hasInherited = false;
  void tab(async () => void (hasInherited = true)).begin().then(() => (begun = true));
  await vi.advanceTimersByTimeAsync(4_900);
  expect(begun).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect([begun, hasInherited]).toEqual([true, false]);

  goOn();
  await vi.advanceTimersByTimeAsync(0);
  expect(hasInherited).toBe(true);
});

it('a tab that cannot inherit does not begin', async () => {
  await expect(tab(() => Promise.reject(new Error('no database'))).begin()).rejects.toThrow('no database');
});
