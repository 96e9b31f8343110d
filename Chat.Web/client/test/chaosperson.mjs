// One of the clients of chaos.mjs: sends all the time while it may, comes into rooms and leaves them, and tells what it holds.
import { createHash } from 'node:crypto';
import { ChatClient, ChatError, NotConnected, signInAsGuest } from '../dist/index.js';

const kept = 200;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const any = (list) => list[Math.floor(Math.random() * list.length)];
// CLOCK_MONOTONIC, which all processes of a machine share.
const microseconds = () => Number(process.hrtime.bigint() / 1000n);
const brief = (text) => (text.length <= 200 ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`);
const stored = ({ roomId, seq, version, id, authorId, clientMessageId, kind, text }) =>
  ({ roomId, seq, version, id, authorId, clientMessageId, isSystem: kind === 'system', text: brief(text) });
const active = ({ roomId, userId, name, state, version }) => ({ roomId, userId, name, isActive: state === 'active', version });

export class Person {
  constructor({ name, protocol }, { server, rooms, wanderings, pauseMs, serverTimeoutMs, waits }, pace) {
    const [shortestMs, longestMs] = pauseMs;
    this.pauseMs = () => shortestMs + Math.random() * (longestMs - shortestMs);
    this.options = { ...(serverTimeoutMs ? { serverTimeoutMs } : {}), ...(waits ? { chance: () => Math.random() * waits } : {}) };
    this.name = name;
    this.protocol = protocol;
    this.server = server;
    this.rooms = rooms;
    this.wanderings = wanderings;
    this.pace = pace;
    this.news = this.#nothing();
    this.awaySince = 0;
    this.wandering = 0;
    /** By client id: what was sent and is not known to be stored. */
    this.waiting = new Map();
    this.numbers = new Map();
    /** By room: the version of the last change that was told, and what went wrong in the telling. */
    this.told = new Map();
    this.resets = new Map();
    /** By room: what was posted up to here was not told but taken as a whole. */
    this.snapshots = new Map();
  }

  async start() {
    const { accessToken } = await this.#signIn();
    this.client = new ChatClient({ server: this.server, accessToken: () => accessToken, protocol: this.protocol, clientName: this.name, ...this.options });
    this.client.on('state', (state) => this.#heard(state));
    this.client.on('change', (event) => this.#changed(event));
    this.client.on('message', ({ message }) => this.#shown(message));
    this.client.on('roomAdded', ({ room }) => this.snapshots.set(room.id, room.sequencer.known));
    this.client.on('reset', ({ roomId }) => {
      this.snapshots.set(roomId, this.client.room(roomId).sequencer.known);
      this.told.set(roomId, { version: 0, outOfOrder: this.told.get(roomId)?.outOfOrder ?? 0 });
      this.resets.set(roomId, (this.resets.get(roomId) ?? 0) + 1);
    });
    this.client.on('roomRemoved', ({ roomId }) => this.told.delete(roomId));
    this.client.start();
    while (this.client.state.name !== 'connected') await wait(50);
    for (const roomId of this.rooms.filter(() => Math.random() < 0.7)) await this.client.joinRoom(roomId);
    for (const { id } of this.client.view.rooms) await this.client.room(id).open();
  }

  get isConnected() {
    return this.client.state.name === 'connected';
  }

  async live() {
    for (;;) {
      await wait(this.pauseMs());
      this.#look();
      if (!this.pace.isOpen) continue;
      if (Math.random() < 1 / 30) this.#wander(any(this.wanderings));
      else this.#send(any(this.client.view.rooms).id);
    }
  }

  status() {
    this.#look();
    const heads = Object.fromEntries(this.client.view.rooms.map(({ id }) => [id, this.client.room(id).sequencer.known]));
    return { name: this.name, isConnected: this.isConnected, waiting: this.waiting.size + this.wandering, heads };
  }

  report() {
    const shown = this.client.view.rooms.map((room) => this.#report(room));
    return {
      name: this.name,
      userId: this.client.user.id,
      rooms: shown,
      shown: shown.map(({ roomId }) => ({
        name: this.name, roomId, messages: [], outOfOrder: this.told.get(roomId)?.outOfOrder ?? 0, resets: this.resets.get(roomId) ?? 0, isOpen: true,
      })),
    };
  }

  takeNews() {
    this.#look();
    const news = this.news;
    this.news = this.#nothing();
    return news;
  }

  trim() {
    for (const { id } of this.client.view.rooms) this.client.room(id).trim(kept);
  }

  #nothing() {
    return { acknowledged: [], errors: [], reconnects: 0, longestAwayMs: 0, delaysMs: [] };
  }

  async #signIn() {
    for (;;) {
      try {
        return await signInAsGuest(this.server, { name: this.name });
      } catch (error) {
        if (!(error instanceof ChatError) || !error.isPassing) throw error;
        await wait(error.retryAfterMs ?? 500);
      }
    }
  }

  #report({ id, room, messages, members, memberCount, presence, onlineCount }) {
    return {
      roomId: id,
      head: this.client.room(id).sequencer.known,
      roomName: room.name,
      topic: room.topic,
      roomVersion: room.version,
      messages: messages.map(stored),
      members: members.map(active),
      memberCount,
      presence: [{ how: 'held', status: Object.fromEntries(presence), isAll: true, onlineCount }],
    };
  }

  #send(roomId) {
    if (this.movingIn === roomId) return;
    const number = (this.numbers.get(roomId) ?? 0) + 1;
    this.numbers.set(roomId, number);
    const text = `${this.name} #${number}${this.pace.padding > 0 ? ` ${'x'.repeat(this.pace.padding)}` : ''} @${microseconds()}`;
    const { clientMessageId } = this.client.send(roomId, text);
    this.waiting.set(clientMessageId, { roomId, number, message: null });
  }

  /** Joins a room or leaves it; one at a time, and not while something of it is on its way. */
  async #wander(roomId) {
    if (!this.isConnected || this.wandering > 0 || [...this.waiting.values()].some((sent) => sent.roomId === roomId)) return;
    this.wandering++;
    this.movingIn = roomId;
    const isIn = this.client.room(roomId) !== undefined;
    while (!(await this.#moved(roomId, isIn))) await wait(200);
    this.movingIn = undefined;
    this.wandering--;
  }

  /** Whether it is known how it went. Where there was no connection for long it is not, and somebody would try again. */
  async #moved(roomId, isIn) {
    try {
      if (isIn) await this.client.leaveRoom(roomId);
      else await (await this.client.joinRoom(roomId)).open();
    } catch (error) {
      if (error instanceof NotConnected) return false;
      this.#failed(isIn ? 'leave' : 'join', error);
    }
    return true;
  }

  /** Tells apart what was stored from what was refused: both are no longer on their way. */
  #look() {
    for (const [clientMessageId, sent] of this.waiting) {
      const item = this.client.outgoing.find((outgoing) => outgoing.clientMessageId === clientMessageId);
      if (item?.status === 'sending') continue;
      this.waiting.delete(clientMessageId);
      if (item?.status === 'failed') {
        this.#failed(`send #${sent.number}`, item.error);
        this.client.dropOutgoing(clientMessageId);
      } else {
        const { name: author } = this;
        this.news.acknowledged.push({
          sender: `${author} in ${sent.roomId}`, number: sent.number, authorId: this.client.user.id, clientMessageId, message: sent.message,
        });
      }
    }
  }

  #failed(what, error) {
    const code = error instanceof ChatError ? error.code : error.name === 'NotConnected' ? 'not_connected' : error.name;
    this.news.errors.push({ who: this.name, what, code, message: error.message });
  }

  #heard({ name, reason }) {
    // Whoever is to be connected never needs to be started again.
    if (name === 'stopped' || name === 'signed_out') this.news.errors.push({ who: this.name, what: 'stay connected', code: name, message: reason });
    if (name === 'reconnecting' && this.awaySince === 0) this.awaySince = performance.now();
    if (name !== 'connected' || this.awaySince === 0) return;
    this.news.reconnects++;
    this.news.longestAwayMs = Math.max(this.news.longestAwayMs, performance.now() - this.awaySince);
    this.awaySince = 0;
  }

  /** Each change is told once, in the order of the room's versions. */
  #changed({ roomId, change }) {
    const told = this.told.get(roomId) ?? { version: 0, outOfOrder: 0 };
    if (change.record.version <= told.version) told.outOfOrder++;
    told.version = Math.max(told.version, change.record.version);
    this.told.set(roomId, told);
  }

  #shown(message) {
    const sent = this.waiting.get(message.clientMessageId);
    if (sent && message.authorId === this.client.user.id) sent.message = stored(message);
    const at = message.text.lastIndexOf('@');
    if (at >= 0 && message.seq > (this.snapshots.get(message.roomId) ?? 0)) this.news.delaysMs.push(Math.round((microseconds() - Number(message.text.slice(at + 1))) / 100) / 10);
  }
}
