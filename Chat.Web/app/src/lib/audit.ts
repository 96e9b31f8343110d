import type { AuditEntry } from '@chat/client';

/** What somebody did with power, in words. */
export function auditWords({ act, actorName, subjectName, detail }: AuditEntry): string {
  const actor = actorName || 'The server';
  const why = detail === '' ? '' : `: ${detail}`;
  switch (act) {
    case 'room_created': return `${actor} made the room`;
    case 'room_updated': return `${actor} changed the room${why}`;
    case 'room_archived': return `${actor} archived the room`;
    case 'room_unarchived': return `${actor} opened the room again`;
    case 'room_deleted': return `${actor} deleted the room${why}`;
    case 'role_changed': return `${actor} made ${subjectName} ${detail}`;
    case 'kicked': return `${actor} removed ${subjectName}${why}`;
    case 'banned': return `${actor} banned ${subjectName}${why}`;
    case 'unbanned': return `${actor} lifted the ban on ${subjectName}`;
    case 'muted': return `${actor} muted ${subjectName}${why}`;
    case 'unmuted': return `${actor} let ${subjectName} write again`;
    case 'invited': return `${actor} invited ${subjectName}`;
    case 'invitation_revoked': return `${actor} took back the invitation of ${subjectName}`;
    case 'link_created': return `${actor} made an invite link`;
    case 'link_revoked': return `${actor} ended an invite link`;
    case 'message_deleted': return `${actor} deleted a message of ${subjectName}`;
    case 'pinned': return `${actor} pinned a message`;
    case 'unpinned': return `${actor} took a pin off`;
    case 'webhook_created': return `${actor} made a webhook${why}`;
    case 'webhook_deleted': return `${actor} deleted a webhook${why}`;
    case 'unknown': return `${actor} did something${why}`;
  }
}
