// Two people who use all that a room offers, over connections that are cut: node pair.mjs <server> <token> <token> <json|messagepack>
// Prints {"done": "…"} after each part and {"views": [one's, the other's]} at the end, or {"failed": "…"}. Runs against ../dist.
import assert from 'node:assert/strict';
import { ChatClient, signalRLinks, titleOf } from '../dist/index.js';

const [server, ...rest] = process.argv.slice(2);
const protocol = rest.pop();
const tell = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);

/** A person whose connection can be cut, and kept from coming back. */
class Person {
  isBarred = false;
  removed = [];

  constructor(token) {
    const open = signalRLinks(server, () => token, protocol);
    this.client = new ChatClient({
      server,
      accessToken: () => token,
      chance: () => 0.01,
      openLink: (events, closed) => {
        const link = open(events, closed);
        this.cut = () => link.stop();
        return { start: () => (this.isBarred ? Promise.reject(new Error('barred')) : link.start()), stop: () => link.stop(), invoke: link.invoke };
      },
    });
    this.client.on('roomRemoved', (removed) => this.removed.push(removed));
    this.client.start();
  }

  get id() { return this.client.user.id; }

  async away() {
    this.isBarred = true;
    await this.cut();
    await until(() => this.client.state.name === 'reconnecting');
  }

  async back() {
    this.isBarred = false;
    this.client.retryNow();
    await this.isHere();
  }

  isHere() { return until(() => this.client.state.name === 'connected'); }
}

/** Waits until it is so; 10 s at most. */
async function until(isSo) {
  const end = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`not so: ${isSo}`);
    await new Promise((next) => setTimeout(next, 10));
  }
}

const texts = (view) => view.messages.filter(({ kind }) => kind !== 'system').map(({ text }) => text);
const [ann, bob] = rest.map((token) => new Person(token));
let privateRoom;
let bobsRoom;

