// The browser dies between typing and acknowledgement, and tabs come and go: node e2e/crash.mjs <url>
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatClient, signInAsGuest } from '../client/dist/index.js';
import { connected, KeptChromium, run, until } from './browser.mjs';

const [url] = process.argv.slice(2);
const profile = await mkdtemp(join(tmpdir(), 'chat-crash-'));
const { accessToken } = await signInAsGuest(url, { name: 'Witness' });
const witness = new ChatClient({ server: url, accessToken: () => accessToken });
let chromium;

/** Of a record on the wire. */
const end = '\u001e';
const written = [];
const heard = () => witness.view.rooms[0].messages.filter(({ authorName }) => authorName === 'Crash').map(({ text }) => text);
const write = async (page, text) => {
  written.push(text);
  await page.getByTestId('composer').fill(text);
  await page.getByTestId('composer').press('Enter');
};
const waiting = (page, text) => page.getByTestId('waiting').filter({ hasText: text });
/** How many messages lie in the outbox on the disk. */
const kept = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open('chat.outbox');
        request.onsuccess = () => {
          const count = request.result.transaction('outgoing').objectStore('outgoing').count();
          count.onsuccess = () => {
            request.result.close();
            resolve(count.result);
          };
        };
      }),
  );

/** What lies between the page and the server; `up` and `down` say what comes through. */
async function between(page, { up = () => true, down = () => true, answer = () => null }) {
  const seen = { sends: 0 };
  await page.routeWebSocket(/hubs\/chat/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      // What is said at the same time goes in one frame.
      for (const record of String(frame).split(end).slice(0, -1)) {
        const isSend = record.includes('"SendMessage"');
        if (isSend) seen.sends++;
        const instead = isSend ? answer(record) : null;
        if (instead !== null) socket.send(instead + end);
        else if (!isSend || up()) server.send(record + end);
      }
    });
    server.onMessage((frame) => {
      if (seen.sends === 0 || down()) socket.send(frame);
    });
  });
  return seen;
}

/** A page with that between it and the server. */
async function opened(rules = {}, hasLocks = true) {
  const page = await chromium.context.newPage();
  page.setDefaultTimeout(20_000);
  if (!hasLocks) await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined }));
  const seen = await between(page, rules);
  await page.goto(url);
  await connected(page);
  return { page, seen };
}

const muted = (record) => {
  const { invocationId } = JSON.parse(record);
  const error = { code: 'muted', message: 'You are muted.', retryAfterMs: null, incidentId: null };
  return JSON.stringify({ type: 3, invocationId, result: { error, result: null } });
};

const checks = {
  async 'a guest signs in, and is one after a restart'() {
    witness.start();
    await until('the witness is there', () => witness.state.name === 'connected');
    await witness.view.rooms[0] && (await witness.room(witness.view.rooms[0].id).open());
    chromium = await KeptChromium.start(profile);
    const page = await chromium.open(url);
    await page.getByTestId('name-input').fill('Crash');
    await page.getByTestId('sign-in').click();
    await connected(page);
    await chromium.close();
  },

  async 'killed before its frames left'() {
    chromium = await KeptChromium.start(profile);
    const { page, seen } = await opened({ up: () => false });
    await write(page, 'never left');
    await write(page, 'waited behind it');
    await until('it was tried, and both are kept', async () => seen.sends > 0 && (await kept(page)) === 2);
    await chromium.kill();
  },

  async 'killed after the server stored it, before it was told'() {
    chromium = await KeptChromium.start(profile);
    const { page } = await opened({ down: () => false });
    await write(page, 'stored already');
    await until('what waited was stored', () => heard().includes('never left'));
    await until('all are kept', async () => (await kept(page)) === 3);
    await chromium.kill();
  },

  async 'killed at any moment'() {
    for (let time = 0; time < 2; time++) {
      chromium = await KeptChromium.start(profile);
      const { page, seen } = await opened();
      // By the disk: the page shows nothing either before it has read it.
      await until('what waited before is sent', async () => (await kept(page)) === 0);
      const { sends } = seen;
      await write(page, `at any moment ${time}`);
      await until('it is tried', () => seen.sends > sends);
      await new Promise((moment) => setTimeout(moment, Math.random() * 15));
      await chromium.kill();
    }
  },

  async 'each message is there exactly once, in order'() {
    chromium = await KeptChromium.start(profile);
    const { page } = await opened();
    await until(`${written} arrived, not ${heard()}`, () => heard().length >= written.length);
    await until('nothing waits', async () => (await page.getByTestId('waiting').count()) === 0 && (await kept(page)) === 0);
    if (heard().join() !== written.join()) throw new Error(`not as written: ${heard()}`);
    await page.close();
  },

  async 'each tab shows and sends its own, and one that is gone is inherited'() {
    const one = await opened({ up: () => false });
    await write(one.page, 'left behind');
    await until('it is kept', () => kept(one.page));
    const other = await opened();
    await write(other.page, 'in the other tab');
    await until('the other tab has sent its own', () => heard().includes('in the other tab'));
    if (heard().includes('left behind')) throw new Error('the other tab sent it too');
    if ((await waiting(other.page, 'left behind').count()) > 0) throw new Error('the other tab shows it too');
    await one.page.close();
    await until('the other tab sends it', () => heard().includes('left behind'));
    await other.page.close();
  },

  async 'a failed message is edited, or dropped for all tabs'() {
    const one = await opened({ answer: (record) => (record.includes('refused') ? muted(record) : null) });
    await write(one.page, 'refused first');
    await write(one.page, 'refused for good');
    const failed = waiting(one.page, 'refused first');
    await failed.getByTestId('edit-waiting').click();
    await one.page.getByTestId('editor').fill('said nicely');
    await one.page.getByTestId('editor').press('Enter');
    await until('the edited one arrives', () => heard().includes('said nicely'));
    await one.page.reload();
    await connected(one.page);
    const again = waiting(one.page, 'refused for good').filter({ hasText: 'You are muted.' });
    await again.getByTestId('discard').click();
    await until('it is gone', async () => (await kept(one.page)) === 0);
    await one.page.close();
    const next = await opened();
    if ((await next.page.getByTestId('waiting').count()) > 0) throw new Error('it came back');
    await next.page.close();
  },

  async 'without locks every tab has what is there, and what one drops is dropped'() {
    const refuses = { answer: (record) => (record.includes('refused') ? muted(record) : null) };
    const one = await opened(refuses, false);
    await write(one.page, 'refused without locks');
    await one.page.getByTestId('retry').waitFor();
    const other = await opened(refuses, false);
    await other.page.getByTestId('retry').waitFor();
    await one.page.getByTestId('discard').click();
    await until('it is gone from both', async () => (await other.page.getByTestId('waiting').count()) === 0 && (await kept(one.page)) === 0);
    for (const { page } of [one, other]) await page.close();
  },
};

await run(checks, async () => {
  await chromium?.kill();
  await witness.stop();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});
