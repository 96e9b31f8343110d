import type { Message, RoomView } from '@chat/client';
import { may } from './may';

/** What can be done with a message. */
export type MessageAct =
  | 'react' | 'reply' | 'thread' | 'edit' | 'pin' | 'unpin' | 'forward' | 'copy' | 'link' | 'edits' | 'readers' | 'delete';

export const actWords: Record<MessageAct, string> = {
  react: 'Add a reaction',
  reply: 'Reply',
  thread: 'Open the thread',
  edit: 'Edit',
  pin: 'Pin to the room',
  unpin: 'Take the pin off',
  forward: 'Forward',
  copy: 'Copy the text',
  link: 'Copy a link',
  edits: 'Earlier versions',
  readers: 'Who has read this',
  delete: 'Delete',
};

const mostReaders = 50;

/** What I am offered to do with a message, in the order of the menu. */
export function actsFor(message: Message, view: RoomView, me: string, isAdministrator = false): readonly MessageAct[] {
  if (message.deletedAt !== null || message.kind === 'system') return [];
  const isMine = message.authorId === me;
  const isOpen = message.stream === 'open';
  const can = (act: Parameters<typeof may>[0]): boolean => may(act, view, isAdministrator);
  const acts: [MessageAct, boolean][] = [
    ['react', can('react')],
    ['reply', can('post')],
    ['thread', message.threadSeq === null && (can('post') || message.replyCount > 0)],
    ['edit', isMine && !isOpen && can('post') && message.forwardedFrom === null],
    [message.pinnedAt === null ? 'pin' : 'unpin', can('pin')],
    ['forward', !isOpen],
    ['copy', message.text !== ''],
    ['link', true],
    ['edits', message.editedAt !== null],
    ['readers', view.memberCount > 1 && view.memberCount <= mostReaders && message.threadSeq === null],
    ['delete', isMine || can('delete_others')],
  ];
  return acts.filter(([, isOffered]) => isOffered).map(([act]) => act);
}
