import { beforeEach, expect, it, vi } from 'vitest';
import type { SignedIn } from '@chat/client';

const kept = new Map<string, string>();
vi.stubGlobal('location', { href: 'http://chat.test/' });
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
});
const { forgetSession, keepSession, readSession } = await import('../src/lib/session');

const session = (sessionId: string): SignedIn => ({
  user: { id: 'ann', name: 'Ann', kind: 'guest', isAdministrator: false, createdAt: '2026-01-01T00:00:00Z' },
  accessToken: 'a', expiresAt: '2026-01-01T00:15:00Z', sessionId, refreshToken: 'r',
});

beforeEach(() => kept.clear());

it('a session outlives its access token', () => {
  keepSession(session('one'));
  expect(readSession()).toEqual(session('one'));
});

it('a sign-in of before there were sessions is none', () => {
  const { refreshToken: _, ...old } = session('one');
  kept.set('chat.session', JSON.stringify(old));
  expect(readSession()).toBeNull();
});

it('a tab that was signed out does not forget what another has signed in to since', () => {
  keepSession(session('two'));
  forgetSession('one');
  expect(readSession()?.sessionId).toBe('two');
  forgetSession('two');
  expect(readSession()).toBeNull();
});
