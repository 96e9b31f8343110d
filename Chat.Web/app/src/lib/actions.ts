import {
  ChatError, type ChatClient, type ChatRoom, type CreateRoom, type Member, type MemberRole, type Message, type UpdateRoom, type UserPresence,
} from '@chat/client';

// What the page asks for beyond reading and writing in a room: one place to look, one to change.

const idOf = async (room: Promise<ChatRoom>): Promise<string> => (await room).id;

/** A room of mine. @throws {ChatError} It is none any more. */
function roomOf(client: ChatClient, roomId: string): ChatRoom {
  const room = client.room(roomId);
  if (room === undefined) throw new ChatError('not_a_member', 'You are no longer in this room.');
  return room;
}

export const createRoom = (client: ChatClient, request: Omit<CreateRoom, 'roomId'>): Promise<string> => idOf(client.createRoom(request));

export const joinRoom = (client: ChatClient, roomId: string, by: { readonly password?: string; readonly inviteCode?: string } = {}): Promise<string> =>
  idOf(client.joinRoom(roomId, by));

/** The direct room with these people; with nobody, the notes to myself. */
export const openDirect = (client: ChatClient, userIds: readonly string[]): Promise<string> => idOf(client.openDirect(userIds));

export const updateRoom = async (client: ChatClient, { roomId, ...change }: UpdateRoom): Promise<unknown> => roomOf(client, roomId).update(change);

export const deleteRoom = (client: ChatClient, roomId: string, reason: string): Promise<void> => client.deleteRoom(roomId, reason || null);

export const decline = (client: ChatClient, roomId: string): Promise<void> => client.declineInvitation(roomId);

export const react = async (client: ChatClient, { roomId, seq }: Message, emoji: string, isSet: boolean): Promise<unknown> =>
  roomOf(client, roomId).react(seq, emoji, isSet);

export const edit = async (client: ChatClient, { roomId, seq }: Message, text: string): Promise<unknown> => roomOf(client, roomId).edit(seq, text);

export const deleteMessage = async (client: ChatClient, { roomId, seq }: Message): Promise<unknown> => roomOf(client, roomId).delete(seq);

export const pin = async (client: ChatClient, { roomId, seq }: Message, isPinned: boolean): Promise<unknown> => roomOf(client, roomId).pin(seq, isPinned);

/** It waits in the other room's outbox, like all that is written there. */
export const forward = async (client: ChatClient, { roomId, seq }: Message, to: string): Promise<unknown> => roomOf(client, to).forward({ roomId, seq });

export const setRole = async (client: ChatClient, { roomId, userId }: Member, role: MemberRole): Promise<unknown> =>
  roomOf(client, roomId).moderation.setRole(userId, role);

export const kick = async (client: ChatClient, { roomId, userId }: Member, reason: string): Promise<unknown> =>
  roomOf(client, roomId).moderation.kick(userId, reason || null);

export const ban = async (client: ChatClient, { roomId, userId }: Member, seconds: number | null, reason: string): Promise<unknown> =>
  roomOf(client, roomId).moderation.ban(userId, seconds, reason || null);

export const unban = async (client: ChatClient, { roomId, userId }: Member): Promise<unknown> => roomOf(client, roomId).moderation.unban(userId);

export const mute = async (client: ChatClient, { roomId, userId }: Member, seconds: number, reason: string): Promise<unknown> =>
  roomOf(client, roomId).moderation.mute(userId, seconds, reason || null);

export const invite = async (client: ChatClient, roomId: string, userId: string): Promise<unknown> => roomOf(client, roomId).moderation.invite(userId);

export const uninvite = async (client: ChatClient, roomId: string, userId: string): Promise<void> => roomOf(client, roomId).moderation.revokeInvitation(userId);

export const setStatusText = (client: ChatClient, text: string, seconds: number | null): Promise<UserPresence> => client.setStatusText(text, seconds);
