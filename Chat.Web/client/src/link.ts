import {
  DefaultHttpClient, HttpClient, HttpError, HttpTransportType, HubConnectionBuilder, HubConnectionState, JsonHubProtocol, LogLevel, NullLogger,
  type HttpRequest, type HttpResponse, type IHttpConnectionOptions,
} from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { type ChatClientEvents, type ChatHub, ChatPaths, clientEvents } from './contracts.generated.js';
import { NotConnected } from './errors.js';
import { newGuid } from './guid.js';

/** One connection to the server, from its start to its close; then another is made. */
export interface Link {
  /** @throws {Unauthorized} The server does not take the token. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** @throws {NotConnected} The connection is or was closed: nobody knows whether the call was carried out. */
  invoke(method: keyof ChatHub, request: object): Promise<unknown>;
}

/** Makes a link that tells `events` what comes, and `closed` once when a link that had started is gone. */
export type OpenLink = (events: ChatClientEvents, closed: () => void) => Link;

/** The encodings of the wire; they say the same. */
export type Protocol = 'json' | 'messagepack';

/**
 * What a connection runs over. `any`: WebSockets, else server-sent events (not with MessagePack), else long polling, as far
 * as what is between lets them through. `websockets`: nothing else, and without asking for it by HTTP first: one round trip
 * less, and a proxy need not lead the requests of one connection to one node.
 */
export type Transport = 'any' | 'websockets';

/** The server does not take the token. */
export class Unauthorized extends Error {
  override readonly name = 'Unauthorized';
}

/**
 * Links over SignalR.
 *
 * @param serverTimeoutMs How long the server may be silent before the connection counts as lost, and how long connecting may take.
 */
export function signalRLinks(
  server: string, token: () => string | Promise<string>, protocol: Protocol, transport: Transport = 'any', serverTimeoutMs = 30_000,
): OpenLink {
  return (events, closed) => {
    const http = new WatchedHttp();
    let usedToken = '';
    const way: IHttpConnectionOptions = {
      accessTokenFactory: async () => (usedToken = await token()),
      httpClient: http,
      timeout: serverTimeoutMs,
      ...(transport === 'websockets' ? { transport: HttpTransportType.WebSockets, skipNegotiation: true } : {}),
    };
    const connection = new HubConnectionBuilder()
      .withUrl(hubAddress(server), way)
      .withHubProtocol(protocol === 'messagepack' ? new MessagePackHubProtocol({ ignoreUndefined: true }) : new JsonHubProtocol())
      .withServerTimeout(serverTimeoutMs)
      .withKeepAliveInterval(serverTimeoutMs / 3)
      .configureLogging(LogLevel.None)
      .build();
    for (const name of clientEvents) connection.on(name, events[name]);
    let isClosed = false;
    const close = (): void => {
      if (!isClosed) closed();
      isClosed = true;
    };
    connection.onclose(close);

    return {
      async start() {
        try {
          await within(serverTimeoutMs, connection.start());
        } catch (error) {
          const isRefused = transport === 'websockets' ? await isTokenRefused(server, usedToken) : http.lastStatus === 401;
          throw isRefused ? new Unauthorized('The server does not take the token.') : error;
        }
      },
      stop: () => connection.stop(),
      async invoke(method, request) {
        if (isClosed || connection.state !== HubConnectionState.Connected) throw new NotConnected();
        try {
          return await within(serverTimeoutMs, connection.invoke<unknown>(method, request));
        } catch (error) {
          if (connection.state === HubConnectionState.Connected && !isLost(error)) throw error;
          // Over long polling SignalR does not notice: an answer may have gone into a poll that nobody reads any more.
          close();
          void connection.stop().catch(() => undefined);
          throw new NotConnected();
        }
      },
    };
  };
}

const askWithinMs = 5_000;

/** Browsers tell nobody why a WebSocket was refused: asks for something small with the same token. */
async function isTokenRefused(server: string, token: string): Promise<boolean> {
  try {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${trimServer(server)}${ChatPaths.rooms}?limit=1`, { headers, signal: AbortSignal.timeout(askWithinMs) });
    return response.status === 401;
  } catch {
    return false;
  }
}

/** Where a new link goes. Its random key keeps its requests on one node, and may lead the next link to another. */
export function hubAddress(server: string): string {
  return `${trimServer(server)}${ChatPaths.hub}?${ChatPaths.hubAffinity}=${newGuid()}`;
}

/** The address without slashes at its end. */
export function trimServer(server: string): string {
  return server.replace(/\/+$/, '');
}

/**
 * Whether a call failed on its way. Transports tell so in errors of many kinds, some of them mere text; what the server says of a
 * call that failed there ("… invoking …") is the exception, and would fail again on another connection.
 */
function isLost(error: unknown): boolean {
  return !(error instanceof Error && /\binvok/.test(error.message));
}

class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** A socket that nobody answers opens never, and a lost answer never comes: SignalR itself would wait for ever. */
async function within<T>(ms: number, begun: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`The server did not answer within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([begun, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** SignalR tells the status of a refused negotiation only in words; this remembers the number. */
class WatchedHttp extends HttpClient {
  readonly #inner = new DefaultHttpClient(NullLogger.instance);
  lastStatus = 0;

  override async send(request: HttpRequest): Promise<HttpResponse> {
    try {
      const response = await this.#inner.send(request);
      this.lastStatus = response.statusCode;
      return response;
    } catch (error) {
      this.lastStatus = error instanceof HttpError ? error.statusCode : 0;
      throw error;
    }
  }

  override getCookieString(url: string): string {
    return this.#inner.getCookieString(url);
  }
}
