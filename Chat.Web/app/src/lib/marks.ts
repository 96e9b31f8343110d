/** A piece of a text that was searched: a hit, or what stands around it. */
export interface Mark {
  readonly text: string;
  readonly isHit: boolean;
}

const east = '\\u2e80-\\ud7ff\\uf900-\\ufaff';

/** Marks what the search found: words by their beginning; Chinese, Japanese and Korean text anywhere. */
export function marks(text: string, search: string): readonly Mark[] {
  const wanted = search.trim().split(/\s+/).filter((word) => word !== '');
  if (wanted.length === 0) return [{ text, isHit: false }];
  const any = wanted
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .map((word) => (new RegExp(`^[${east}]`, 'u').test(word) ? word : `(?<![\\p{L}\\p{N}])${word}[\\p{L}\\p{N}]*`))
    .join('|');
  const found: Mark[] = [];
  let end = 0;
  for (const match of text.matchAll(new RegExp(any, 'giu'))) {
    if (match.index > end) found.push({ text: text.slice(end, match.index), isHit: false });
    found.push({ text: match[0], isHit: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ text: text.slice(end), isHit: false });
  return found;
}

/** The part of a long text around its first hit, in one line. */
export function around(text: string, search: string, longest = 220): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= longest) return line;
  const first = marks(line, search)[0];
  const hit = first === undefined || first.isHit ? 0 : first.text.length;
  const start = Math.max(0, Math.min(hit - 60, line.length - longest));
  return `${start > 0 ? '…' : ''}${line.slice(start, start + longest)}${start + longest < line.length ? '…' : ''}`;
}
