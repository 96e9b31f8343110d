// Written from Chat.Contracts by the test The_TypeScript_types_are_those_of_the_contract: do not edit.

/** A UUID in its usual form: 36 characters, small letters. */
export type Guid = string;

/** A moment as ISO 8601 in UTC. */
export type Moment = string;

/** The version of this contract. */
export const ChatContract = {
  /** The version this assembly speaks. A server refuses versions it does not know with `'unsupported_version'`. */
  version: 1,
  /** The largest whole number that both wires carry unharmed: 2^53 − 1 (JavaScript's safe integers). */
  maxInteger: 9007199254740991,
} as const;

/** Where things are below the address of the server (or below the prefix given to `MapChat`). */
export const ChatPaths = {
  /** The SignalR hub. */
  hub: '/hubs/chat',
  /**
   * In the hub's query: a random key, new for each connection. A proxy before several nodes keeps requests with
   * one key on one node.
   */
  hubAffinity: 'affinity',
  /** POST `ChatPaths.guestSignIn`: a guest by name. */
  guestSignIn: '/api/sign-in/guest',
  /** POST `ChatPaths.accountSignIn`: an account by name and password. */
  accountSignIn: '/api/sign-in/account',
  /** POST, with a token of the embedding product as bearer: the user whom it names, made at the first time. */
  externalSignIn: '/api/sign-in/external',
  /** POST `RenewSignIn`: a new access token and the next refresh token of the same session. */
  renewSignIn: '/api/sign-in/renew',
  /** POST `BotSignIn`: a bot by its token. */
  botSignIn: '/api/sign-in/bot',
  /** POST `CreateAccount`: a new account, signed in. The first is the administrator. */
  accounts: '/api/accounts',
  /**
   * POST, with the file as body, its length in `Content-Length` and its name in the query (`?name=`): an
   * `ChatPaths.attachment` of the room `{roomId}`, to be sent with `SendMessage.attachmentIds` within 24 hours.
   */
  roomAttachments: '/api/rooms/{roomId}/attachments',
  /**
   * GET: the file of an attachment `{attachmentId}`, for members of its room. Ranges and If-None-Match are
   * answered.
   */
  attachment: '/api/attachments/{attachmentId}',
  /** GET: a small picture of it. */
  thumbnail: '/api/attachments/{attachmentId}/thumbnail',
  /** POST `PostByWebhook`: a message by an incoming webhook. */
  webhook: '/api/webhooks/{webhookId}/{secret}',
  /** GET: a `BotList`; POST `CreateBot`: a `BotToken`. For administrators. */
  bots: '/api/admin/bots',
  /** DELETE: ends a bot, and its connections; the `Bot` that it was. For administrators. */
  bot: '/api/admin/bots/{botId}',
  /** POST: a `BotToken`, in place of the one before. For administrators. */
  botToken: '/api/admin/bots/{botId}/token',
  /** GET: a `RoomPage`, by the query `search`, `after` and `limit`. */
  rooms: '/api/rooms',
  /** POST: comes into a room; a `RoomEntry`. */
  roomJoin: '/api/rooms/{roomId}/join',
  /**
   * GET: a page of `History`, by the query `beforeSeq`, `afterSeq`, `aroundSeq` and `limit`. POST `PostByHttp`: a
   * `Message`, once for each `Idempotency-Key`.
   */
  roomMessages: '/api/rooms/{roomId}/messages',
  /** GET: a `MemberPage`, by the query `search`, `after` and `limit`. */
  roomMembers: '/api/rooms/{roomId}/members',
  /** GET: messages of the caller's rooms, as `ChatHub.Search`: `?text=`, and more of `SearchMessages`. */
  search: '/api/search',
  /** GET: the description of all this, in OpenAPI 3.1. */
  openApi: '/openapi/v1.json',
  /** GET `ServerInfo`: what a sign-in page must know before anyone is signed in. */
  info: '/api/info',
} as const;

/** Kinds of `AuditEntry`. */
export type AuditAct =
  /** An act of a newer server. */
  | 'unknown'
  /** Made the room. */
  | 'room_created'
  /** Changed its name, topic or rules. */
  | 'room_updated'
  /** Made it for reading only. */
  | 'room_archived'
  /** Made it a room to write in again. */
  | 'room_unarchived'
  /** Deleted it. */
  | 'room_deleted'
  /** Gave a role. */
  | 'role_changed'
  /** Took somebody out. */
  | 'kicked'
  /** Banned somebody. */
  | 'banned'
  /** Lifted a ban. */
  | 'unbanned'
  /** Muted somebody. */
  | 'muted'
  /** Let somebody write again. */
  | 'unmuted'
  /** Invited somebody. */
  | 'invited'
  /** Took an invitation back. */
  | 'invitation_revoked'
  /** Made an invite link. */
  | 'link_created'
  /** Ended an invite link. */
  | 'link_revoked'
  /** Deleted a message of somebody else. */
  | 'message_deleted'
  /** Pinned a message. */
  | 'pinned'
  /** Took a pin off. */
  | 'unpinned'
  /** Made a webhook. */
  | 'webhook_created'
  /** Deleted a webhook. */
  | 'webhook_deleted';

/** What a bot may do. */
export type BotScope =
  /** A scope of a newer server. */
  | 'unknown'
  /** Reads rooms, messages, members and presence. */
  | 'read'
  /** Comes into rooms and leaves them, posts and changes messages. */
  | 'write'
  /** Makes and changes rooms, members, invites and webhooks, as far as its role in the room goes. */
  | 'manage'
  /** Uploads files. */
  | 'upload';

/** Reasons of `Closing`. */
export type CloseCode =
  /** A reason of a newer server. */
  | 'unknown'
  /** A frame that is not of the protocol. The client must not send that frame again. */
  | 'malformed_frame'
  /** A frame above its limit. The client must not send that frame again. */
  | 'frame_too_large'
  /** The client's contract version is not spoken here. */
  | 'unsupported_version'
  /** The token has run out. */
  | 'sign_in_expired'
  /** The session was revoked. */
  | 'session_revoked'
  /** The user is banned from the server. */
  | 'banned'
  /** The client read too slowly and more than its budget was waiting. */
  | 'too_slow'
  /** The node stops. */
  | 'draining';

/** Why a request was refused. A code that a client does not know reads as `'unknown'`. */
export type ErrorCode =
  /** A code of a newer server. */
  | 'unknown'
  /** The request breaks a rule of form; its message names the field. */
  | 'invalid'
  /** There is no such hub method. */
  | 'unknown_method'
  /** `ChatHub.Connect` comes first on a connection. */
  | 'connect_first'
  /** The client's contract version is not spoken here. */
  | 'unsupported_version'
  /** No sign-in, or one that has ended. */
  | 'unauthenticated'
  /** The caller may not do this. */
  | 'forbidden'
  /** No such room, message or user, or none that the caller may know of. */
  | 'not_found'
  /** The caller is not a member of the room. */
  | 'not_a_member'
  /** All seats of the room are taken. */
  | 'room_full'
  /** The room's password is another, or name and password of an account do not go together. */
  | 'wrong_password'
  /** The caller is muted in the room for a while. */
  | 'muted'
  /** The caller is banned from the room. */
  | 'banned'
  /** The name belongs to another room or account. */
  | 'name_taken'
  /** The request is larger than its limit; the connection stays. */
  | 'too_large'
  /** Too many of these from this caller; see `WireError.retryAfterMs`. */
  | 'rate_limited'
  /** The id was used before, for something else. */
  | 'conflict'
  /** The server cannot do it now (store away or too much waiting); see `WireError.retryAfterMs`. */
  | 'unavailable'
  /** Unexpected; see `WireError.incidentId`. */
  | 'internal';

/** What a member may do. */
export type MemberRole =
  /** A role of a newer server. */
  | 'unknown'
  /** Reads and writes. */
  | 'member'
  /** Keeps order. */
  | 'moderator'
  /** Decides everything. */
  | 'owner';

/** Whether a member is in the room. */
export type MemberState =
  /** A state of a newer server. */
  | 'unknown'
  /** In the room. */
  | 'active'
  /** Left by own choice. */
  | 'left'
  /** Taken out; may come back. */
  | 'kicked'
  /** Taken out; may not come back before `Member.bannedUntil`. */
  | 'banned'
  /** Not in the room yet, but may come in without its password, and into a private one. */
  | 'invited';

