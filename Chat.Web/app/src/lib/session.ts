import type { KeptSignIn, SignedIn } from '@chat/client';

const sessionKey = 'chat.session';
const nameKey = 'chat.name';

/** Where the server is: where this page came from, with whatever prefix it has. */
export const server = new URL('.', location.href).href;

/** The sign-in kept on this browser. Its access token may have run out: the session goes on by its refresh token. */
export function readSession(): SignedIn | null {
  try {
    const kept: unknown = JSON.parse(read(sessionKey) ?? 'null');
    return isSignedIn(kept) ? kept : null;
  } catch {
    return null;
  }
}

export function keepSession(signedIn: SignedIn): void {
  write(sessionKey, JSON.stringify(signedIn));
  write(nameKey, signedIn.user.name);
}

/** What all tabs of this browser renew together. */
export const keptSession: KeptSignIn = { read: readSession, write: keepSession };

/** Forgets a session; not one that another tab has begun since. */
export function forgetSession(sessionId: string | undefined): void {
  if (readSession()?.sessionId === sessionId) write(sessionKey, null);
}

/** The name that was used last. */
export const lastName = (): string => read(nameKey) ?? '';

/** Tells when another tab of this browser signs in, renews or signs out. */
export function onSessionElsewhere(tell: (signedIn: SignedIn | null) => void): () => void {
  const listen = (event: StorageEvent): void => {
    if (event.key === sessionKey || event.key === null) tell(readSession());
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
}

function isSignedIn(value: unknown): value is SignedIn {
  return (
    typeof value === 'object' && value !== null && 'accessToken' in value && typeof value.accessToken === 'string' &&
    'expiresAt' in value && typeof value.expiresAt === 'string' && 'refreshToken' in value && typeof value.refreshToken === 'string' &&
    'sessionId' in value && typeof value.sessionId === 'string' && 'user' in value && typeof value.user === 'object' && value.user !== null
  );
}

// Storage may be forbidden: then the sign-in ends with the page.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Kept in memory only.
  }
}
