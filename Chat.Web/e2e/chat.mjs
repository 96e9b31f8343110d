// Two people meet on the page: node e2e/chat.mjs <url> <folder for pictures>
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ChatClient, ChatError, signInAsGuest } from '../client/dist/index.js';
import { args, connected, executablePath, until } from './browser.mjs';
import { cast, earlier, lately } from './conversation.mjs';
import { together } from './together.mjs';

const [url, shots] = process.argv.slice(2);
if (!url || !shots) {
  console.error('usage: node e2e/chat.mjs <url> <folder for pictures>');
  process.exit(2);
}

const limitMs = 20_000;
const complaints = [];
const clients = [];
let browser;

async function check(name, steps) {
  try {
    await steps();
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  } catch (error) {
    console.error(`failed ${name}: ${error.stack ?? error}`);
    process.exitCode = 1;
    throw error;
  }
  console.log(`ok ${name}`);
}

async function speaker(name) {
  const { accessToken } = await signInAsGuest(url, { name });
  const client = new ChatClient({ server: url, accessToken: () => accessToken, clientName: 'e2e' });
  clients.push(client);
  client.start();
  await until(`${name} is connected`, () => client.state.name === 'connected');
  return client;
}

async function makeRoom(client, name, topic) {
  for (let number = 1; ; number++) {
    try {
      return await client.createRoom({ name: number === 1 ? name : `${name} ${number}`, topic });
    } catch (error) {
      if (!(error instanceof ChatError) || error.code !== 'name_taken') throw error;
    }
  }
}

/** Says the lines in their order, and answers the messages. */
async function say(speakers, roomId, lines) {
  const said = [];
  for (const [who, text, answers] of lines) {
    const replyToSeq = answers === undefined || answers === null ? null : said[answers].seq;
    const { clientMessageId } = speakers[who].send(roomId, text, { replyToSeq });
    const find = () => speakers[who].room(roomId).view.messages.findLast((message) => message.clientMessageId === clientMessageId);
    said.push(await until(`"${text}" is stored`, find));
  }
  return said;
}

