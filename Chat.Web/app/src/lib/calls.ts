import type { Member } from '@chat/client';

/** A call that is being written: where its @ stands, and what stands between that and the caret. */
export interface Call {
  readonly at: number;
  readonly query: string;
}

/** Who can be called: a member, or everybody in the room. */
export interface Callable {
  readonly id: string | null;
  readonly name: string;
}

const longestName = 40;

/** The call in which the caret stands; null when it stands in none. */
export function callAt(text: string, caret: number): Call | null {
  const at = text.lastIndexOf('@', caret - 1);
  if (at < 0 || caret - at - 1 > longestName) return null;
  // Not in the middle of an address.
  if (at > 0 && /[\p{L}\p{N}@._-]/u.test(text.charAt(at - 1))) return null;
  const query = text.slice(at + 1, caret);
  return /[\n\r]|\s$/.test(query) || query.startsWith(' ') ? null : { at, query };
}

/** Whom the call may mean, those whose name begins so first. */
export function callables(members: readonly Member[], query: string, me: string, most = 8): readonly Callable[] {
  const wanted = query.toLocaleLowerCase();
  const all: Callable[] = members.filter(({ userId }) => userId !== me).map(({ userId, name }) => ({ id: userId, name }));
  all.push({ id: null, name: 'room' });
  const begins = all.filter(({ name }) => name.toLocaleLowerCase().startsWith(wanted));
  const inside = all.filter((each) => !begins.includes(each) && each.name.toLocaleLowerCase().split(/\s+/).some((word) => word.startsWith(wanted)));
  return [...begins, ...inside].slice(0, most);
}

/** The text with the name in place of what was written, and where the caret goes. */
export function complete(text: string, call: Call, name: string): { readonly text: string; readonly caret: number } {
  const before = `${text.slice(0, call.at)}@${name} `;
  const after = text.slice(call.at + 1 + call.query.length).replace(/^ /, '');
  return { text: before + after, caret: before.length };
}