/** What a message is made of. */
export type MessageKind =
  /** A kind of a newer server. */
  | 'unknown'
  /** Words. */
  | 'text'
  /** Pictures, and perhaps words. */
  | 'image'
  /** Files, and perhaps words. */
  | 'file'
  /** Something that happened in the room. */
  | 'system';

/** Kinds of `Notice`. */
export type NoticeKind =
  /** A kind of a newer server. */
  | 'unknown'
  /** A greeting after the first sign-in. */
  | 'welcome'
  /** From an administrator to everyone. */
  | 'announcement';

/** Whether somebody is here. */
export type PresenceStatus =
  /** A status of a newer server. */
  | 'unknown'
  /** No connection, for at least 5 s. */
  | 'offline'
  /** Connected, but not looking. */
  | 'away'
  /** Connected, but not to be disturbed. */
  | 'do_not_disturb'
  /** Connected. */
  | 'online';

/** Whether and how to come back after a `Closing`. */
export type ReconnectAdvice =
  /** An advice of a newer server: come back with back-off. */
  | 'unknown'
  /** At once. */
  | 'now'
  /** After the back-off, or after `Closing.retryAfterMs`. */
  | 'later'
  /** At another node. */
  | 'elsewhere'
  /** After a new sign-in. */
  | 'after_sign_in'
  /** Not at all. */
  | 'never';

/** Who can find a room and come in. */
export type RoomKind =
  /** A kind of a newer server. */
  | 'unknown'
  /** Listed for all, open for all. */
  | 'public'
  /** Seen by its members only. */
  | 'private'
  /** Between two people, or up to ten. */
  | 'direct';

/** How far a streamed message is. */
export type StreamState =
  /** A state of a newer server. */
  | 'unknown'
  /** Still being written. */
  | 'open'
  /** Written to its end. */
  | 'complete'
  /** Its writer was lost. */
  | 'cut_off';

/** Kinds of `SystemEvent`. */
export type SystemEventKind =
  /** An event of a newer server. */
  | 'unknown'
  /** The room was made: its first message. */
  | 'welcome'
  /** Somebody joined. */
  | 'joined'
  /** Somebody left. */
  | 'left'
  /** Somebody was taken out. */
  | 'kicked'
  /** Somebody was banned. */
  | 'banned'
  /** Somebody's ban was lifted. */
  | 'unbanned'
  /** Somebody was muted. */
  | 'muted'
  /** Somebody may write again. */
  | 'unmuted'
  /** Somebody has another role. */
  | 'role_changed'
  /** The room has another name. */
  | 'renamed'
  /** The room has another topic. */
  | 'topic_changed'
  /** A message was pinned. */
  | 'pinned'
  /** The room is for reading only. */
  | 'archived'
  /** The room can be written in again. */
  | 'unarchived'
  /** Other rules: password, seats, who can find it, whether it is temporary; the value says which, in English. */
  | 'rules_changed';

/** How a user signs in. */
export type UserKind =
  /** A kind of a newer server. */
  | 'unknown'
  /** By a name only. */
  | 'guest'
  /** By name and password. */
  | 'account'
  /** By a token of the embedding product. */
  | 'external'
  /** A program. */
  | 'bot';

/** What an outgoing webhook tells. */
export type WebhookEvent =
  /** An event of a newer server. */
  | 'unknown'
  /** A message was posted. */
  | 'message_posted'
  /** A message was edited, reacted to or pinned. */
  | 'message_changed'
  /** A message was deleted. */
  | 'message_deleted'
  /** A member came, went, or has another role. */
  | 'member_changed'
  /** The room's name, topic or rules changed. */
  | 'room_changed';

/** How an outgoing webhook goes. */
export type WebhookState =
  /** A state of a newer server. */
  | 'unknown'
  /** What happens gets through. */
  | 'active'
  /** The last try failed; it is tried again with back-off. */
  | 'retrying'
  /** Nothing got through for a day: events wait until `ChatHub.ResumeWebhook`. */
  | 'parked';

/** Signs in to an account. */
export interface AccountSignIn {
  /** The account's name, in any case. */
  readonly name: string;
  /** Its password. */
  readonly password: string;
}

/** A file that belongs to a message. */
export interface Attachment {
  /** The attachment. */
  readonly id: Guid;
  /** Its file name, without a path. */
  readonly name: string;
  /** Its media type, found from its content. */
  readonly mediaType: string;
  /** Its size in bytes. */
  readonly size: number;
  /** Pixels across; null for what is not an image. */
  readonly width: number | null;
  /** Pixels down; null for what is not an image. */
  readonly height: number | null;
  /** Whether a thumbnail can be had, in JPEG or PNG, at most 480 pixels across and down. */
  readonly hasThumbnail: boolean;
}

/** Something that was done with power. */
export interface AuditEntry {
  /** Grows with time. */
  readonly id: number;
  /** The room. */
  readonly roomId: Guid;
  /** When. */
  readonly at: Moment;
  /** Who; null for the server itself. */
  readonly actorId: Guid | null;
  /** The actor's name then; empty for the server itself. */
  readonly actorName: string;
  /** What. */
  readonly act: AuditAct;
  /** To whom; null where that is nobody. */
  readonly subjectId: Guid | null;
  /** The subject's name then; empty where that is nobody. */
  readonly subjectName: string;
  /** The new value, the reason or the seq of a message; may be empty. */
  readonly detail: string;
}

/** Some entries, newest first. */
export interface AuditPage {
  /** The entries. */
  readonly entries: readonly AuditEntry[];
  /** Whether there are older ones. */
  readonly hasOlder: boolean;
}

/** Takes somebody out of a room, or keeps out who is not in it, for a time. */
export interface BanMember {
  /** The room. */
  readonly roomId: Guid;
  /** The user. */
  readonly userId: Guid;
  /** For how many seconds, 1 to 315,360,000 (10 years); null for ever. */
  readonly seconds?: number | null;
  /** Why, for people to read; at most 200 characters, null for nothing. */
  readonly reason?: string | null;
}

/** A program that signs in by a token. In rooms it is a member like others. */
export interface Bot {
  /** The user that it is. */
  readonly user: User;
  /** What it may do. */
  readonly scopes: readonly BotScope[];
  /** Which administrator made it. */
  readonly createdBy: Guid;
  /** When. */
  readonly createdAt: Moment;
}

/** The bots of a server. */
export interface BotList {
  /** By name. */
  readonly bots: readonly Bot[];
}

/** Signs a bot in. */
export interface BotSignIn {
  /** The bot's token. */
  readonly token: string;
}

/** A bot with a new token. The one before, if there was one, is worth nothing any more. */
export interface BotToken {
  /** The bot. */
  readonly bot: Bot;
  /** What `ChatPaths.botSignIn` takes. Told once: the server keeps its hash only. */
  readonly token: string;
}

/** Why the server closes a connection. */
export interface Closing {
  /** The reason. */
  readonly code: CloseCode;
  /** Whether and how to come back. */
  readonly reconnect: ReconnectAdvice;
  /** When to come back, in milliseconds from now; null for the client's own back-off. */
  readonly retryAfterMs: number | null;
  /** Words for people, in English. */
  readonly message: string;
}

/** The first words of a connection. */
export interface Connect {
  /** `ChatContract.version` of the client. */
  readonly contractVersion: number;
  /** What the client is, for lists of devices: "Chat.Web 1.0 on Firefox"; at most 200 characters, may be empty. */
  readonly client?: string;
  /** The epoch the known versions belong to; empty on the first connection. */
  readonly epoch?: string;
  /** The rooms the client holds, with the versions up to which it knows all; at most `Connect.mostKnown`. */
  readonly known?: readonly RoomHead[];
}

/** The answer to `Connect`. */
export interface Connected {
  /** Who the caller is. */
  readonly user: User;
  /** Names the life of the store; see `RoomSync.epoch`. */
  readonly epoch: string;
  /** The server's clock. */
  readonly serverTime: Moment;
  /** The rooms the caller is a member of. A known room that is not among them is no longer the caller's. */
  readonly rooms: readonly MyRoom[];
  /** Rooms that the caller is invited to, the latest 100. */
  readonly invitations: readonly Invitation[];
  /** Why known rooms are no longer the caller's: those that were deleted. */
  readonly deleted: readonly RoomDeleted[];
  /** Why known rooms are no longer the caller's: its memberships that have ended (left, kicked, banned). */
  readonly ended: readonly Member[];
  /** The session of this connection. */
  readonly sessionId: Guid;
  /** The limits a client should know before it runs into them. */
  readonly limits: ServerLimits;
}

