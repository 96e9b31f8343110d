import type { Message, Outgoing } from '@chat/client';
import { dayKey, dayName } from './times';

/** One line of the message list. `starts` says that a new author, or a pause, begins here. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly label: string }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'happening'; readonly key: string; readonly messages: readonly Message[] }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly starts: boolean }
  | { readonly kind: 'waiting'; readonly key: string; readonly waiting: Outgoing; readonly starts: boolean };

const pauseMs = 5 * 60_000;

export interface RowsOf {
  readonly messages: readonly Message[];
  readonly waiting: readonly Outgoing[];
  readonly me: string;
  /** The first message that is new to the reader; null for no mark. */
  readonly newFrom: number | null;
}

/** The list as it is shown: by day, by author, with what happened in the room in between. */
export function rowsOf({ messages, waiting, me, newFrom }: RowsOf): Row[] {
  const rows: Row[] = [];
  let day = '';
  let last: Message | null = null;
  for (const message of messages) {
    const today = dayKey(message.createdAt);
    if (today !== day) {
      day = today;
      rows.push({ kind: 'day', key: `day ${day} ${message.seq}`, label: dayName(message.createdAt) });
      last = null;
    }
    if (message.seq === newFrom) {
      rows.push({ kind: 'new', key: 'new' });
      last = null;
    }
    if (message.kind === 'system') addHappening(rows, message);
    else rows.push({ kind: 'message', key: keyOf(message, me), message, starts: !follows(message, last) });
    last = message.kind === 'system' ? null : message;
  }
  return addWaiting(rows, waiting, last !== null && last.authorId === me);
}

/** The first message of others above `readSeq`; null when there is none, or when it may be among those not held. */
export function firstNew(messages: readonly Message[], readSeq: number | null, me: string, hasOlder: boolean): number | null {
  if (readSeq === null || (hasOlder && (messages[0]?.seq ?? Infinity) > readSeq)) return null;
  return messages.find((message) => message.seq > readSeq && message.authorId !== me && message.kind !== 'system')?.seq ?? null;
}

function addWaiting(rows: Row[], waiting: readonly Outgoing[], isMineBefore: boolean): Row[] {
  const shown = new Set(rows.map((row) => row.key));
  let starts = !isMineBefore;
  for (const each of waiting) {
    const key = `mine ${each.clientMessageId}`;
    if (shown.has(key)) continue;
    rows.push({ kind: 'waiting', key, waiting: each, starts: starts || each.replyToSeq !== null });
    starts = false;
  }
  return rows;
}

// One's own message keeps its key when the server's record takes over from the one on its way. Only one's own: the id is
// chosen by the author's client, and another's might be made to clash.
function keyOf(message: Message, me: string): string {
  return message.authorId === me && message.clientMessageId !== null ? `mine ${message.clientMessageId}` : message.id;
}

function follows(message: Message, last: Message | null): boolean {
  return (
    last !== null &&
    last.authorId === message.authorId &&
    message.replyToSeq === null &&
    Date.parse(message.createdAt) - Date.parse(last.createdAt) < pauseMs
  );
}

function addHappening(rows: Row[], message: Message): void {
  const before = rows.at(-1);
  const kind = message.system?.kind;
  if (before?.kind === 'happening' && (kind === 'joined' || kind === 'left') && before.messages[0]?.system?.kind === kind)
    rows[rows.length - 1] = { ...before, messages: [...before.messages, message] };
  else rows.push({ kind: 'happening', key: message.id, messages: [message] });
}
