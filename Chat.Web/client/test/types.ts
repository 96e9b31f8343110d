// A mistake does not compile: each line below an "expect error" is one. Checked by `npm run check`; never run.
import type { ChatClient, ChatClientEvents, Hub, Message } from '../src/index.js';

export async function mistakes(client: ChatClient, hub: Hub, message: Message): Promise<void> {
  const stored: Message = await hub.SendMessage({ roomId: 'r', clientMessageId: 'c', text: 'hello' });
  const nothing: void = await hub.LeaveRoom({ roomId: 'r' });

  // @ts-expect-error no such method
  await hub.Shout({ roomId: 'r' });
  // @ts-expect-error no such property
  await hub.SendMessage({ roomId: 'r', clientMessageId: 'c', text: 'hello', colour: 'red' });
  // @ts-expect-error a required property is missing
  await hub.SendMessage({ roomId: 'r', text: 'hello' });
  // @ts-expect-error not a number
  await hub.MarkRead({ roomId: 'r', seq: '7' });
  // @ts-expect-error not one of the statuses
  await hub.SetPresence({ status: 'asleep' });
  // @ts-expect-error another result
  const other: Message = await hub.GetHistory({ roomId: 'r' });
  // @ts-expect-error records do not change
  message.text = 'another';
  // @ts-expect-error no such event
  client.on('shouted', () => undefined);

  const handlers: ChatClientEvents = {
    MessageChanged: () => undefined, MemberChanged: () => undefined, RoomChanged: () => undefined, RoomDeleted: () => undefined,
    TypingChanged: () => undefined, PresenceChanged: () => undefined, ReadMarkerMoved: () => undefined, ReaderMoved: () => undefined,
    InvitationGiven: () => undefined, InvitationEnded: () => undefined, HeadsAnnounced: () => undefined,
    StreamChunked: () => undefined, SessionRevoked: () => undefined, Draining: () => undefined, NoticeGiven: () => undefined,
    Closing: () => undefined,
  };
  const { Closing, ...withoutOne } = handlers;
  // @ts-expect-error a handler is missing
  const tooFew: ChatClientEvents = withoutOne;

  void [stored, nothing, other, tooFew, Closing];
}