/** Makes an account. */
export interface CreateAccount {
  /** 1 to 40 characters, not taken. */
  readonly name: string;
  /** 8 to 256 characters. */
  readonly password: string;
}

/** Makes a bot. */
export interface CreateBot {
  /** 1 to 40 characters, not taken. */
  readonly name: string;
  /** What it may do; at least one. */
  readonly scopes: readonly BotScope[];
}

/** Makes an address at which other programs post into a room. */
export interface CreateIncomingWebhook {
  /** The room. */
  readonly roomId: Guid;
  /** Made by the client before its first try and kept over repeats. */
  readonly webhookId: Guid;
  /** The name its messages carry, 1 to 40 characters. */
  readonly name: string;
}

/** Makes a link that lets people into a room without its password, also into a private one. */
export interface CreateInviteLink {
  /** The room. */
  readonly roomId: Guid;
  /** Made by the client before its first try and kept over repeats. */
  readonly linkId: Guid;
  /** For how many seconds it is good, 60 to 31,536,000 (a year); null for 7 days. */
  readonly seconds?: number | null;
  /** How many people may come by it, 1 to 10,000; null for any number. */
  readonly maxUses?: number | null;
}

/** Has the events of a room posted to an address. */
export interface CreateOutgoingWebhook {
  /** The room. */
  readonly roomId: Guid;
  /** Made by the client before its first try and kept over repeats. */
  readonly webhookId: Guid;
  /**
   * Where to, http or https, at most 500 characters. Not an address of a private network unless the server allows
   * it.
   */
  readonly url: string;
  /** Which events; empty for all. */
  readonly events?: readonly WebhookEvent[];
}

/** Makes a room. */
export interface CreateRoom {
  /** Made by the client before its first try and kept over repeats: a repeat answers the first room. */
  readonly roomId: Guid;
  /** 1 to 80 characters. */
  readonly name: string;
  /** Public or private. */
  readonly kind?: RoomKind;
  /** At most 500 characters; null for none. */
  readonly topic?: string | null;
  /** What joining shall ask for, 1 to 100 characters; null for nothing. */
  readonly password?: string | null;
  /** How many members it shall hold, 1 to 100,000; null without limit. */
  readonly seatLimit?: number | null;
  /** Whether it shall go when nobody has been a member for 5 minutes. */
  readonly isTemporary?: boolean;
}

/** Turns an invitation down. */
export interface DeclineInvitation {
  /** The room. */
  readonly roomId: Guid;
}

/** Deletes a room with all that is in it. */
export interface DeleteRoom {
  /** The room. */
  readonly roomId: Guid;
  /** Why, for its members to read; at most 200 characters, null for nothing. */
  readonly reason?: string | null;
}

/** The node stops soon. */
export interface Draining {
  /** When this client should connect again, in milliseconds from now. */
  readonly reconnectAfterMs: number;
}

/** Gives a message of the caller another text. What it said before is kept. */
export interface EditMessage {
  /** The room. */
  readonly roomId: Guid;
  /** The message. */
  readonly seq: number;
  /** As in `SendMessage.text`. */
  readonly text: string;
}

/** What a message said for a while. */
export interface EditedText {
  /** The text. */
  readonly text: string;
  /** Since when it said so. */
  readonly since: Moment;
}

/** What a message said, from first to last. */
export interface Edits {
  /** The texts, oldest first; the last is the present one. At most 100, the latest. */
  readonly texts: readonly EditedText[];
}

/** Looks for people by name. */
export interface FindPeople {
  /** The beginning of a name, in any case; empty for all. */
  readonly name: string;
  /** From the last page's `PeoplePage.next`; null for the first. */
  readonly after?: string | null;
  /** People a page, 1 to 100; null for 50. */
  readonly limit?: number | null;
}

/** Asks for messages by `Message.seq`. With none of the three positions: the latest. */
export interface GetHistory {
  /** The room. */
  readonly roomId: Guid;
  /** Only what is in the thread of this message, itself not counted; null for what is in no thread. */
  readonly threadSeq?: number | null;
  /** Only messages below this one, nearest first taken. */
  readonly beforeSeq?: number | null;
  /** Only messages above this one, nearest first taken. */
  readonly afterSeq?: number | null;
  /** This message with as many below it as above it. */
  readonly aroundSeq?: number | null;
  /** Messages a page, 1 to 200; null for 50. A page may be shorter where texts are long (256 KB of JSON a page). */
  readonly limit?: number | null;
}

/** Asks for one room. */
export interface GetRoom {
  /** The room. */
  readonly roomId: Guid;
}

/** Asks for the data of the caller's session. */
export interface GetSessionData {
  /** Only the entries with these keys; empty for all. */
  readonly keys?: readonly string[];
}

/** Signs in by a name only. A taken name gets a suffix: "Ann" becomes "Ann 2". */
export interface GuestSignIn {
  /** 1 to 40 characters. */
  readonly name: string;
}

/** The heads of some rooms. */
export interface Heads {
  /** The rooms that changed lately. */
  readonly rooms: readonly RoomHead[];
}

/** Some messages of a room, oldest first. */
export interface History {
  /** The room. */
  readonly roomId: Guid;
  /** The messages, by `Message.seq`. */
  readonly messages: readonly Message[];
  /** Whether there are messages below the first of these. */
  readonly hasOlder: boolean;
  /** Whether there are messages above the last of these. */
  readonly hasNewer: boolean;
}

/** An address at which other programs post into a room. */
export interface IncomingWebhook {
  /** The webhook. */
  readonly id: Guid;
  /** The room. */
  readonly roomId: Guid;
  /** The name its messages carry. */
  readonly name: string;
  /**
   * Where to POST `PostByWebhook`, below the address of the server. It holds the secret, and is told once: in the
   * answer to `ChatHub.CreateIncomingWebhook`; empty elsewhere.
   */
  readonly path: string;
  /** Who made it. */
  readonly createdBy: Guid;
  /** When. */
  readonly createdAt: Moment;
}

/** A room that the caller is invited to: `ChatHub.JoinRoom` takes it, `ChatHub.DeclineInvitation` does not. */
export interface Invitation {
  /** The room, and how many are in it. */
  readonly room: RoomSummary;
  /** Who invited. */
  readonly invitedBy: Guid;
  /** Its name. */
  readonly invitedByName: string;
}

/** An invitation that is no more: taken, turned down or taken back. */
export interface InvitationEnded {
  /** The room. */
  readonly roomId: Guid;
}

/** A link that lets people in. */
export interface InviteLink {
  /** The link. */
  readonly id: Guid;
  /** The room. */
  readonly roomId: Guid;
  /** What `JoinRoom.inviteCode` takes; the page takes it as "#/invite/CODE". */
  readonly code: string;
  /** Who made it. */
  readonly createdBy: Guid;
  /** When. */
  readonly createdAt: Moment;
  /** Until when it is good. */
  readonly expiresAt: Moment;
  /** How many people may come by it; null for any number. */
  readonly maxUses: number | null;
  /** How many people have come by it. */
  readonly uses: number;
}

/** The links of a room that are still good. */
export interface InviteLinkList {
  /** The links, the latest first. */
  readonly links: readonly InviteLink[];
}

/** Joins a room. */
export interface JoinRoom {
  /** The room. */
  readonly roomId: Guid;
  /** Where `Room.hasPassword`, unless one is invited; null for none. */
  readonly password?: string | null;
  /** The code of an invite link, which opens private rooms and stands for the password; null without one. */
  readonly inviteCode?: string | null;
}

/** Takes a member out of a room. It may come back where it could come in before. */
export interface KickMember {
  /** The room. */
  readonly roomId: Guid;
  /** The member. */
  readonly userId: Guid;
  /** Why, for people to read; at most 200 characters, null for nothing. */
  readonly reason?: string | null;
}

/** Leaves a room. */
export interface LeaveRoom {
  /** The room. */
  readonly roomId: Guid;
}

/** Asks who did what to whom in a room; for moderators. */
export interface ListAudit {
  /** The room. */
  readonly roomId: Guid;
  /** Only entries below this `AuditEntry.id`; null for the latest. */
  readonly before?: number | null;
  /** Entries a page, 1 to 200; null for 50. */
  readonly limit?: number | null;
}

/** Asks for the links of a room that are still good. */
export interface ListInviteLinks {
  /** The room. */
  readonly roomId: Guid;
}

