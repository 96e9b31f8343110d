const prefix = 'chat.draft.';

/** What was being written in a room, kept over reloads. Storage that is full or forbidden only loses the keeping. */
export function readDraft(roomId: string): string {
  try {
    return localStorage.getItem(prefix + roomId) ?? '';
  } catch {
    return '';
  }
}

export function writeDraft(roomId: string, text: string): void {
  try {
    if (text.trim() === '') localStorage.removeItem(prefix + roomId);
    else localStorage.setItem(prefix + roomId, text);
  } catch {
    // Nothing to do about it.
  }
}

export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // Nothing to do about it.
  }
}
