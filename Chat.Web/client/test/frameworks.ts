// What the recipes use of React and Vue, with the types these give it.
export declare function useSyncExternalStore<T>(subscribe: (onStoreChange: () => void) => () => void, getSnapshot: () => T, getServerSnapshot?: () => T): T;
export declare function shallowRef<T>(value: T): { value: T };
export declare function onScopeDispose(run: () => void): void;