/** Asks for a page of members. */
export interface ListMembers {
  /** The room. */
  readonly roomId: Guid;
  /** Whom: active by default; who is banned or invited is for moderators to see. */
  readonly state?: MemberState;
  /** Part of a name, in any case; null for all. */
  readonly search?: string | null;
  /** From the last page's `MemberPage.next`; null for the first. */
  readonly after?: string | null;
  /** Members a page, 1 to 200; null for 100. */
  readonly limit?: number | null;
}

/** Asks for what is pinned in a room. */
export interface ListPins {
  /** The room. */
  readonly roomId: Guid;
}

/** Asks how far the members of a room have read. */
export interface ListReaders {
  /** A room of up to 50 members. */
  readonly roomId: Guid;
}

/** Asks for a page of rooms. */
export interface ListRooms {
  /** Part of a name or topic, in any case; null for all. */
  readonly search?: string | null;
  /** From the last page's `RoomPage.next`; null for the first. */
  readonly after?: string | null;
  /** Rooms a page, 1 to 100; null for 50. */
  readonly limit?: number | null;
}

/** Asks for the sessions of the caller. */
export interface ListSessions {
  /** At most how many, 1 to 100; null for 50. */
  readonly limit?: number | null;
}

/** Asks for the webhooks of a room. */
export interface ListWebhooks {
  /** The room. */
  readonly roomId: Guid;
}

/** Asks where a link leads. */
export interface LookAtInvite {
  /** The code. */
  readonly code: string;
}

/** Moves the caller's read marker. */
export interface MarkRead {
  /** The room. */
  readonly roomId: Guid;
  /** The last message that was read. */
  readonly seq: number;
}

/** A person's place in a room. Whoever left stays as a record with another `Member.state`. */
export interface Member extends RoomRecord {
  /** The user. */
  readonly userId: Guid;
  /** The user's name. */
  readonly name: string;
  /** How the user signs in. */
  readonly userKind: UserKind;
  /** What the user may do here. */
  readonly role: MemberRole;
  /** Whether the user is in the room. */
  readonly state: MemberState;
  /** Since when; the latest time, if more than once. */
  readonly joinedAt: Moment;
  /** When the user left or was taken out; null while in. */
  readonly leftAt: Moment | null;
  /** Until when the user cannot post; null when it can. */
  readonly mutedUntil: Moment | null;
  /** Until when a banned user stays out; null for ever, or when not banned. */
  readonly bannedUntil: Moment | null;
  /** Why the user was taken out, banned or muted, for people to read; empty for no reason given. */
  readonly reason: string;
  /** Who invited the user; null for nobody. */
  readonly invitedBy: Guid | null;
}

/** Some members of a room, by name, with their presence. */
export interface MemberPage {
  /** The members. */
  readonly members: readonly Member[];
  /**
   * The presence of those of `MemberPage.members` who are not offline, and of the others what there is to tell: a
   * text, or when they were here last.
   */
  readonly presence: readonly UserPresence[];
  /** How many people are members. */
  readonly memberCount: number;
  /** How many of them are not offline. */
  readonly onlineCount: number;
  /** What to ask for the next page with; null at the end. */
  readonly next: string | null;
}

/** Somebody of a room whom something is done to. */
export interface MemberReference {
  /** The room. */
  readonly roomId: Guid;
  /** The user. */
  readonly userId: Guid;
}

/** Somebody, or everybody, called by a message. */
export interface Mention {
  /** Who; null for the whole room. */
  readonly userId: Guid | null;
  /** The name as written, without the @. */
  readonly name: string;
}

/** A message as the members of its room see it. A deleted one stays as a record without content. */
export interface Message extends RoomRecord {
  /** The message. */
  readonly id: Guid;
  /** The room's change number at posting. Order, paging and unread counts go by it, never by a clock. */
  readonly seq: number;
  /** What it is made of. */
  readonly kind: MessageKind;
  /** Who posted it; null for the room itself. */
  readonly authorId: Guid | null;
  /** The author's name at posting; empty for the room itself. */
  readonly authorName: string;
  /** The id the author's client gave it; null for messages of kind `'system'`. */
  readonly clientMessageId: Guid | null;
  /**
   * Markdown subset, at most 16 KB of UTF-8. For system messages what to show when `Message.system` is not
   * understood.
   */
  readonly text: string;
  /** What happened, for messages of kind `'system'`. */
  readonly system: SystemEvent | null;
  /** The message this one answers; null for none. */
  readonly replyToSeq: number | null;
  /** The message whose thread this one is in; null outside threads. */
  readonly threadSeq: number | null;
  /** How many messages are in the thread of this one. */
  readonly replyCount: number;
  /** When the last of them was posted; null without any. */
  readonly lastReplyAt: Moment | null;
  /** Who is called by it. */
  readonly mentions: readonly Mention[];
  /** Files that belong to it. */
  readonly attachments: readonly Attachment[];
  /** Who reacted, by emoji, in order of first use. */
  readonly reactions: readonly Reaction[];
  /** When it was pinned; null when it is not. */
  readonly pinnedAt: Moment | null;
  /** Where it was forwarded from; null when it was not. */
  readonly forwardedFrom: MessageReference | null;
  /** Whether it was written while being sent, and how that ended; null for ordinary messages. */
  readonly stream: StreamState | null;
  /** When it was posted, by the server's clock. */
  readonly createdAt: Moment;
  /** When it was last edited; null when it was not. */
  readonly editedAt: Moment | null;
  /** When it was deleted; null when it was not. */
  readonly deletedAt: Moment | null;
  /** Who deleted it; null when nobody did. */
  readonly deletedBy: Guid | null;
}

/** Some messages. */
export interface MessageList {
  /** The messages, by `Message.seq`. */
  readonly messages: readonly Message[];
}

/** Where a message is. */
export interface MessagePlace {
  /** The room. */
  readonly roomId: Guid;
  /** The message's `Message.seq` there. */
  readonly seq: number;
}

/** Where a message is. */
export interface MessageReference {
  /** The room. */
  readonly roomId: Guid;
  /** The message's `Message.seq` there. */
  readonly seq: number;
  /** The author's name there. */
  readonly authorName: string;
}

/** Keeps a member from writing for a time. */
export interface MuteMember {
  /** The room. */
  readonly roomId: Guid;
  /** The member. */
  readonly userId: Guid;
  /** For how many seconds, 1 to 315,360,000 (10 years); 0 to let it write again. */
  readonly seconds: number;
  /** Why, for people to read; at most 200 characters, null for nothing. */
  readonly reason?: string | null;
}

/** A room of mine. */
export interface MyRoom {
  /** The room. */
  readonly room: Room;
  /** My place in it. */
  readonly membership: Member;
  /** The room's highest version. */
  readonly head: number;
  /** How many people are members. */
  readonly memberCount: number;
  /** How far I have read. */
  readonly readSeq: number;
  /**
   * Messages of others above that, counted up to 1,000; system messages, deleted ones and those in threads not
   * counted.
   */
  readonly unread: number;
  /** Messages of others above that which call me, in threads too, counted up to 1,000. */
  readonly unreadMentions: number;
  /**
   * What changed since the version the client knows. Null for a room it did not name, for one where nothing
   * changed, and where one answer cannot hold all of it: then `MyRoom.head` is above what the client knows and it
   * calls `ChatHub.Sync` for the room.
   */
  readonly sync: RoomSync | null;
}

/** Something to show once. */
export interface Notice {
  /** What about. */
  readonly kind: NoticeKind;
  /** Words for people, in English. */
  readonly text: string;
  /** The room it belongs to; null for none. */
  readonly roomId: Guid | null;
}

/** Opens the direct room between the caller and others: always the same one for the same people. */
export interface OpenDirect {
  /** The others, 1 to 9; empty for notes to oneself. */
  readonly userIds: readonly Guid[];
}

/** An address that is told what happens in a room, in order, signed, and again until it has answered 2xx. */
export interface OutgoingWebhook {
  /** The webhook. */
  readonly id: Guid;
  /** The room. */
  readonly roomId: Guid;
  /** Where to. */
  readonly url: string;
  /** Which events; empty for all. */
  readonly events: readonly WebhookEvent[];
  /**
   * What signs its requests (HMAC-SHA256), told once: in the answer to `ChatHub.CreateOutgoingWebhook`; empty
   * elsewhere.
   */
  readonly secret: string;
  /** How it goes. */
  readonly state: WebhookState;
  /** Since when nothing gets through; null while it does. */
  readonly failingSince: Moment | null;
  /** What went wrong last, for people; empty while nothing does. */
  readonly lastError: string;
  /** Events that wait. */
  readonly waiting: number;
  /** Who made it. */
  readonly createdBy: Guid;
  /** When. */
  readonly createdAt: Moment;
}

