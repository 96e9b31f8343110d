/** How it stands with the connection. */
export type ConnectionState =
  /** The first connection is being made. */
  | { readonly name: 'connecting' }
  /** Connected, and all rooms are at the server's heads. */
  | { readonly name: 'connected' }
  /** Connected; some rooms are still told what they missed. */
  | { readonly name: 'catching_up' }
  /** Not connected. The next try is at `at` (milliseconds, as `Date.now`), or under way when that is null. */
  | { readonly name: 'reconnecting'; readonly at: number | null; readonly reason: string }
  /** The sign-in has ended; start again with a new token. */
  | { readonly name: 'signed_out'; readonly reason: string }
  /** Not connected by choice: not started yet, or stopped. */
  | { readonly name: 'offline' }
  /** The server said never to come back: banned, or a version that it does not speak. */
  | { readonly name: 'stopped'; readonly reason: string };
