import type { Hub } from './hub.js';

/** How parts of the client ask the server. */
export interface Asking {
  /** Throws {@link NotConnected} inside its calls when there is no connection. */
  readonly hub: Hub;
  /** Asks again on the next connection when this one is lost over it: for what may be repeated. */
  persist<T>(ask: () => Promise<T>): Promise<T>;
}