/** Some people, by name. */
export interface PeoplePage {
  /** The people. */
  readonly people: readonly User[];
  /** The presence of each of them, in the same order. */
  readonly presence: readonly UserPresence[];
  /** What to ask for the next page with; null at the end. */
  readonly next: string | null;
}

/** Measures the round trip. */
export interface Ping {
  /** What the client measured last, in milliseconds; null before the first. */
  readonly lastRoundTripMs?: number | null;
}

/** The answer to `Ping`. */
export interface Pong {
  /** The server's clock. */
  readonly serverTime: Moment;
}

/** A message that is posted over plain HTTP. */
export interface PostByHttp {
  /** As in `SendMessage.text`. */
  readonly text: string;
  /** The message this one answers; null for none. */
  readonly replyToSeq: number | null;
  /** The message whose thread this one goes into; null for the room itself. */
  readonly threadSeq: number | null;
}

/** What a program posts into a room, as JSON. With the header `Idempotency-Key` a repeat posts nothing more. */
export interface PostByWebhook {
  /** As in `SendMessage.text`. */
  readonly text: string;
}

/** A change of presence in a room. */
export interface PresenceNotice {
  /** The room. */
  readonly roomId: Guid;
  /** Who changed; null in rooms above 200 people, where only the count is told. */
  readonly user: UserPresence | null;
  /** How many of the room's members are not offline. */
  readonly onlineCount: number;
}

/** An emoji and who set it. */
export interface Reaction {
  /** The emoji. */
  readonly emoji: string;
  /** Who, in the order they did. */
  readonly userIds: readonly Guid[];
}

/** How far somebody has read in a room. */
export interface ReadMarker {
  /** The room. */
  readonly roomId: Guid;
  /** The user. */
  readonly userId: Guid;
  /** All messages up to this `Message.seq` are read. */
  readonly seq: number;
  /** How many messages of others are above it; system messages, deleted ones and those in threads not counted. */
  readonly unread: number;
  /** How many messages of others above it call the user, in threads too. */
  readonly unreadMentions: number;
  /** The room's highest version when these were counted: what is above it is to be counted on. */
  readonly head: number;
}

/** How far a member has read, for the others to see; told in rooms of up to 50 members. */
export interface Reader {
  /** The room. */
  readonly roomId: Guid;
  /** The member. */
  readonly userId: Guid;
  /** All messages up to this `Message.seq` are read. */
  readonly seq: number;
}

/** How far the members of a room have read. */
export interface ReaderList {
  /** One for each member; empty in rooms above 50. */
  readonly readers: readonly Reader[];
}

/** Asks for a new access token. */
export interface RenewSignIn {
  /** The `SignedIn.refreshToken` of the last answer. */
  readonly refreshToken: string;
}

/** The answer to a request that has no result of its own: done, or refused with an `Reply.error`. */
export interface Reply {
  /** Why the request was refused; null when it was done. */
  readonly error: WireError | null;
}

/** The answer to a request: a result, or an `ReplyOf.error`, never both. */
export interface ReplyOf<T> extends Reply {
  /** The result; null when the request was refused. */
  readonly result: T | null;
}

/** Ends a link. */
export interface RevokeInviteLink {
  /** The room. */
  readonly roomId: Guid;
  /** The link. */
  readonly linkId: Guid;
}

/** Ends a session of the caller, or all but this one, and closes their connections. */
export interface RevokeSessions {
  /** The session, which may be the caller's own (signing out); null for all but the caller's own. */
  readonly sessionId?: Guid | null;
}

/** A room as its members see it. */
export interface Room extends RoomRecord {
  /** Who can find it and come in. */
  readonly kind: RoomKind;
  /** 1 to 80 characters, unique among public rooms whatever the case; empty for direct rooms. */
  readonly name: string;
  /** What it is about, at most 500 characters; may be empty. */
  readonly topic: string;
  /** Who made it; null for the rooms of a fresh server. */
  readonly createdBy: Guid | null;
  /** When it was made. */
  readonly createdAt: Moment;
  /** Whether joining asks for a password. */
  readonly hasPassword: boolean;
  /** How many members it holds; null without limit. */
  readonly seatLimit: number | null;
  /** Whether it goes when it has been empty for 5 minutes. */
  readonly isTemporary: boolean;
  /** Since when it is kept for reading only; null while it lives. */
  readonly archivedAt: Moment | null;
  /** Direct rooms: the 1 to 10 people it is between, for ever the same. Empty for other rooms. */
  readonly between: readonly Guid[];
  /** When it was deleted; null while it is there. Clients hear it as `ChatClient.RoomDeleted`. */
  readonly deletedAt: Moment | null;
  /** Why it was deleted, for people to read; null while it is there. */
  readonly deletedReason: string | null;
}

/** A room is gone. */
export interface RoomDeleted {
  /** The room. */
  readonly roomId: Guid;
  /** Why, for people to read; may be empty. */
  readonly reason: string;
}

/** What one gets on coming into a room. */
export interface RoomEntry {
  /** The caller's place in the room. */
  readonly mine: MyRoom;
  /** The room as it is now, with its last messages; always a `RoomSync.reset`. */
  readonly snapshot: RoomSync;
}

/** The highest version of a room. */
export interface RoomHead {
  /** The room. */
  readonly roomId: Guid;
  /** Its highest version. */
  readonly head: number;
}

/** Some rooms, by name. */
export interface RoomPage {
  /** The rooms. */
  readonly rooms: readonly RoomSummary[];
  /** What to ask for the next page with; null at the end. */
  readonly next: string | null;
}

/**
 * One of the three records that make up what a member sees of a room: `Room`, `Member`, `Message`. Every durable
 * change of a room takes exactly the next number of that room's one counter.
 */
export interface RoomRecord {
  /** The room. */
  readonly roomId: Guid;
  /** The room's change number when this record last changed; from 1, without gaps over all records of a room. */
  readonly version: number;
}

/** A room in a list, for those who are not in it. */
export interface RoomSummary {
  /** The room. */
  readonly room: Room;
  /** How many people are members. */
  readonly memberCount: number;
  /** Whether the caller is one. */
  readonly isMember: boolean;
}

/**
 * Every record of a room with a version above the asked one; or, with `RoomSync.reset`, the room afresh: the
 * client forgets what it holds of the room and takes this for it. Never a part of the changes that looks whole.
 */
export interface RoomSync {
  /** The room. */
  readonly roomId: Guid;
  /** Names the life of the store; another after a backup was restored. */
  readonly epoch: string;
  /** The room's highest version: with this answer the client knows all up to it. */
  readonly head: number;
  /** Whether this is the room afresh: more than 500 records changed, or another epoch, or below what is kept. */
  readonly reset: boolean;
  /** The room, if it changed or with `RoomSync.reset`. */
  readonly room: Room | null;
  /** The members that changed; with `RoomSync.reset` the first 200 by name. */
  readonly members: readonly Member[];
  /**
   * The messages that changed, threads and all, by `Message.seq`; with `RoomSync.reset` the last 50 that are in no
   * thread.
   */
  readonly messages: readonly Message[];
  /** With `RoomSync.reset`: whether there are messages below the first of these. */
  readonly hasOlder: boolean;
  /** How many people are members. */
  readonly memberCount: number;
}

/** A message that was looked for, with what was said around it. */
export interface SearchHit {
  /** The message. */
  readonly message: Message;
  /** The one before it in its room or thread; null for none. */
  readonly before: Message | null;
  /** The one after it in its room or thread; null for none. */
  readonly after: Message | null;
}

/**
 * Looks for messages that have all the words: a word is found by its beginning, whatever the case; Chinese,
 * Japanese and Korean text anywhere, from one character on.
 */
export interface SearchMessages {
  /** Words, at most 200 characters; may be empty with `SearchMessages.mentionsMe`. */
  readonly text: string;
  /** In this room; null for all rooms of the caller. */
  readonly roomId?: Guid | null;
  /** Only what this user has written; null for everybody. */
  readonly authorId?: Guid | null;
  /** Only what calls the caller. */
  readonly mentionsMe?: boolean;
  /** From the last page's `SearchPage.next`; null for the first. */
  readonly after?: string | null;
  /** Hits a page, 1 to 50; null for 20. */
  readonly limit?: number | null;
}

/** Some hits, newest first. */
export interface SearchPage {
  /** The hits. */
  readonly hits: readonly SearchHit[];
  /** What to ask for the next page with; null at the end. */
  readonly next: string | null;
}

