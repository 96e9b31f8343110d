/** The locks of this browser's tabs; undefined in Node and on pages over plain HTTP. */
export function tabLocks(): LockManager | undefined {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
}

/**
 * Runs it while no other tab runs one of the same name. A tab that stands still, as mobile browsers let them, may hold the
 * lock for ever: it is not waited for longer than so many milliseconds.
 *
 * @returns Whether it ran.
 */
export async function ranAlone(locks: LockManager, name: string, withinMs: number, run: () => Promise<void>): Promise<boolean> {
  const late = new AbortController();
  const limit = setTimeout(() => late.abort(), withinMs);
  let isGranted = false;
  try {
    await locks.request(name, { signal: late.signal }, async () => {
      isGranted = true;
      clearTimeout(limit);
      await run();
    });
    return true;
  } catch (error) {
    if (isGranted || !late.signal.aborted) throw error;
    return false;
  } finally {
    clearTimeout(limit);
  }
}
