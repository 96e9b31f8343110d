// A member for the tests of the server: node join.mjs <server> <token> <json|messagepack> <roomId> [any|websockets]
// Prints what happens as lines of JSON; takes {"send": "text"}, {"replyTo": seq, "send": "text"}, {"hub": "Method", "request": {…}}
// {"stream": "text"} and {"stop": true} as lines of JSON on its input. Runs against ../dist.
import { createInterface } from 'node:readline';
import { ChatClient, ChatError } from '../dist/index.js';

const [server, token, protocol, roomId, transport = 'any'] = process.argv.slice(2);
const tell = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);

const client = new ChatClient({ server, accessToken: () => token, protocol, transport, clientName: 'join.mjs' });
client.on('state', (state) => tell({ state: state.name, ...(state.reason ? { reason: state.reason } : {}) }));
client.on('message', (event) => { if (event.roomId === roomId) tell({ message: event.message }); });
client.on('reset', (event) => { if (event.roomId === roomId) tell({ reset: true }); });
client.on('notice', (notice) => tell({ notice }));

let isJoined = false;
client.on('state', async ({ name }) => {
  if (isJoined || (name !== 'connected' && name !== 'catching_up')) return;
  isJoined = true;
  try {
    const room = client.room(roomId) ?? await client.joinRoom(roomId);
    await room.open();
    const { room: { name: roomName }, messages, memberCount } = room.view;
    tell({ joined: { room: roomName, user: client.user.name, memberCount, known: room.sequencer.known, seqs: messages.map(({ seq }) => seq) } });
    let grown = '';
    let failed = 0;
    room.subscribe(({ outgoing, messages }) => {
      const open = messages.findLast(({ stream }) => stream === 'open');
      if (open && open.text !== grown) tell({ grown: (grown = open.text) });
      const now = outgoing.filter(({ status }) => status === 'failed');
      if (now.length > failed) tell({ failed: { text: now.at(-1).text, code: now.at(-1).error.code } });
      failed = now.length;
    });
  } catch (error) {
    tell({ error: { code: error instanceof ChatError ? error.code : 'internal', message: error.message } });
  }
});
client.start();

async function* slowly(text) {
  for (let at = 0; at < text.length; at += 3) {
    yield text.slice(at, at + 3);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

const input = createInterface({ input: process.stdin });
for await (const line of input) {
  const command = JSON.parse(line);
  if (command.stop) break;
  try {
    if (command.send !== undefined) client.send(roomId, command.send, { replyToSeq: command.replyTo ?? null });
    if (command.stream) tell({ streamed: await client.streamMessage(roomId, slowly(command.stream)) });
    if (command.hub) tell({ result: await client.hub[command.hub](command.request) });
  } catch (error) {
    tell({ error: { code: error instanceof ChatError ? error.code : 'internal', message: error.message } });
  }
}
input.close();
await client.stop();
