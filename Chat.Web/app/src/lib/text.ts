import type { Mention } from '@chat/client';

/** A piece of a message: words, an address that can be opened, or somebody who is called. */
export interface Piece {
  readonly text: string;
  readonly href: string | null;
  readonly mention?: Mention;
}

const address = /\bhttps?:\/\/[^\s<>"'`]+/gi;

/** Splits a text into words, calls and addresses. Only http and https become links; nothing is ever read as HTML. */
export function pieces(text: string, mentions: readonly Mention[] = []): readonly Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const written = withoutTail(match[0]);
    const href = safe(written);
    if (href === null) continue;
    if (match.index > end) found.push(...words(text.slice(end, match.index), mentions));
    found.push({ text: written, href });
    end = match.index + written.length;
  }
  if (end < text.length) found.push(...words(text.slice(end), mentions));
  return found;
}

function words(text: string, mentions: readonly Mention[]): Piece[] {
  if (mentions.length === 0 || !text.includes('@')) return [{ text, href: null }];
  // The longest first: "@Ann Lee" calls Ann Lee, although there is an Ann.
  const names = [...mentions].sort((a, b) => b.name.length - a.name.length);
  const any = names.map(({ name }) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const call = new RegExp(`(?<![\\p{L}\\p{N}@._-])@(${any})(?=[^\\p{L}\\p{N}]|[\\u2e80-\\ud7ff\\uf900-\\ufaff]|$)`, 'giu');
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(call)) {
    const mention = names.find(({ name }) => name.toLowerCase() === match[1]?.toLowerCase());
    if (mention === undefined) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index), href: null });
    found.push({ text: match[0], href: null, mention });
    end = match.index + match[0].length;
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

const units = ['bytes', 'KB', 'MB', 'GB'];

/** "3.4 MB" */
export function sizeWords(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1024;
  return `${unit === 0 || size >= 100 ? Math.round(size) : Number(size.toFixed(1))} ${units[unit]}`;
}

const and = new Intl.ListFormat('en', { type: 'conjunction' });

/** "Ann, Ben, and 3 others" */
export function listed(names: readonly string[], most = 10): string {
  return and.format(names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} others`] : names);
}
