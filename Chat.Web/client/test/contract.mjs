// Speaks the contract through the bare JavaScript client, for the test that compares every record field by field.
// node contract.mjs <hub url> <token> <json|messagepack> <event names as JSON>
// Reads {"method", "request"} a line; writes {"result"} or {"error"}, and {"event", "value"} for what the server tells.
import { createInterface } from 'node:readline';
import * as signalR from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';

const [url, token, protocol, events] = process.argv.slice(2);
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');

const connection = new signalR.HubConnectionBuilder()
  .withUrl(url, { accessTokenFactory: () => token })
  .withHubProtocol(protocol === 'json' ? new signalR.JsonHubProtocol() : new MessagePackHubProtocol())
  .configureLogging(signalR.LogLevel.Warning)
  .build();
for (const event of JSON.parse(events)) connection.on(event, (value) => say({ event, value }));

await connection.start();
say({ result: 'ready' });
for await (const line of createInterface({ input: process.stdin })) {
  const { method, request } = JSON.parse(line);
  try {
    say({ result: await connection.invoke(method, request) });
  } catch (error) {
    say({ error: String(error) });
  }
}
await connection.stop();
