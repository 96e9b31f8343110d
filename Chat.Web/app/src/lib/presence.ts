import type { PresenceStatus } from '@chat/client';

/** How I may want to be seen. */
export type Chosen = 'online' | 'away' | 'do_not_disturb';

export const presenceWords: Record<PresenceStatus, string> = {
  unknown: 'here',
  offline: 'offline',
  away: 'away',
  do_not_disturb: 'do not disturb',
  online: 'online',
};

const key = 'chat.presence';

/** What was chosen last on this browser. */
export function chosenPresence(): Chosen {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'away' || kept === 'do_not_disturb' ? kept : 'online';
  } catch {
    return 'online';
  }
}

export function keepPresence(chosen: Chosen): void {
  try {
    localStorage.setItem(key, chosen);
  } catch {
    // Kept as long as the page.
  }
}