/** Posts a message. */
export interface SendMessage {
  /** The room. */
  readonly roomId: Guid;
  /** Made by the client before its first try and kept over every repeat and restart. */
  readonly clientMessageId: Guid;
  /**
   * 1 byte to 16 KB of UTF-8, not only white space, no control characters but tab and line breaks. May be empty
   * with attachments; must be with `SendMessage.forward`. "@name" calls a member, "@room" everybody in the room.
   */
  readonly text: string;
  /** The message this one answers; null for none. */
  readonly replyToSeq?: number | null;
  /** The message whose thread this one goes into; null for the room itself. Threads have no threads. */
  readonly threadSeq?: number | null;
  /** Files that the caller has uploaded to the room and not used yet, at most 10. */
  readonly attachmentIds?: readonly Guid[];
  /** A message of a room of the caller, whose text and files this one repeats; null for none. */
  readonly forward?: MessagePlace | null;
}

/** Says that the caller is typing. */
export interface SendTyping {
  /** The room. */
  readonly roomId: Guid;
  /** False when the caller stopped without sending. */
  readonly isTyping?: boolean;
}

/** What a sign-in page must know. */
export interface ServerInfo {
  /** The contract version the server speaks. */
  readonly contractVersion: number;
  /** Whether one can come in by a name only. */
  readonly guestsAllowed: boolean;
  /** Whether one can make an account. */
  readonly accountsOpen: boolean;
}

/** Limits that a client should know before it runs into them. */
export interface ServerLimits {
  /** Bytes of UTF-8 in a message's text. */
  readonly messageTextBytes: number;
  /** Bytes in one hub frame from the client; a larger one closes the connection. */
  readonly frameBytes: number;
  /** Bytes of one attachment. */
  readonly attachmentBytes: number;
}

/** One sign-in on one device. It lasts 24 hours since it was used last. */
export interface Session {
  /** The session. */
  readonly id: Guid;
  /** What the client said it is: "Chat.Web 1.0 on Firefox"; may be empty. */
  readonly client: string;
  /** The address it was used from last. */
  readonly address: string;
  /** When it signed in. */
  readonly createdAt: Moment;
  /** When it was used last, to the minute. */
  readonly lastUsedAt: Moment;
  /** Whether the caller asks over this one. */
  readonly isCurrent: boolean;
}

/** What a client keeps with its session, for itself: at most 50 entries and 4 KB of UTF-8 in all. */
export interface SessionData {
  /** The entries, by key. */
  readonly entries: readonly SessionEntry[];
}

/** An entry of a session's data. */
export interface SessionEntry {
  /** 1 to 100 characters. */
  readonly key: string;
  /** Any text. In `SetSessionData`: empty takes the entry away. */
  readonly value: string;
}

/** The sessions of the caller, the one used last first. */
export interface SessionList {
  /** The sessions. */
  readonly sessions: readonly Session[];
}

/** A session was revoked. */
export interface SessionRevoked {
  /** The session. */
  readonly sessionId: Guid;
}

/** Pins a message, or takes it off. A room takes 100 pins. */
export interface SetPin {
  /** The room. */
  readonly roomId: Guid;
  /** The message. */
  readonly seq: number;
  /** Whether it shall be pinned. */
  readonly isPinned?: boolean;
}

/** Says how this connection's user wants to be seen: online, away or do-not-disturb. */
export interface SetPresence {
  /** Not `'offline'`. */
  readonly status: PresenceStatus;
}

/** Sets or takes back a reaction of the caller. */
export interface SetReaction {
  /** The room. */
  readonly roomId: Guid;
  /** The message. */
  readonly seq: number;
  /** One emoji. A message takes 20 different ones, and 1,000 reactions in all. */
  readonly emoji: string;
  /** Whether it shall be there. */
  readonly isSet?: boolean;
}

/** Gives a member another role. Given the role of owner, the caller becomes a moderator: a room has one owner. */
export interface SetRole {
  /** The room. */
  readonly roomId: Guid;
  /** The member. */
  readonly userId: Guid;
  /** The new role. */
  readonly role: MemberRole;
}

/** Writes entries of the session's data; the others stay. */
export interface SetSessionData {
  /** The entries. */
  readonly entries: readonly SessionEntry[];
}

/** Sets what the user says of itself, on all devices and over restarts. */
export interface SetStatusText {
  /** At most 100 characters, no line breaks; empty for nothing. */
  readonly text: string;
  /** For how many seconds, 1 to 31,536,000 (a year); null until it is set again. */
  readonly seconds?: number | null;
}

/** A sign-in that succeeded. */
export interface SignedIn {
  /** Who. */
  readonly user: User;
  /**
   * The bearer token: in the header `Authorization`, or in the query `access_token` where a WebSocket cannot set
   * one.
   */
  readonly accessToken: string;
  /** When the access token runs out. Renew before; a connection that is open stays open. */
  readonly expiresAt: Moment;
  /** The session: one sign-in on one device. */
  readonly sessionId: Guid;
  /**
   * What `ChatPaths.renewSignIn` takes, once: its answer has the next one. One that was used before revokes the
   * session. Empty for bots, whose token is their own.
   */
  readonly refreshToken: string;
}

/** A piece of a message that is still being written. */
export interface StreamChunk {
  /** The room. */
  readonly roomId: Guid;
  /** The message's `Message.seq`. */
  readonly seq: number;
  /** Where the piece begins, in UTF-16 code units from the beginning of the text. */
  readonly offset: number;
  /** The piece. */
  readonly text: string;
}

/** Ends an open message of the caller. */
export interface StreamEnd {
  /** The room. */
  readonly roomId: Guid;
  /** The message's `Message.seq`. */
  readonly seq: number;
  /** The whole length in UTF-16 code units: the server refuses with `'conflict'` when it has another. */
  readonly length: number;
  /** Whether the writer gives up: the message stays as cut off. */
  readonly isCutOff?: boolean;
}

/**
 * Adds a piece to an open message of the caller. A repeat, or a piece that overlaps, adds only what is new; one
 * that leaves a gap adds nothing, and `StreamProgress.length` says from where to send again.
 */
export interface StreamPiece {
  /** The room. */
  readonly roomId: Guid;
  /** The message's `Message.seq`. */
  readonly seq: number;
  /** Where the piece begins, in UTF-16 code units from the beginning of the text. */
  readonly offset: number;
  /** The piece; empty only says that the writer is there. */
  readonly text: string;
}

/** How much of an open message the server has. */
export interface StreamProgress {
  /** UTF-16 code units. */
  readonly length: number;
}

/**
 * Begins a message that is written while it is sent. The members see an open message, then its pieces, and at
 * the end one complete message. Whoever writes nothing for 20 s is cut off, and what was there stays.
 */
export interface StreamStart {
  /** The room. */
  readonly roomId: Guid;
  /** Made by the client before its first try and kept over repeats: a repeat answers the first message. */
  readonly clientMessageId: Guid;
  /** The message this one answers; null for none. */
  readonly replyToSeq?: number | null;
  /** The message whose thread this one goes into; null for the room itself. */
  readonly threadSeq?: number | null;
}

/** Asks what changed in a room. */
export interface SyncRoom {
  /** The room. */
  readonly roomId: Guid;
  /** The version up to which the client knows all; 0 for nothing. */
  readonly version: number;
  /** The `RoomSync.epoch` that version belongs to; empty for none. */
  readonly epoch: string;
}

/** What happened in a room, in parts, so that clients can say it in their own language. */
export interface SystemEvent {
  /** What happened. */
  readonly kind: SystemEventKind;
  /** Who did it; null for the server itself. */
  readonly actorId: Guid | null;
  /** The actor's name then; empty for the server itself. */
  readonly actorName: string;
  /** Who it was done to; null where that is nobody else. */
  readonly subjectId: Guid | null;
  /** The subject's name then; empty where that is nobody else. */
  readonly subjectName: string;
  /** The new value (name, topic, role) or the reason; empty where there is none. */
  readonly value: string;
}

/** Somebody is typing, or stopped. Without another notice it ends after 6 s. */
export interface TypingNotice {
  /** The room. */
  readonly roomId: Guid;
  /** Who. */
  readonly userId: Guid;
  /** Its name. */
  readonly name: string;
  /** False when it stopped. */
  readonly isTyping: boolean;
}

