// The recipes of the README, as they stand there: checked by `npm run check`, and held equal to the README by readme.test.ts.
import type { ChatClient, ChatRoom } from '../src/index.js';
import { onScopeDispose, shallowRef, useSyncExternalStore } from './frameworks.js';

// React
export function useChat(client: ChatClient) {
  return useSyncExternalStore(client.subscribe, client.getView);
}
export function useRoom(room: ChatRoom) {
  return useSyncExternalStore(room.subscribe, room.getView);
}
// end

// Vue
export function useRoomInVue(room: ChatRoom) {
  const view = shallowRef(room.view);
  onScopeDispose(room.subscribe((next) => (view.value = next)));
  return view;
}
// end
