import { expect, test, vi } from 'vitest';
import { Calls } from '../src/calls.js';
import { ChatError } from '../src/errors.js';

test('a refusal that passes soon is asked again, a few times, and any other is told at once', async () => {
  vi.useFakeTimers();
  try {
    const calls = new Calls();
    calls.up();
    const answers = [new ChatError('rate_limited', 'Too fast.', 300), new ChatError('unavailable', 'Away.', 2_000), 'done'];
    const ask = async (): Promise<string> => {
      const answer = answers.shift()!;
      if (answer instanceof ChatError) throw answer;
      return answer as string;
    };
    const done = calls.make(ask);
    await vi.advanceTimersByTimeAsync(299);
    expect(answers).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1 + 2_000);
    expect(await done).toBe('done');

    for (const [code, retryAfterMs] of [['rate_limited', 60_000], ['rate_limited', null], ['forbidden', 10]] as const) {
      const refuse = vi.fn(() => Promise.reject(new ChatError(code, 'No.', retryAfterMs)));
      await expect(calls.make(refuse)).rejects.toMatchObject({ code });
      expect(refuse).toHaveBeenCalledTimes(1);
    }

    const always = vi.fn(() => Promise.reject(new ChatError('rate_limited', 'Too fast.', 10)));
    const refused = expect(calls.make(always)).rejects.toMatchObject({ code: 'rate_limited' });
    await vi.advanceTimersByTimeAsync(1_000);
    await refused;
    expect(always).toHaveBeenCalledTimes(4);
  } finally {
    vi.useRealTimers();
  }
});
