import { beforeEach, expect, it, vi } from 'vitest';

const kept = new Map<string, string>();
vi.stubGlobal('localStorage', new Proxy({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
}, {
  ownKeys: () => [...kept.keys()],
  getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
}));
const { forgetDrafts, readDraft, writeDraft } = await import('../src/lib/drafts');

beforeEach(() => kept.clear());

it('a draft is shown to nobody but its writer', () => {
  writeDraft('ann', 'general', 'half a thought');
  expect(readDraft('ann', 'general')).toBe('half a thought');
  expect(readDraft('bob', 'general')).toBe('');
  writeDraft('bob', 'general', ' ');
  expect(readDraft('ann', 'general')).toBe('half a thought');
});

it('who leaves for good takes their drafts with them, and nobody else\'s', () => {
  writeDraft('ann', 'general', 'of Ann');
  writeDraft('ann', 'general/7', 'of Ann in a thread');
  writeDraft('anna', 'general', 'of Anna');
  kept.set('chat.draft.general', 'of nobody knows whom');
  forgetDrafts('ann');
  expect([...kept.values()]).toEqual(['of Anna']);
});