/** Changes a room. What is null stays as it is. */
export interface UpdateRoom {
  /** The room. */
  readonly roomId: Guid;
  /** 1 to 80 characters; null to keep it. */
  readonly name?: string | null;
  /** At most 500 characters, empty for none; null to keep it. */
  readonly topic?: string | null;
  /** Public or private; null to keep it. */
  readonly kind?: RoomKind | null;
  /** What joining shall ask for, at most 100 characters, empty for nothing; null to keep it. */
  readonly password?: string | null;
  /** How many members it shall hold, 0 without limit; null to keep it. Nobody is taken out by it. */
  readonly seatLimit?: number | null;
  /** Whether it shall go when nobody has been a member for 5 minutes; null to keep it. */
  readonly isTemporary?: boolean | null;
  /** Whether it shall be for reading only; null to keep it. */
  readonly isArchived?: boolean | null;
}

/** A person or program that can sign in. */
export interface User {
  /** The user. */
  readonly id: Guid;
  /** 1 to 40 characters, unique whatever the case. */
  readonly name: string;
  /** How the user signs in. */
  readonly kind: UserKind;
  /** Whether the user administers the server. */
  readonly isAdministrator: boolean;
  /** Since when. */
  readonly createdAt: Moment;
}

/** Whether somebody is here. */
export interface UserPresence {
  /** The user. */
  readonly userId: Guid;
  /** Over all devices: do-not-disturb if any says so, else the best. */
  readonly status: PresenceStatus;
  /** What the user says of itself ("on holiday"), at most 100 characters; empty for nothing. */
  readonly text: string;
  /** Until when it says so; null for as long as it stays. */
  readonly textUntil: Moment | null;
  /** When the user's last connection ended; null while online, and before it ever came. */
  readonly lastSeenAt: Moment | null;
}

/** The webhooks of a room. */
export interface WebhookList {
  /** Those that post into it. */
  readonly incoming: readonly IncomingWebhook[];
  /** Those that are told what happens. */
  readonly outgoing: readonly OutgoingWebhook[];
}

/** A webhook of a room. */
export interface WebhookReference {
  /** The room. */
  readonly roomId: Guid;
  /** The webhook. */
  readonly webhookId: Guid;
}

/** An expected refusal, or the receipt of an unexpected failure. */
export interface WireError {
  /** What programs decide by. */
  readonly code: ErrorCode;
  /** What people read, in English. */
  readonly message: string;
  /** When trying again makes sense, in milliseconds from now; null when it does not. */
  readonly retryAfterMs: number | null;
  /** For `'internal'`: the id under which the server's log tells more. */
  readonly incidentId: string | null;
}

/**
 * What a client may ask of the server, at `ChatPaths.hub`. Expected refusals come back as `Reply.error`, never
 * as exceptions. Only `ChatHub.Connect` and `ChatHub.Ping` are answered before the connection has called
 * `ChatHub.Connect`.
 */
export interface ChatHub {
  /**
   * First call on every connection, new or again: attaches it to all rooms of its user and answers who the user
   * is, the rooms with their heads, and what was missed in them. Live events may arrive before the answer does.
   * @returns Or `'unsupported_version'`, `'unauthenticated'`.
   */
  Connect(request: Connect): Promise<ReplyOf<Connected>>;
  /** Public rooms, and the private ones the caller is in, by name. */
  ListRooms(request: ListRooms): Promise<ReplyOf<RoomPage>>;
  /**
   * A room that the caller is in, is invited to, or may find in the list.
   * @returns Or `'not_found'`.
   */
  GetRoom(request: GetRoom): Promise<ReplyOf<RoomSummary>>;
  /**
   * Makes a room with the caller as its owner and first member.
   * @returns Or `'name_taken'`, `'invalid'`.
   */
  CreateRoom(request: CreateRoom): Promise<ReplyOf<RoomEntry>>;
  /**
   * Changes a room's name, topic or rules.
   * @returns The room; or `'forbidden'`, `'name_taken'`, `'invalid'`.
   */
  UpdateRoom(request: UpdateRoom): Promise<ReplyOf<Room>>;
  /**
   * Deletes a room with all that is in it. Its members are told.
   * @returns Or `'forbidden'`.
   */
  DeleteRoom(request: DeleteRoom): Promise<Reply>;
  /**
   * The direct room between the caller and others: made at the first time, found again ever after, by whomever.
   * @returns Or `'not_found'` where somebody is not known here, `'invalid'`.
   */
  OpenDirect(request: OpenDirect): Promise<ReplyOf<RoomEntry>>;
  /**
   * Makes the caller a member; joining a room one is in already answers the same without a change.
   * @returns Or `'not_found'` (also for a private room that the caller may not know of), `'wrong_password'`,
   * `'room_full'`, `'banned'`, `'rate_limited'` after too many wrong passwords.
   */
  JoinRoom(request: JoinRoom): Promise<ReplyOf<RoomEntry>>;
  /**
   * Ends the caller's membership on all devices. Nothing of the room is sent to them after the answer. When an
   * owner leaves, the moderator or member who has been there longest becomes the owner.
   * @returns Or `'not_a_member'`.
   */
  LeaveRoom(request: LeaveRoom): Promise<Reply>;
  /**
   * Invites somebody to a room. It hears so at once, and with each Connect until it has answered.
   * @returns The member, in the state `'invited'` or already in; or `'forbidden'`, `'banned'`.
   */
  Invite(request: MemberReference): Promise<ReplyOf<Member>>;
  /** Takes an invitation back. */
  RevokeInvitation(request: MemberReference): Promise<Reply>;
  /** Turns an invitation of the caller down. */
  DeclineInvitation(request: DeclineInvitation): Promise<Reply>;
  /**
   * Makes a link that lets people in.
   * @returns Or `'forbidden'`.
   */
  CreateInviteLink(request: CreateInviteLink): Promise<ReplyOf<InviteLink>>;
  /**
   * The links of a room that are still good.
   * @returns Or `'forbidden'`.
   */
  ListInviteLinks(request: ListInviteLinks): Promise<ReplyOf<InviteLinkList>>;
  /** Ends a link; whoever came by it stays. */
  RevokeInviteLink(request: RevokeInviteLink): Promise<Reply>;
  /**
   * The room that a link leads to, before one joins it.
   * @returns Or `'not_found'` where it is not good any more, `'rate_limited'` after too many.
   */
  LookAtInvite(request: LookAtInvite): Promise<ReplyOf<RoomSummary>>;
  /** The members of a room by name, with their presence. */
  ListMembers(request: ListMembers): Promise<ReplyOf<MemberPage>>;
  /**
   * Gives a member another role, or the ownership.
   * @returns The member; or `'forbidden'`, `'not_found'`.
   */
  SetRole(request: SetRole): Promise<ReplyOf<Member>>;
  /**
   * Takes a member out. Nothing that is sent after the answer reaches it.
   * @returns The member; or `'forbidden'`, `'not_found'`.
   */
  Kick(request: KickMember): Promise<ReplyOf<Member>>;
  /**
   * Takes somebody out and keeps it out. Nothing that is sent after the answer reaches it.
   * @returns The member; or `'forbidden'`, `'not_found'`.
   */
  Ban(request: BanMember): Promise<ReplyOf<Member>>;
  /**
   * Lets a banned user come in again.
   * @returns The member; or `'forbidden'`, `'not_found'`.
   */
  Unban(request: MemberReference): Promise<ReplyOf<Member>>;
  /**
   * Keeps a member from writing, or lets it write again.
   * @returns The member; or `'forbidden'`, `'not_found'`.
   */
  Mute(request: MuteMember): Promise<ReplyOf<Member>>;
  /**
   * Who did what to whom in a room; for moderators.
   * @returns Or `'forbidden'`.
   */
  ListAudit(request: ListAudit): Promise<ReplyOf<AuditPage>>;
  /**
   * Posts a message. The answer is the stored record, given after it is on disk. Repeating a request with the same
   * `SendMessage.clientMessageId` answers the first result, however much later.
   * @returns Or `'not_a_member'`, `'muted'`, `'too_large'`, `'invalid'`, `'not_found'` for what it answers,
   * forwards or attaches, `'rate_limited'`, `'unavailable'`, or `'conflict'` when the id was used for something
   * else.
   */
  SendMessage(request: SendMessage): Promise<ReplyOf<Message>>;
  /**
   * Gives a message of the caller another text; the same text again changes nothing.
   * @returns The message; or `'forbidden'`, `'not_found'`, `'muted'` and those of form.
   */
  EditMessage(request: EditMessage): Promise<ReplyOf<Message>>;
  /**
   * Takes the content of a message away, one's own or as a moderator; a record without content stays.
   * @returns The message; or `'forbidden'`, `'not_found'`.
   */
  DeleteMessage(request: MessagePlace): Promise<ReplyOf<Message>>;
  /** What a message said before it was edited. */
  GetEdits(request: MessagePlace): Promise<ReplyOf<Edits>>;
  /**
   * Sets or takes back a reaction of the caller; twice the same changes nothing.
   * @returns The message; or `'forbidden'` where there are too many, `'not_found'`, `'invalid'`.
   */
  SetReaction(request: SetReaction): Promise<ReplyOf<Message>>;
  /**
   * Pins a message or takes it off; twice the same changes nothing.
   * @returns The message; or `'forbidden'`, `'not_found'`.
   */
  SetPin(request: SetPin): Promise<ReplyOf<Message>>;
  /** What is pinned in a room, by seq. */
  ListPins(request: ListPins): Promise<ReplyOf<MessageList>>;
  /** A page of messages by `Message.seq`, oldest first: those in no thread, or those of one thread. */
  GetHistory(request: GetHistory): Promise<ReplyOf<History>>;
  /** Every record of a room that changed after a version the client knows. */
  Sync(request: SyncRoom): Promise<ReplyOf<RoomSync>>;
  /** Looks for messages in one room or all of the caller's. */
  Search(request: SearchMessages): Promise<ReplyOf<SearchPage>>;
  /** Moves the caller's read marker forward; backwards it stays where it is. */
  MarkRead(request: MarkRead): Promise<ReplyOf<ReadMarker>>;
  /** How far the members of a room of up to 50 have read. */
  ListReaders(request: ListReaders): Promise<ReplyOf<ReaderList>>;
  /**
   * Begins a message that is written while it is sent.
   * @returns The open message; or as `ChatHub.SendMessage`.
   */
  BeginStream(request: StreamStart): Promise<ReplyOf<Message>>;
  /**
   * Adds a piece to an open message of the caller. Not counted as a send.
   * @returns What the server has; or `'not_found'` when it is no longer open, `'too_large'`.
   */
  AppendStream(request: StreamPiece): Promise<ReplyOf<StreamProgress>>;
  /**
   * Ends an open message of the caller; a repeat answers the same.
   * @returns The message as it stays; or `'not_found'`, `'conflict'`.
   */
  EndStream(request: StreamEnd): Promise<ReplyOf<Message>>;
  /** Tells the others in the room that the caller is typing. More often than every 2 s is dropped silently. */
  SendTyping(request: SendTyping): Promise<Reply>;
  /** Sets how this connection's user wants to be seen. */
  SetPresence(request: SetPresence): Promise<ReplyOf<UserPresence>>;
  /** Sets what the caller says of itself. */
  SetStatusText(request: SetStatusText): Promise<ReplyOf<UserPresence>>;
  /** People by the beginning of their name, with their presence: to write to, or to invite. */
  FindPeople(request: FindPeople): Promise<ReplyOf<PeoplePage>>;
  /** The caller's sessions. */
  ListSessions(request: ListSessions): Promise<ReplyOf<SessionList>>;
  /**
   * Ends a session of the caller, or all but this one, and closes their connections wherever they are.
   * @returns Or `'not_found'`.
   */
  RevokeSessions(request: RevokeSessions): Promise<Reply>;
  /** What the client keeps with its session. */
  GetSessionData(request: GetSessionData): Promise<ReplyOf<SessionData>>;
  /**
   * Writes entries of it.
   * @returns All entries; or `'too_large'`, `'invalid'`.
   */
  SetSessionData(request: SetSessionData): Promise<ReplyOf<SessionData>>;
  /**
   * Makes an address at which other programs post into a room.
   * @returns With the secret; or `'forbidden'`.
   */
  CreateIncomingWebhook(request: CreateIncomingWebhook): Promise<ReplyOf<IncomingWebhook>>;
  /**
   * Has the events of a room posted to an address.
   * @returns With the secret; or `'forbidden'`, `'invalid'`.
   */
  CreateOutgoingWebhook(request: CreateOutgoingWebhook): Promise<ReplyOf<OutgoingWebhook>>;
  /**
   * The webhooks of a room, and how they go.
   * @returns Or `'forbidden'`.
   */
  ListWebhooks(request: ListWebhooks): Promise<ReplyOf<WebhookList>>;
  /** Ends a webhook. */
  DeleteWebhook(request: WebhookReference): Promise<Reply>;
  /** Lets a parked webhook go on with what waits. */
  ResumeWebhook(request: WebhookReference): Promise<ReplyOf<OutgoingWebhook>>;
  /** Answers at once; the caller measures the round trip and reports it with its next ping. */
  Ping(request: Ping): Promise<ReplyOf<Pong>>;
}

