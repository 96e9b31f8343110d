import type { ChatClient, CreateRoom, Member, MemberRole, Message, RoomEntry, SendMessage, UpdateRoom } from '@chat/client';

// All that the page asks of the server beyond reading and writing in a room: one place to look, one to change.

const soonMs = 10_000;

/** The room is held by the client soon after the server's answer: it hears of it as every other device of mine does. */
function held(client: ChatClient, roomId: string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (client.room(roomId) !== undefined) return resolve(roomId);
    const stop = client.on('roomAdded', ({ room }) => {
      if (room.id !== roomId) return;
      clearTimeout(timer);
      stop();
      resolve(roomId);
    });
    const timer = setTimeout(() => {
      stop();
      reject(new Error('The room did not open. Try again.'));
    }, soonMs);
  });
}

const entered = async (client: ChatClient, entry: Promise<RoomEntry>): Promise<string> => held(client, (await entry).mine.room.roomId);

export async function createRoom(client: ChatClient, request: Omit<CreateRoom, 'roomId'>): Promise<string> {
  return (await client.createRoom(request)).id;
}

export async function joinRoom(client: ChatClient, roomId: string, by: { readonly password?: string; readonly inviteCode?: string } = {}): Promise<string> {
  if (by.password === undefined && by.inviteCode === undefined) return (await client.joinRoom(roomId)).id;
  return entered(client, client.hub.JoinRoom({ roomId, password: by.password ?? null, inviteCode: by.inviteCode ?? null }));
}

/** The direct room with these people; with nobody, the notes to myself. */
export const openDirect = (client: ChatClient, userIds: readonly string[]): Promise<string> => entered(client, client.hub.OpenDirect({ userIds }));

export const updateRoom = (client: ChatClient, request: UpdateRoom): Promise<unknown> => client.hub.UpdateRoom(request);

export const deleteRoom = (client: ChatClient, roomId: string, reason: string): Promise<unknown> =>
  client.hub.DeleteRoom({ roomId, reason: reason || null });

export const decline = (client: ChatClient, roomId: string): Promise<unknown> => client.hub.DeclineInvitation({ roomId });

/** A message with files. Words alone go through the room's outbox. */
export const sendFiles = (client: ChatClient, request: SendMessage): Promise<unknown> => client.hub.SendMessage(request);

export const react = (client: ChatClient, { roomId, seq }: Message, emoji: string, isSet: boolean): Promise<unknown> =>
  client.hub.SetReaction({ roomId, seq, emoji, isSet });

export const edit = (client: ChatClient, { roomId, seq }: Message, text: string): Promise<unknown> => client.hub.EditMessage({ roomId, seq, text });

export const deleteMessage = (client: ChatClient, { roomId, seq }: Message): Promise<unknown> => client.hub.DeleteMessage({ roomId, seq });

export const pin = (client: ChatClient, { roomId, seq }: Message, isPinned: boolean): Promise<unknown> => client.hub.SetPin({ roomId, seq, isPinned });

/** @param clientMessageId Kept by the caller over repeats. */
export const forward = (client: ChatClient, { roomId, seq }: Message, to: string, clientMessageId: string): Promise<unknown> =>
  client.hub.SendMessage({ roomId: to, clientMessageId, text: '', forward: { roomId, seq } });

export const setRole = (client: ChatClient, { roomId, userId }: Member, role: MemberRole): Promise<unknown> => client.hub.SetRole({ roomId, userId, role });

export const kick = (client: ChatClient, { roomId, userId }: Member, reason: string): Promise<unknown> =>
  client.hub.Kick({ roomId, userId, reason: reason || null });

export const ban = (client: ChatClient, { roomId, userId }: Member, seconds: number | null, reason: string): Promise<unknown> =>
  client.hub.Ban({ roomId, userId, seconds, reason: reason || null });

export const unban = (client: ChatClient, { roomId, userId }: Member): Promise<unknown> => client.hub.Unban({ roomId, userId });

export const mute = (client: ChatClient, { roomId, userId }: Member, seconds: number, reason: string): Promise<unknown> =>
  client.hub.Mute({ roomId, userId, seconds, reason: reason || null });

export const invite = (client: ChatClient, roomId: string, userId: string): Promise<unknown> => client.hub.Invite({ roomId, userId });

export const uninvite = (client: ChatClient, roomId: string, userId: string): Promise<unknown> => client.hub.RevokeInvitation({ roomId, userId });

export const setStatusText = (client: ChatClient, text: string, seconds: number | null): Promise<unknown> => client.setStatusText(text, seconds);
