import { expect, test } from 'vitest';
import { hubAddress } from '../src/link.js';

test('each new link has a key of its own, by which a proxy keeps its requests on one node', () => {
  const addresses = [1, 2, 3].map(() => new URL(hubAddress('https://example.org/team/')));
  for (const address of addresses) {
    expect(address.origin + address.pathname).toBe('https://example.org/team/hubs/chat');
    expect(address.searchParams.get('affinity')).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(new Set(addresses.map((address) => address.href)).size).toBe(3);
});
