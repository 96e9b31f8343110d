// The sample page, given out by another server than the chat's: node e2e/sample.mjs <url of the chat> <port> <folder for pictures>
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ChatClient, signInAsGuest } from '../client/dist/index.js';
import { args, executablePath, run, until } from './browser.mjs';

const [url, port, shots] = process.argv.slice(2);
const server = url.replace(/\/$/, '');
const sample = (await readFile(new URL('../../samples/page/index.html', import.meta.url), 'utf8')).replace('http://localhost:5080', server);
const address = `http://127.0.0.1:${port}/`;
const files = createServer((_, response) => response.setHeader('content-type', 'text/html').end(sample)).listen(Number(port), '127.0.0.1');
const { accessToken } = await signInAsGuest(server, { name: 'Mira Lindqvist' });
const other = new ChatClient({ server, accessToken: () => accessToken });
const browser = await chromium.launch({ executablePath, args });
const complaints = [];

const texts = () => other.view.rooms[0].messages.filter(({ kind }) => kind === 'text').map(({ text }) => text);
const says = (page, text) => page.locator('main p').filter({ hasText: text });

async function opened(name, options) {
  const page = await (await browser.newContext({ locale: 'en-GB', ...options })).newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => void dialog.accept(name));
  // Nobody's link leads it to another server.
  await page.goto(`${address}?server=${encodeURIComponent('http://127.0.0.1:1')}`);
  await page.getByText('connected', { exact: true }).waitFor();
  return page;
}

const signInOf = (page) => page.evaluate((key) => JSON.parse(localStorage.getItem(key)), server);

const checks = {
  async 'a plain page chats'() {
    other.start();
    await until('the other is there', () => other.state.name === 'connected');
    const [{ id }] = other.view.rooms;
    await other.room(id).open();
    const wide = await opened('Ada Novak', { viewport: { width: 1000, height: 600 }, colorScheme: 'light' });
    const phone = await opened('Ben Okafor', { viewport: { width: 390, height: 700 }, colorScheme: 'dark' });
    other.send(id, 'The demo went well, and the customer in Porto wants to start on Thursday already.');
    await says(wide, 'The demo went well').waitFor();
    await wide.getByLabel('Message').fill('That is good news!');
    await wide.getByLabel('Message').press('Enter');
    await says(phone, 'That is good news!').waitFor();
    await until('the other hears it', () => texts().includes('That is good news!'));

    await other.hub.DeleteMessage({ roomId: id, seq: other.view.rooms[0].messages.at(-2).seq });
    await says(phone, '(deleted)').waitFor();
    await phone.context().setOffline(true);
    await phone.getByLabel('Message').fill('Written on the train');
    await phone.getByLabel('Message').press('Enter');
    await says(phone, 'Sending…').waitFor();
    await wide.screenshot({ path: join(shots, 'sample-wide-light.png') });
    await phone.screenshot({ path: join(shots, 'sample-phone-dark.png') });
    await wide.emulateMedia({ colorScheme: 'dark' });
    await phone.emulateMedia({ colorScheme: 'light' });
    await wide.screenshot({ path: join(shots, 'sample-wide-dark.png') });
    await phone.screenshot({ path: join(shots, 'sample-phone-light.png') });
    complaints.length = 0;
    await phone.reload().catch(() => undefined);
    await phone.context().setOffline(false);
    await phone.goto(address);
    await until('what was written on the train arrives once', () => texts().filter((text) => text === 'Written on the train').length === 1);
    if (complaints.some((each) => !each.includes('ERR_INTERNET_DISCONNECTED'))) throw new Error(complaints.join('\n'));
  },

  async 'what is written before the rooms are known stays in its field'() {
    const page = await opened('Eva Lind', {});
    let open = () => undefined;
    const opens = new Promise((done) => (open = done));
    await page.route('**/hubs/chat/**', async (route) => {
      await opens;
      await route.continue();
    });
    await page.reload();
    await page.getByText('connecting', { exact: true }).waitFor();
    await page.getByLabel('Message').fill('Too early');
    await page.getByLabel('Message').press('Enter');
    if ((await page.getByLabel('Message').inputValue()) !== 'Too early') throw new Error('the field was emptied');
    open();
    await page.getByText('connected', { exact: true }).waitFor();
    await until('it can be sent', async () => {
      if (!texts().includes('Too early')) await page.getByLabel('Message').press('Enter');
      return texts().includes('Too early');
    });
  },

  async 'a sign-in that has ended is forgotten'() {
    const page = await opened('Finn Moe', {});
    const { accessToken: theirs } = await signInOf(page);
    const device = new ChatClient({ server, accessToken: () => theirs });
    device.start();
    await until('the same session is here', () => device.state.name === 'connected');
    await device.signOut();
    await page.getByText('signed out', { exact: true }).waitFor();
    if ((await signInOf(page)) !== null) throw new Error('the next load would end here again');
    await page.reload();
    await page.getByText('connected', { exact: true }).waitFor();
  },
};

await run(checks, async () => {
  await Promise.allSettled([browser.close(), other.stop()]);
  files.close();
});
