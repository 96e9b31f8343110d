import { readFile } from 'node:fs/promises';

/** What two people do with rooms and messages, one on a wide page and one on a phone, who are in the same room. */
export async function together({ wide, phone, roomName, picture, check, until, message, write, connected }) {
  const menu = async (page, text) => {
    if (page === phone) await message(page, text).last().tap();
    else await message(page, text).last().hover();
    await message(page, text).last().getByTestId('message-menu').click();
  };
  const memberMenu = async (page, name) => {
    const member = page.getByTestId('member').filter({ hasText: name });
    await member.hover();
    await member.getByTestId('member-menu').click();
  };
  const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();
  const secret = `secret ${Date.now() % 1_000_000}`;

  await check('a reaction is set by one and joined by the other', async () => {
    await write(phone, 'The demo went well, 升级 took a minute');
    await message(wide, 'The demo went well').hover();
    await message(wide, 'The demo went well').getByTestId('act-react').click();
    await wide.getByLabel('Search emoji').fill('tada');
    await wide.keyboard.press('Enter');
    await message(phone, 'The demo went well').getByTestId('reaction').click();
    await message(wide, 'The demo went well').getByTestId('reaction').filter({ hasText: '2' }).waitFor();
  });

  await check('somebody is called by name', async () => {
    await wide.getByTestId('composer').pressSequentially('@ben');
    await wide.getByTestId('call-list').getByRole('option').first().waitFor();
    await wide.keyboard.press('Enter');
    await wide.getByTestId('composer').pressSequentially('please tell the others');
    await wide.keyboard.press('Enter');
    await phone.locator('.row.called').filter({ hasText: 'please tell the others' }).waitFor();
  });

  await check('the last own message is edited by the arrow up', async () => {
    await wide.getByTestId('composer').press('ArrowUp');
    await wide.getByTestId('editor').fill('Please tell all the others');
    await wide.getByTestId('editor').press('Enter');
    await message(phone, 'Please tell all the others').getByText('(edited)').waitFor();
    await menu(phone, 'Please tell all the others');
    await phone.getByTestId('do-edits').click();
    await until('both versions are shown', async () => (await phone.getByTestId('version').count()) === 2);
    await phone.keyboard.press('Escape');
  });

  await check('a message is deleted', async () => {
    await write(wide, 'This was for another room');
    await menu(wide, 'This was for another room');
    await wide.getByTestId('do-delete').click();
    await wide.getByTestId('confirm').click();
    await phone.getByText('This message was deleted.').first().waitFor();
    await until('its words are gone', async () => (await message(phone, 'This was for another room').count()) === 0);
  });

  await check('a thread is answered by both', async () => {
    await message(wide, 'The demo went well').hover();
    await message(wide, 'The demo went well').getByTestId('act-thread').click();
    await write(wide, 'Which version was it?', 'thread-composer');
    await message(phone, 'The demo went well').getByTestId('thread-link').click();
    await write(phone, 'The one of Tuesday', 'thread-composer');
    await wide.getByTestId('thread').getByText('The one of Tuesday').waitFor();
    await message(wide, 'The demo went well').getByTestId('thread-link').filter({ hasText: '2 replies' }).waitFor();
    for (const page of [phone, wide]) await page.getByTestId('close-side').click();
    await until('the room itself does not show them', async () => (await message(wide, 'The one of Tuesday').count()) === 0);
  });

  await check('a picture and a file are sent, seen and opened', async () => {
    await wide.getByTestId('composer-file').setInputFiles([
      { name: 'page.png', mimeType: 'image/png', buffer: await readFile(picture) },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Bring the adapter.\n') },
    ]);
    await wide.getByTestId('uploads').getByText('notes.txt').waitFor();
    await wide.getByTestId('composer').fill('How it looks now');
    await wide.locator('[data-testid=send]:enabled').waitFor();
    await wide.getByTestId('composer').press('Enter');
    await message(phone, 'How it looks now').getByTestId('file').filter({ hasText: 'notes.txt' }).waitFor();
    await message(phone, 'How it looks now').locator('[data-testid=picture] img').waitFor();
    await message(phone, 'How it looks now').getByTestId('picture').click();
    await phone.getByTestId('lightbox').locator('img').waitFor();
    await phone.keyboard.press('Escape');
    await phone.getByTestId('lightbox').waitFor({ state: 'detached' });
  });

  await check('a room with a password is made and joined', async () => {
    await wide.getByTestId('browse').click();
    await wide.getByTestId('new-room').click();
    await wide.getByTestId('room-name').fill(secret);
    await wide.getByTestId('more-options').click();
    await wide.getByTestId('new-room-password').fill('open sesame');
    await wide.getByTestId('create-room').click();
    await heading(wide, secret);
    await phone.getByTestId('open-rooms').click();
    await phone.getByTestId('browse').click();
    await phone.getByTestId('room-search').fill(secret);
    await phone.getByRole('button', { name: `Join ${secret}` }).click();
    await phone.getByTestId('room-password').fill('open barley');
    await phone.getByTestId('join-with-password').click();
    await phone.getByTestId('join-complaint').filter({ hasText: 'not the password' }).waitFor();
    await phone.getByTestId('room-password').fill('open sesame');
    await phone.getByTestId('join-with-password').click();
    await heading(phone, secret);
  });

  await check('a message is pinned, and found among the pins', async () => {
    await write(phone, 'The door code is 1234');
    await menu(wide, 'The door code is 1234');
    await wide.getByTestId('do-pin').click();
    await phone.getByText('pinned a message').waitFor();
    await wide.getByTestId('open-pins').click();
    await wide.getByTestId('pins').getByTestId('card').filter({ hasText: 'The door code' }).waitFor();
    await wide.getByTestId('close-side').click();
  });

  await check('a Chinese word is searched in all rooms and leads to its message', async () => {
    await wide.keyboard.press('Control+k');
    await wide.getByTestId('search-field').fill('升级');
    await wide.getByTestId('card').filter({ hasText: 'The demo went well' }).first().click();
    await heading(wide, roomName);
    await wide.locator('.row.flash').filter({ hasText: 'The demo went well' }).waitFor();
  });

  await check('a member is taken out, with the reason', async () => {
    await wide.getByTestId('room-item').filter({ hasText: secret }).click();
    await heading(wide, secret);
    await memberMenu(wide, 'Ben Okafor');
    await wide.getByTestId('kick').click();
    await wide.getByTestId('reason').fill('The meeting is over');
    await wide.getByTestId('do-sanction').click();
    await wide.getByText(/removed Ben Okafor.*: The meeting is over/).waitFor();
    await phone.getByText(`You were taken out of ${secret}: The meeting is over`).waitFor();
    await until('the other one is elsewhere', async () => (await phone.getByRole('heading', { level: 1, name: secret }).count()) === 0);
  });

  await check('an invite link leads in without the password', async () => {
    await wide.getByTestId('room-menu').click();
    await wide.getByTestId('menu-invite').click();
    await wide.getByTestId('make-link').click();
    const code = await wide.getByTestId('invite-link').first().getAttribute('data-code');
    await wide.keyboard.press('Escape');
    await phone.evaluate((hash) => void (location.hash = hash), `#/invite/${code}`);
    await phone.getByTestId('join-by-link-go').click();
    await heading(phone, secret);
  });

  await check('two people write to each other alone', async () => {
    await memberMenu(wide, 'Ben Okafor');
    await wide.getByTestId('message-directly').click();
    await heading(wide, /Ben Okafor/);
    await write(wide, 'Just between the two of us');
    await phone.getByTestId('open-rooms').click();
    await phone.getByTestId('room-item').filter({ hasText: /Ada Novak.*1 unread/ }).click();
    await message(phone, 'Just between the two of us').waitFor();
  });

  for (const page of [wide, phone]) await connected(page);
  if (!(await phone.getByTestId('open-rooms').isVisible())) throw new Error('the phone shows no way to its rooms');
  await phone.getByTestId('open-rooms').click();
  await phone.getByTestId('room-item').filter({ hasText: roomName }).click();
  await heading(phone, roomName);
  await wide.getByTestId('room-item').filter({ hasText: roomName }).click();
  await heading(wide, roomName);
}
