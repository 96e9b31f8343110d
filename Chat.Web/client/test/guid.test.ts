import { afterEach, expect, test, vi } from 'vitest';
import { newGuid } from '../src/index.js';

afterEach(() => vi.useRealTimers());

test('ids begin with the time, and no two are the same', () => {
  vi.useFakeTimers({ now: 0x0198_a5f3_00c4 });
  const ids = Array.from({ length: 1000 }, newGuid);
  for (const id of ids) expect(id).toMatch(/^0198a5f3-00c4-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(1000);

  vi.advanceTimersByTime(1);
  expect(newGuid() > ids.sort().at(-1)!).toBe(true);
});
