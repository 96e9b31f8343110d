/** A piece of a message: words, or an address that can be opened. */
export interface Piece {
  readonly text: string;
  readonly href: string | null;
}

const address = /\bhttps?:\/\/[^\s<>"'`]+/gi;

/** Splits a text into words and addresses. Only http and https become links; nothing is ever read as HTML. */
export function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const written = withoutTail(match[0]);
    const href = safe(written);
    if (href === null) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index), href: null });
    found.push({ text: written, href });
    end = match.index + written.length;
  }
  if (end < text.length) found.push({ text: text.slice(end), href: null });
  return found;
}

function safe(written: string): string | null {
  try {
    const url = new URL(written);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

/** "(see https://example.org/a)." ends before the bracket and the full stop; "…/a_(b)" keeps its own bracket. */
function withoutTail(written: string): string {
  let open = 0;
  for (const letter of written) open += letter === '(' ? 1 : letter === ')' ? -1 : 0;
  let end = written.length;
  for (; end > 0; end--) {
    const last = written.charAt(end - 1);
    if (last === ')' && open < 0) open++;
    else if (!'.,;:!?*_]}'.includes(last)) break;
  }
  return written.slice(0, end);
}

/** The text in one line, short enough for a quote. */
export function excerpt(text: string, longest = 140): string {
  const line = text.slice(0, longest * 4).trim().replace(/\s+/g, ' ');
  const letters = Array.from(line);
  return letters.length > longest ? letters.slice(0, longest - 1).join('') + '…' : line;
}

/** One or two letters to stand for a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const letters = [words[0] ?? name.trim(), words.length > 1 ? words.at(-1) ?? '' : ''].map((word) => Array.from(word)[0] ?? '');
  return letters.join('').toLocaleUpperCase() || '?';
}

/** Whether a text is nothing but a few emoji, to be shown large. */
export function isEmojiOnly(text: string): boolean {
  const plain = text.length > 40 ? '' : text.replace(/\s/g, '');
  return plain.length > 0 && plain.length <= 24 && /^(\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f)+$/u.test(plain);
}
