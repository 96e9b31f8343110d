import { ChatError, NotConnected } from '@chat/client';
import { span } from './times';

/** Why something did not work, in words for people. */
export function said(error: unknown): string {
  if (error instanceof NotConnected) return 'There is no connection to the server. Try again in a moment.';
  if (!(error instanceof ChatError)) return error instanceof Error && error.message !== '' ? error.message : 'That did not work.';
  const wait = error.retryAfterMs === null ? '' : span(error.retryAfterMs);
  switch (error.code) {
    case 'room_full':
      return 'All seats of this room are taken.';
    case 'wrong_password':
      return 'That is not the password.';
    case 'banned':
      return wait === '' ? 'You are banned from this room.' : `You are banned from this room for another ${wait}.`;
    case 'muted':
      return wait === '' ? 'You are muted in this room.' : `You are muted in this room for another ${wait}.`;
    case 'rate_limited':
      return wait === '' ? 'Too many tries. Wait a little.' : `Too many tries. Wait ${wait}.`;
    case 'name_taken':
      return 'This name is taken.';
    case 'unavailable':
      return wait === '' ? 'The server cannot do this now. Try again in a moment.' : `The server cannot do this now. Try again in ${wait}.`;
    case 'internal':
      return error.incidentId === null ? 'Something went wrong on the server.' : `Something went wrong on the server (${error.incidentId}).`;
    default:
      return error.message;
  }
}