const parts = {
  async invitation() {
    await Promise.all([ann.isHere(), bob.isHere()]);
    privateRoom = await ann.client.createRoom({ name: 'den', kind: 'private', password: 'open sesame', seatLimit: 5 });
    await ann.client.room(privateRoom.id).open();
    await bob.away();
    await privateRoom.moderation.invite(bob.id);
    assert.equal((await privateRoom.moderation.outsiders('invited')).members[0].userId, bob.id);
    await bob.back();
    assert.equal(bob.client.view.invitations[0].room.room.name, 'den');
    bobsRoom = await bob.client.joinRoom(privateRoom.id);
    await bobsRoom.open();
    assert.deepEqual(bob.client.view.invitations, []);
    await until(() => privateRoom.view.memberCount === 2);
  },

  async 'edits and reactions'() {
    privateRoom.send('helo');
    await until(() => [privateRoom, bobsRoom].every(({ view }) => texts(view).includes('helo')));
    const { seq } = bobsRoom.view.messages.at(-1);
    await bob.away();
    const edited = privateRoom.edit(seq, 'hello');
    assert.equal(privateRoom.messageAt(seq).text, 'helo');
    assert.equal(privateRoom.view.messages.find((message) => message.seq === seq).text, 'hello');
    await edited;
    await privateRoom.react(seq, '👍');
    // Over a cut: asked again on the next connection.
    const reacted = bobsRoom.react(seq, '👍');
    await bob.back();
    await reacted;
    await until(() => privateRoom.messageAt(seq).reactions[0]?.userIds.length === 2 && privateRoom.view.pending.size === 0);
    assert.deepEqual((await bobsRoom.getEdits(seq)).texts.map(({ text }) => text), ['helo', 'hello']);
    await assert.rejects(bobsRoom.edit(seq, 'not mine'), { code: 'forbidden' });
    assert.equal(bobsRoom.view.messages.find((message) => message.seq === seq).text, 'hello');
    bobsRoom.send('mistake');
    await until(() => [privateRoom, bobsRoom].every(({ view }) => texts(view).includes('mistake')));
    await bobsRoom.delete(bobsRoom.view.messages.at(-1).seq);
  },

  async 'threads and pins'() {
    const root = privateRoom.view.messages.find(({ text }) => text === 'hello').seq;
    const anns = privateRoom.thread(root);
    await anns.open();
    const name = ann.client.user.name;
    await bob.away();
    anns.send('first');
    bobsRoom.thread(root).send(`second, @${name}`);
    await until(() => anns.view.messages.length === 1);
    await bob.back();
    const bobs = bobsRoom.thread(root);
    await bobs.open();
    await until(() => anns.view.messages.length === 2 && bobs.view.messages.length === 2 && anns.view.root.replyCount === 2 && bobs.view.root?.replyCount === 2);
    assert.deepEqual(bobs.view, { ...anns.view });
    assert.ok(!texts(privateRoom.view).includes('first'));
    assert.equal(privateRoom.view.unreadMentions, 1);
    privateRoom.markRead();
    await bobsRoom.loadReaders();
    await until(() => privateRoom.view.unreadMentions === 0 && bobsRoom.view.readers.get(ann.id) >= bobs.view.messages.at(-1).seq);
    await privateRoom.pin(root);
    assert.deepEqual((await bobsRoom.listPins()).map(({ seq }) => seq), [root]);
    bobsRoom.forward({ roomId: bobsRoom.id, seq: root });
    await until(() => privateRoom.view.messages.at(-1).forwardedFrom?.seq === root);
  },

  async 'a direct room'() {
    const direct = await ann.client.openDirect([bob.id]);
    direct.send('only for you');
    await until(() => bob.client.room(direct.id)?.view.unread === 1);
    const bobs = bob.client.room(direct.id);
    assert.equal(titleOf(bobs.view, bob.id), ann.client.user.name);
    assert.equal(titleOf(direct.view, ann.id), bob.client.user.name);
    assert.equal((await bob.client.openDirect([ann.id])).id, direct.id);
    bobs.markRead();
    await until(() => bobs.view.unread === 0);
    const notes = await ann.client.openDirect([]);
    assert.equal(titleOf(notes.view, ann.id), ann.client.user.name);
  },

  async 'the same picture'() {
    await Promise.all([ann, bob].map((person) => person.cut()));
    await Promise.all([ann.isHere(), bob.isHere()]);
    for (const person of [ann, bob]) person.client.retryNow();
    await until(() => privateRoom.sequencer.known === bobsRoom.sequencer.known && ann.client.state.name === 'connected' && bob.client.state.name === 'connected');
    for (const room of [privateRoom, bobsRoom]) {
      room.markRead();
      await room.loadPeople();
      while (room.view.hasOlder) await room.loadOlder();
    }
    const shown = ({ room, messages, outgoing, members, memberCount, hasOlder, unread, unreadMentions }) =>
      ({ room, messages, outgoing, members, memberCount, hasOlder, unread, unreadMentions });
    const views = [privateRoom, bobsRoom].map(({ view }) => shown(view));
    assert.deepEqual(views[1], views[0]);
    tell({ views: views.map(({ messages, members }) => ({ messages: messages.length, members: members.length })) });
  },

  async 'a kick and a ban'() {
    await privateRoom.moderation.kick(bob.id, 'too loud');
    await until(() => bob.removed.length === 1);
    assert.deepEqual(bob.removed[0], { roomId: privateRoom.id, cause: 'kicked', reason: 'too loud', until: null });
    const { code } = await privateRoom.links.create();
    const { room } = await bob.client.lookAtInvite(code);
    await bob.client.joinRoom(room.roomId, { inviteCode: code });
    await bob.away();
    await privateRoom.moderation.ban(bob.id, 3_600, 'again');
    await bob.back();
    await until(() => bob.removed.length === 2);
    const { cause, reason, until: end } = bob.removed[1];
    assert.deepEqual({ cause, reason }, { cause: 'banned', reason: 'again' });
    assert.ok(Date.parse(end) > Date.now());
    await assert.rejects(bob.client.joinRoom(room.roomId, { inviteCode: code }), { code: 'banned' });
    assert.ok((await privateRoom.moderation.listAudit()).entries.some(({ act }) => act === 'banned'));
    await privateRoom.update({ name: 'cave', topic: 'no bats' });
    assert.equal((await privateRoom.archive()).archivedAt !== null, true);
    await ann.client.deleteRoom(privateRoom.id, 'over');
    assert.equal(ann.removed[0].cause, 'deleted');
  },
};

let failed = false;
for (const [name, part] of Object.entries(parts)) {
  try {
    await part();
    tell({ done: name });
  } catch (error) {
    tell({ failed: `${name}: ${error.stack}` });
    failed = true;
    break;
  }
}
await Promise.all([ann, bob].map(({ client }) => client.stop()));
process.exit(failed ? 1 : 0);
