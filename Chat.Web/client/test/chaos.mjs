// Clients for the chaos program: node chaos.mjs <config>, where config is JSON: {server, rooms: [roomId…], wanderings: [roomId…],
// pauseMs: [shortest, longest], serverTimeoutMs?, waits?, clients: [{name, protocol}…]}. Each signs in, joins some of the rooms, and sends all the time while it may. Takes commands as lines of
// JSON, {"id": 1, "ask": "status"}, and answers each as {"id": 1, "value": …}. Runs against ../dist.
import { createInterface } from 'node:readline';
import { Person } from './chaosperson.mjs';

const config = JSON.parse(process.argv[2]);
/** When they may begin something, and by how many characters each text is filled up. */
const pace = { isOpen: false, padding: 0 };
const people = config.clients.map((client) => new Person(client, config, pace));
const answers = {
  start: async () => { await Promise.all(people.map((person) => person.start())); for (const person of people) void person.live(); },
  resume: () => { pace.isOpen = true; },
  pause: () => { pace.isOpen = false; },
  pad: ({ padding }) => { pace.padding = padding; },
  status: () => people.map((person) => person.status()),
  report: () => people.map((person) => person.report()),
  news: () => people.map((person) => person.takeNews()),
  trim: () => { for (const person of people) person.trim(); },
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  const value = await answers[command.ask](command);
  process.stdout.write(`${JSON.stringify({ id: command.id, value: value ?? null })}\n`);
}
process.exit(0);
