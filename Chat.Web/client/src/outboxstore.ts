import type { Guid } from './contracts.generated.js';
import type { KeptOutgoing } from './outgoing.js';

/**
 * Where outgoing messages are kept until the server has them: {@link memoryOutbox}, {@link indexedDbOutbox} or one of
 * your own. What a store throws is no loss: the client goes on with the message in memory, and says so by `isOutboxKept`.
 */
export interface OutboxStore {
  /**
   * Opens what is kept for one author: nobody else's is answered, and nobody else's touched.
   * @param author Names a user of a server.
   */
  open(author: string, listener: DrawerListener): Promise<Drawer>;
}

/** What one author wrote. */
export interface Drawer {
  /** Whether it outlives the page or the process. */
  readonly isLasting: boolean;
  /** What was there at the opening, in the order it was written. */
  readonly items: readonly KeptOutgoing[];
  /** Keeps one at the end, or in the place of the one with its id. What was begun first is done first. */
  put(item: KeptOutgoing): Promise<void>;
  /** Keeps another in the place of the one with this id; answers false where that one is gone: sent or dropped elsewhere. */
  replace(clientMessageId: Guid, item: KeptOutgoing): Promise<boolean>;
  remove(clientMessageId: Guid): Promise<void>;
  close(): void;
}

/** Hears what others who use the same store did. */
export interface DrawerListener {
  /** What another left behind is to be sent from here now. */
  adopted(items: readonly KeptOutgoing[]): void;
  /** Another has sent or dropped it. */
  gone(clientMessageId: Guid): void;
}

/** Keeps in memory: over drops and sign-ins, but no longer than the store itself lives. */
export function memoryOutbox(): OutboxStore {
  const drawers = new Map<string, Map<Guid, KeptOutgoing>>();
  return {
    open: async (author) => {
      const kept = drawers.get(author) ?? new Map<Guid, KeptOutgoing>();
      drawers.set(author, kept);
      return {
        isLasting: false,
        items: [...kept.values()],
        put: async (item) => void kept.set(item.request.clientMessageId, item),
        replace: async (clientMessageId, item) => {
          if (!kept.has(clientMessageId)) return false;
          const all = [...kept.values()].map((each) => (each.request.clientMessageId === clientMessageId ? item : each));
          kept.clear();
          for (const each of all) kept.set(each.request.clientMessageId, each);
          return true;
        },
        remove: async (clientMessageId) => void kept.delete(clientMessageId),
        close: () => undefined,
      };
    },
  };
}
