import type { Message, RoomRemoved } from '@chat/client';
import { listed } from './text';
import { briefTime } from './times';

/** What a message of the room itself says, in words. */
export function happening(message: Message): string {
  const event = message.system;
  if (event === null) return message.text;
  const { actorName: actor, subjectName: subject, value } = event;
  switch (event.kind) {
    case 'joined':
      return `${actor || subject} joined`;
    case 'left':
      return `${actor || subject} left`;
    case 'kicked':
      return withReason(`${actor} removed ${subject}`, value);
    case 'banned':
      return withReason(`${actor} banned ${subject}`, value);
    case 'unbanned':
      return `${actor} lifted the ban on ${subject}`;
    case 'muted':
      return withReason(`${actor} muted ${subject}`, value);
    case 'unmuted':
      return `${actor} let ${subject} write again`;
    case 'role_changed':
      return actor === '' ? `${subject} is ${value} now` : `${actor} made ${subject} ${value}`;
    case 'renamed':
      return `${actor} renamed the room to “${value}”`;
    case 'topic_changed':
      return value === '' ? `${actor} cleared the topic` : `${actor} set the topic: ${value}`;
    case 'pinned':
      return `${actor} pinned a message`;
    case 'archived':
      return `${actor} archived the room`;
    case 'unarchived':
      return `${actor} opened the room again`;
    case 'rules_changed':
      return `${actor} changed the rules: ${value}`;
    case 'welcome':
    case 'unknown':
      return message.text;
  }
}

/** Several messages of the room in a row, as one line where they say the same of different people. */
export function happeningOf(messages: readonly Message[]): string {
  const [first] = messages;
  if (first === undefined) return '';
  if (messages.length === 1) return happening(first);
  const names = [...new Set(messages.map((message) => message.system?.actorName || message.system?.subjectName || ''))];
  return `${listed(names, 4)} ${first.system?.kind === 'left' ? 'left' : 'joined'}`;
}

/** Why a room is no longer mine, for a toast; empty where that was my own doing. */
export function removalWords({ cause, reason, until }: RoomRemoved, name: string): string {
  switch (cause) {
    case 'kicked':
      return withReason(`You were taken out of ${name}`, reason);
    case 'banned':
      return withReason(`You were banned from ${name}${until === null ? '' : ` until ${briefTime(until)}`}`, reason);
    case 'deleted':
      return withReason(`${name} was deleted`, reason);
    case 'left':
      return '';
    case 'unknown':
      return reason;
  }
}

function withReason(text: string, reason: string): string {
  return reason === '' ? text : `${text}: ${reason}`;
}