/** The names in {@link ChatHub}. */
export const hubMethods = [
  'Connect',
  'ListRooms',
  'GetRoom',
  'CreateRoom',
  'UpdateRoom',
  'DeleteRoom',
  'OpenDirect',
  'JoinRoom',
  'LeaveRoom',
  'Invite',
  'RevokeInvitation',
  'DeclineInvitation',
  'CreateInviteLink',
  'ListInviteLinks',
  'RevokeInviteLink',
  'LookAtInvite',
  'ListMembers',
  'SetRole',
  'Kick',
  'Ban',
  'Unban',
  'Mute',
  'ListAudit',
  'SendMessage',
  'EditMessage',
  'DeleteMessage',
  'GetEdits',
  'SetReaction',
  'SetPin',
  'ListPins',
  'GetHistory',
  'Sync',
  'Search',
  'MarkRead',
  'ListReaders',
  'BeginStream',
  'AppendStream',
  'EndStream',
  'SendTyping',
  'SetPresence',
  'SetStatusText',
  'FindPeople',
  'ListSessions',
  'RevokeSessions',
  'GetSessionData',
  'SetSessionData',
  'CreateIncomingWebhook',
  'CreateOutgoingWebhook',
  'ListWebhooks',
  'DeleteWebhook',
  'ResumeWebhook',
  'Ping',
] as const satisfies readonly (keyof ChatHub)[];

/**
 * What the server tells a client. The first four carry versioned records (see `RoomRecord`): a client that keeps
 * records by id and replaces one when the incoming version is higher is correct, whatever arrives twice. The
 * rest is ephemeral: never stored, never repeated.
 */
export interface ChatClientEvents {
  /** A message was posted, edited, deleted or reacted to. */
  MessageChanged(message: Message): void;
  /** A member joined, left, or has another role or name. */
  MemberChanged(member: Member): void;
  /** A room's name, topic or rules changed. */
  RoomChanged(room: Room): void;
  /** A room is gone, with the reason to show. */
  RoomDeleted(deleted: RoomDeleted): void;
  /** Somebody is typing. */
  TypingChanged(notice: TypingNotice): void;
  /** Somebody came, went, or wants to be seen otherwise. */
  PresenceChanged(notice: PresenceNotice): void;
  /** The user's own read marker moved on another of its devices. */
  ReadMarkerMoved(marker: ReadMarker): void;
  /** Somebody else has read on; told in rooms of up to 50 members. */
  ReaderMoved(reader: Reader): void;
  /** The user is invited to a room. */
  InvitationGiven(invitation: Invitation): void;
  /** An invitation of the user is no more. */
  InvitationEnded(ended: InvitationEnded): void;
  /** The heads of rooms that changed lately: who is behind syncs. */
  HeadsAnnounced(heads: Heads): void;
  /** A piece of a message that is still being written. */
  StreamChunked(chunk: StreamChunk): void;
  /** A session of this user was revoked. */
  SessionRevoked(revoked: SessionRevoked): void;
  /** The node is about to stop: connect again, elsewhere, at the given moment. */
  Draining(draining: Draining): void;
  /** Something to show to the user once. */
  NoticeGiven(notice: Notice): void;
  /** The last word before the server closes this connection: why, and when to come back. */
  Closing(closing: Closing): void;
}

/** The names in {@link ChatClientEvents}. */
export const clientEvents = [
  'MessageChanged',
  'MemberChanged',
  'RoomChanged',
  'RoomDeleted',
  'TypingChanged',
  'PresenceChanged',
  'ReadMarkerMoved',
  'ReaderMoved',
  'InvitationGiven',
  'InvitationEnded',
  'HeadsAnnounced',
  'StreamChunked',
  'SessionRevoked',
  'Draining',
  'NoticeGiven',
  'Closing',
] as const satisfies readonly (keyof ChatClientEvents)[];
