import { type ChatHub, hubMethods, type Reply, type ReplyOf } from './contracts.generated.js';
import { ChatError } from './errors.js';

/** What a hub method answers when it does not refuse. */
type ResultOf<M extends keyof ChatHub> = Awaited<ReturnType<ChatHub[M]>> extends ReplyOf<infer T> ? T : void;

/** The hub's methods, answering the result itself; a refusal is thrown as {@link ChatError}. */
export type Hub = { readonly [M in keyof ChatHub]: (request: Parameters<ChatHub[M]>[0]) => Promise<ResultOf<M>> };

/** Calls a hub method by its name on the wire. */
export type Invoke = (method: keyof ChatHub, request: object) => Promise<unknown>;

/** Makes the typed hub over something that can call by name. */
export function hubOver(invoke: Invoke): Hub {
  const call = async (method: keyof ChatHub, request: object): Promise<unknown> => {
    const reply = (await invoke(method, request)) as Reply & Partial<ReplyOf<unknown>>;
    if (reply.error) throw ChatError.of(reply.error);
    return reply.result;
  };
  const entries = hubMethods.map((method) => [method, (request: object) => call(method, request)] as const);
  return Object.fromEntries(entries) as unknown as Hub;
}
