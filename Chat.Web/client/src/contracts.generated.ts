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
  /** POST, with a token that is still good: a new one for the same user. */
  renewSignIn: '/api/sign-in/renew',
  /** POST `CreateAccount`: a new account, signed in. The first is the administrator. */
  accounts: '/api/accounts',
  /** GET `ServerInfo`: what a sign-in page must know before anyone is signed in. */
  info: '/api/info',
} as const;

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
  | 'banned';

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
  | 'archived';

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
  /** Whether a thumbnail can be had. */
  readonly hasThumbnail: boolean;
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
}

/** The node stops soon. */
export interface Draining {
  /** When this client should connect again, in milliseconds from now. */
  readonly reconnectAfterMs: number;
}

/** Asks for messages by `Message.seq`. With none of the three positions: the latest. */
export interface GetHistory {
  /** The room. */
  readonly roomId: Guid;
  /** Only messages below this one, nearest first taken. */
  readonly beforeSeq?: number | null;
  /** Only messages above this one, nearest first taken. */
  readonly afterSeq?: number | null;
  /** This message with as many below it as above it. */
  readonly aroundSeq?: number | null;
  /** Messages a page, 1 to 200; null for 50. A page may be shorter where texts are long (256 KB of JSON a page). */
  readonly limit?: number | null;
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

/** Joins a room. */
export interface JoinRoom {
  /** The room. */
  readonly roomId: Guid;
}

/** Leaves a room. */
export interface LeaveRoom {
  /** The room. */
  readonly roomId: Guid;
}

/** Asks for a page of members. */
export interface ListMembers {
  /** The room. */
  readonly roomId: Guid;
  /** From the last page's `MemberPage.next`; null for the first. */
  readonly after?: string | null;
  /** Members a page, 1 to 200; null for 100. */
  readonly limit?: number | null;
}

/** Asks for a page of rooms. */
export interface ListRooms {
  /** Part of a name; null for all. */
  readonly search?: string | null;
  /** From the last page's `RoomPage.next`; null for the first. */
  readonly after?: string | null;
  /** Rooms a page, 1 to 100; null for 50. */
  readonly limit?: number | null;
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
}

/** Some members of a room, by name, with their presence. */
export interface MemberPage {
  /** The members. */
  readonly members: readonly Member[];
  /** The presence of those of `MemberPage.members` who are not offline. */
  readonly presence: readonly UserPresence[];
  /** How many people are members. */
  readonly memberCount: number;
  /** How many of them are not offline. */
  readonly onlineCount: number;
  /** What to ask for the next page with; null at the end. */
  readonly next: string | null;
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

/** Where a message is. */
export interface MessageReference {
  /** The room. */
  readonly roomId: Guid;
  /** The message's `Message.seq` there. */
  readonly seq: number;
  /** The author's name there. */
  readonly authorName: string;
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
  /** Messages of others above that, counted up to 1,000. */
  readonly unread: number;
  /** Those of them that call me, counted up to 1,000. */
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
  /** How many messages of others are above it, system messages and deleted ones not counted. */
  readonly unread: number;
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
  /** The messages that changed, by `Message.seq`; with `RoomSync.reset` the last 50. */
  readonly messages: readonly Message[];
  /** With `RoomSync.reset`: whether there are messages below the first of these. */
  readonly hasOlder: boolean;
  /** How many people are members. */
  readonly memberCount: number;
}

/** Posts a message. */
export interface SendMessage {
  /** The room. */
  readonly roomId: Guid;
  /** Made by the client before its first try and kept over every repeat and restart. */
  readonly clientMessageId: Guid;
  /** 1 byte to 16 KB of UTF-8, not only white space, no control characters but tab and line breaks. */
  readonly text: string;
  /** The message this one answers; null for none. */
  readonly replyToSeq?: number | null;
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
}

/** A session was revoked. */
export interface SessionRevoked {
  /** The session. */
  readonly sessionId: Guid;
}

/** Says how this connection's user wants to be seen: online, away or do-not-disturb. */
export interface SetPresence {
  /** Not `'offline'`. */
  readonly status: PresenceStatus;
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
  /** When the token runs out. Renew before. */
  readonly expiresAt: Moment;
}

/** A piece of a message that is still being written. */
export interface StreamChunk {
  /** The room. */
  readonly roomId: Guid;
  /** The message. */
  readonly messageId: Guid;
  /** Where the piece begins, in UTF-16 code units from the beginning of the text. */
  readonly offset: number;
  /** The piece. */
  readonly text: string;
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
  /** The best of all devices. */
  readonly status: PresenceStatus;
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
   * Makes a room with the caller as its owner and first member.
   * @returns Or `'name_taken'`, `'invalid'`.
   */
  CreateRoom(request: CreateRoom): Promise<ReplyOf<RoomEntry>>;
  /**
   * Makes the caller a member; joining a room one is in already answers the same without a change.
   * @returns Or `'not_found'` (also for a private room that the caller may not know of).
   */
  JoinRoom(request: JoinRoom): Promise<ReplyOf<RoomEntry>>;
  /**
   * Ends the caller's membership on all devices. Nothing of the room is sent to them after the answer.
   * @returns Or `'not_a_member'`.
   */
  LeaveRoom(request: LeaveRoom): Promise<Reply>;
  /** The members of a room by name, with their presence. */
  ListMembers(request: ListMembers): Promise<ReplyOf<MemberPage>>;
  /**
   * Posts a message. The answer is the stored record, given after it is on disk. Repeating a request with the same
   * `SendMessage.clientMessageId` answers the first result, however much later.
   * @returns Or `'not_a_member'`, `'muted'`, `'too_large'`, `'invalid'`, `'rate_limited'`, `'unavailable'`, or
   * `'conflict'` when the id was used for something else.
   */
  SendMessage(request: SendMessage): Promise<ReplyOf<Message>>;
  /** A page of messages by `Message.seq`, oldest first. */
  GetHistory(request: GetHistory): Promise<ReplyOf<History>>;
  /** Every record of a room that changed after a version the client knows. */
  Sync(request: SyncRoom): Promise<ReplyOf<RoomSync>>;
  /** Moves the caller's read marker forward; backwards it stays where it is. */
  MarkRead(request: MarkRead): Promise<ReplyOf<ReadMarker>>;
  /** Tells the others in the room that the caller is typing. More often than every 2 s is dropped silently. */
  SendTyping(request: SendTyping): Promise<Reply>;
  /** Sets how this connection's user wants to be seen. */
  SetPresence(request: SetPresence): Promise<ReplyOf<UserPresence>>;
  /** Answers at once; the caller measures the round trip and reports it with its next ping. */
  Ping(request: Ping): Promise<ReplyOf<Pong>>;
}

/** The names in {@link ChatHub}. */
export const hubMethods = [
  'Connect',
  'ListRooms',
  'CreateRoom',
  'JoinRoom',
  'LeaveRoom',
  'ListMembers',
  'SendMessage',
  'GetHistory',
  'Sync',
  'MarkRead',
  'SendTyping',
  'SetPresence',
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
  'HeadsAnnounced',
  'StreamChunked',
  'SessionRevoked',
  'Draining',
  'NoticeGiven',
  'Closing',
] as const satisfies readonly (keyof ChatClientEvents)[];