async function open(name, options) {
  const context = await browser.newContext({ locale: 'en-GB', ignoreHTTPSErrors: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(limitMs);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${name}'s console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${name}'s page: ${error.stack ?? error}`));
  await page.goto(url);
  return page;
}

async function signIn(page, name) {
  await page.getByTestId('name-input').fill(name);
  await page.getByTestId('sign-in').click();
  await connected(page);
}

const message = (page, text) => page.getByTestId('message').filter({ hasText: text });

async function joinRoom(page, name, isPhone) {
  if (isPhone) await page.getByTestId('open-rooms').click();
  await page.getByTestId('browse').click();
  await page.getByTestId('room-search').fill(name);
  await page.getByRole('button', { name: `Join ${name}`, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

async function write(page, text, field = 'composer') {
  await page.getByTestId(field).fill(text);
  await page.getByTestId(field).press('Enter');
}

const seqs = (page) => page.getByTestId('message').evaluateAll((rows) => rows.map((row) => Number(row.dataset.seq)));
const firstSeen = (page) =>
  page.getByTestId('message-list').evaluate((list) => {
    const edge = list.getBoundingClientRect().top;
    const row = [...list.querySelectorAll('[data-testid=message]')].find((each) => each.getBoundingClientRect().bottom > edge);
    return row ? { seq: Number(row.dataset.seq), top: Math.round(row.getBoundingClientRect().top - edge) } : null;
  });
const isAtEnd = (page) =>
  page.getByTestId('message-list').evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight < 4);
const scrollBy = (page, by) => page.getByTestId('message-list').evaluate((list, pixels) => list.scrollBy(0, pixels), by);

async function run() {
  await mkdir(shots, { recursive: true });
  browser = await chromium.launch({ executablePath, args });

  const speakers = [];
  for (const name of cast) speakers.push(await speaker(name));
  const room = await makeRoom(speakers[0], 'launch', 'Release 2.4, week 47');
  const roomId = room.id;
  const design = await makeRoom(speakers[2], 'design', 'Drafts, colours and words');
  const support = await makeRoom(speakers[2], 'support', 'What customers ask');
  for (const each of speakers.slice(1)) await each.joinRoom(roomId);
  const roomName = room.view.room.name;
  await say(speakers, roomId, earlier);

  const wide = await open('Ada', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  const phone = await open('Ben', { viewport: { width: 390, height: 844 }, colorScheme: 'dark', deviceScaleFactor: 2, isMobile: true, hasTouch: true });

  await check('guests sign in', async () => {
    await signIn(wide, 'Ada Novak');
    await signIn(phone, 'Ben Okafor');
  });

  await check('a room is found and joined', async () => {
    for (const each of [design, support]) await joinRoom(wide, each.view.room.name, false);
    await joinRoom(wide, roomName, false);
    await joinRoom(phone, roomName, true);
  });

  const said = await say(speakers, roomId, lately);

  await check('messages are heard both ways', async () => {
    await message(wide, lately.at(-1)[1]).waitFor();
    await write(wide, 'I have the demo laptop ready, shortcuts included.');
    await message(phone, 'I have the demo laptop ready').waitFor();
    await write(phone, 'On my way, five minutes');
    await message(wide, 'On my way, five minutes').waitFor();
    await until('both are at the end', async () => (await isAtEnd(wide)) && (await isAtEnd(phone)));
  });

  await check('typing is seen', async () => {
    // A notice within 2 s of the last one is dropped: people go on typing.
    await until('the other one sees it', async () => {
      await phone.getByTestId('composer').pressSequentially('.');
      return /Ben Okafor( \d+)? is typing/.test(await wide.getByTestId('typing').textContent());
    });
    await phone.getByTestId('composer').fill('');
  });

  await check('people are seen with their presence', async () => {
    await wide.locator('[data-testid=people] [data-status=online]').filter({ hasText: 'Ben Okafor' }).waitFor();
    await phone.getByTestId('open-people').click();
    await phone.locator('[data-testid=people] [data-status=online]').filter({ hasText: 'Ada Novak' }).waitFor();
    await phone.keyboard.press('Escape');
    await phone.getByTestId('people').waitFor({ state: 'detached' });
  });

  await check('a reply quotes its message', async () => {
    await message(wide, 'Who is on call this weekend?').hover();
    await message(wide, 'Who is on call this weekend?').getByRole('button', { name: 'Reply to' }).click();
    await write(wide, 'Thank you both!');
    await message(phone, 'Thank you both!').getByText('Who is on call this weekend?').waitFor();
  });

  await check('pictures are taken', async () => {
    await until('all was sent', async () => (await wide.getByTestId('waiting').count()) === 0);
    await wide.mouse.move(640, 790);
    await phone.mouse.move(0, 0);
    for (const page of [wide, phone]) for (const button of await page.getByTestId('dismiss').all()) await button.click();
    for (const [who, seq, emoji] of [[1, 5, '🎉'], [3, 5, '🎉'], [0, 5, '👏'], [3, 10, '🚀'], [0, 10, '🚀'], [1, 10, '❤️']])
      await speakers[who].hub.SetReaction({ roomId, seq: said[seq].seq, emoji });
    for (const [who, text] of [[1, 'Which keys are they?'], [2, 'J and K to move, E to archive']])
      await speakers[who].hub.SendMessage({ roomId, clientMessageId: crypto.randomUUID(), text, threadSeq: said[10].seq });
    await wide.getByTestId('thread-link').filter({ hasText: '2 replies' }).waitFor();
    design.send('New icons are in the library');
    for (const text of ['Porto asks for the invoice again', 'Sent it', 'They have it, all good']) support.send(text);
    await wide.locator(`[data-testid=room-item][data-room="${support.id}"]`).filter({ hasText: '3 unread' }).waitFor();
    speakers[2].room(roomId).typing(true);
    await wide.getByTestId('typing').filter({ hasText: 'Priya' }).waitFor();
    await phone.getByTestId('typing').filter({ hasText: 'Priya' }).waitFor();
    await wide.mouse.move(640, 795);
    await wide.locator('[data-testid=message-menu]').waitFor({ state: 'detached' });
    await wide.screenshot({ path: join(shots, 'wide-light.png') });
    await phone.screenshot({ path: join(shots, 'phone-dark.png') });
    await wide.emulateMedia({ colorScheme: 'dark' });
    await phone.emulateMedia({ colorScheme: 'light' });
    await wide.screenshot({ path: join(shots, 'wide-dark.png') });
    await phone.screenshot({ path: join(shots, 'phone-light.png') });
    await wide.emulateMedia({ colorScheme: 'light' });
    await phone.emulateMedia({ colorScheme: 'dark' });
  });

  await check('a quote leads to what it answers', async () => {
    await message(wide, 'Good idea, let us do that first.').getByTitle('Show this message').click();
    await wide.locator(`[data-seq="${said[10].seq}"].flash`).waitFor();
    await scrollBy(wide, -600);
    await wide.getByTestId('to-end').click();
    await until('the end is shown', () => isAtEnd(wide));
  });

  await check('markup stays text', async () => {
    await write(wide, '<img src=x onerror="document.title=1"> javascript:alert(1)');
    const heard = message(phone, '<img src=x onerror="document.title=1">');
    await heard.waitFor();
    if ((await heard.locator('img, a').count()) !== 0) throw new Error('markup became an element');
  });

  await check('older messages come on scrolling up, and nothing jumps', async () => {
    const [before] = await seqs(wide);
    for (let jumps = 0; (await message(wide, 'First things first').count()) === 0 && jumps < 200; jumps++) {
      await scrollBy(wide, -350);
      const seen = await firstSeen(wide);
      await wide.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
      await until('the first seen message stays', async () => {
        const now = await firstSeen(wide);
        return now !== null && seen !== null && now.seq === seen.seq && Math.abs(now.top - seen.top) <= 2;
      });
    }
    await message(wide, 'First things first').waitFor();
    const [after] = await seqs(wide);
    if (!(after < before)) throw new Error(`nothing older than ${before} came`);
  });

  await check('reload keeps the place', async () => {
    await scrollBy(wide, 900);
    const before = await until('a message is seen', () => firstSeen(wide));
    await wide.reload();
    await connected(wide);
    await until('the same message is seen', async () => {
      const now = await firstSeen(wide);
      return now !== null && now.seq === before.seq && Math.abs(now.top - before.top) <= 2;
    });
    await wide.getByRole('heading', { level: 1, name: roomName }).waitFor();
  });

  await check('what is new waits below', async () => {
    await write(phone, 'Here now');
    await wide.getByTestId('to-end').filter({ hasText: '1 new message' }).click();
    await message(wide, 'Here now').waitFor();
    await until('the end is shown', () => isAtEnd(wide));
  });

  await check('unread messages are counted, and read', async () => {
    const general = wide.getByTestId('room-item').filter({ hasText: 'general' });
    const launch = wide.locator(`[data-testid=room-item][data-room="${roomId}"]`);
    await general.click();
    await wide.getByRole('heading', { level: 1, name: 'general' }).waitFor();
    await write(phone, 'One for the list');
    await launch.filter({ hasText: '1 unread' }).waitFor();
    await launch.click();
    await message(wide, 'One for the list').waitFor();
    await launch.filter({ hasNotText: 'unread' }).waitFor();
  });

  await together({ wide, phone, roomName, picture: join(shots, 'wide-light.png'), check, until, message, write, connected });

  await check('a draft stays with its room', async () => {
    await wide.getByTestId('composer').fill('half a thought');
    await wide.getByTestId('room-item').filter({ hasText: 'general' }).click();
    await wide.getByRole('heading', { level: 1, name: 'general' }).waitFor();
    if ((await wide.getByTestId('composer').inputValue()) !== '') throw new Error('the draft went along');
    await wide.goBack();
    await wide.getByRole('heading', { level: 1, name: roomName }).waitFor();
    await until('the draft is back', async () => (await wide.getByTestId('composer').inputValue()) === 'half a thought');
  });

  await check('signing out leads to the door', async () => {
    await wide.getByTestId('me').click();
    await wide.getByTestId('sign-out').click();
    await wide.getByTestId('confirm').click();
    await until('the name is still there', async () => (await wide.getByTestId('name-input').inputValue()).startsWith('Ada Novak'));
  });
}

try {
  await run();
} catch (error) {
  if (process.exitCode !== 1) console.error(error);
  process.exitCode = 1;
} finally {
  await Promise.allSettled([...clients.map((client) => client.stop()), browser?.close()]);
}
// A timer of a client must not hold the process.
process.exit();
