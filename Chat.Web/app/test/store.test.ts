import { get, type Readable } from 'svelte/store';
import { expect, it } from 'vitest';
import { ChatClient, type ChatView } from '@chat/client';

it('takes the client as a store of Svelte', () => {
  const client: Readable<ChatView> = new ChatClient({ server: 'http://chat.test', accessToken: () => 'token' });
  expect(get(client).state.name).toBe('offline');
});
