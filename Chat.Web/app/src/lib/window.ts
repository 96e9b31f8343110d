/** What of a long list is in the page. */
export interface Window {
  readonly start: number;
  /** Behind the last one. */
  readonly end: number;
}

/** More rows would make typing and scrolling slow on phones. */
export const mostShown = 400;
export const step = 60;
const tail = 120;

interface Numbered {
  readonly seq: number;
}

/** The part of the list to show: from message `startSeq` on, or, when that is null, the newest ones. */
export function windowOf(messages: readonly Numbered[], startSeq: number | null): Window {
  if (startSeq === null) return { start: Math.max(0, messages.length - tail), end: messages.length };
  const start = indexFrom(messages, startSeq);
  return { start, end: Math.min(messages.length, start + mostShown) };
}

/** The index of the first message that is not below `seq`. */
export function indexFrom(messages: readonly Numbered[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.seq ?? Infinity) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
