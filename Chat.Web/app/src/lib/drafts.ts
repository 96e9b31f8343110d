const prefix = 'chat.draft.';

/** Of one writer: whoever comes to this browser next must neither see nor send it. */
const keyOf = (userId: string, place: string): string => `${prefix}${userId}.${place}`;

/** What somebody was writing in a room or thread, kept over reloads. Storage that is full or forbidden only loses the keeping. */
export function readDraft(userId: string, place: string): string {
  try {
    return localStorage.getItem(keyOf(userId, place)) ?? '';
  } catch {
    return '';
  }
}

export function writeDraft(userId: string, place: string, text: string): void {
  try {
    if (text.trim() === '') localStorage.removeItem(keyOf(userId, place));
    else localStorage.setItem(keyOf(userId, place), text);
  } catch {
    // Nothing to do about it.
  }
}

/** Forgets what this writer left, and what was kept before drafts had a writer. */
export function forgetDrafts(userId: string): void {
  try {
    for (const key of Object.keys(localStorage)) if (isOf(userId, key)) localStorage.removeItem(key);
  } catch {
    // Nothing to do about it.
  }
}

function isOf(userId: string, key: string): boolean {
  return key.startsWith(keyOf(userId, '')) || (key.startsWith(prefix) && !key.slice(prefix.length).includes('.'));
}
