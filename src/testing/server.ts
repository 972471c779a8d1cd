import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeHaloOnPremiseConfig } from './config.ts';

/** A fake Halo that listens on this machine. */
export interface FakeHaloServer {
  /** Settings that `createHaloClient` takes as they are: on premise, `http` by consent. */
  readonly config: FakeHaloOnPremiseConfig;
  /** Address without a slash at the end: `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and cuts every connection; may be called twice. */
  close(): Promise<void>;
  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A listening socket and how to end it. @internal */
export interface Loopback {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves one function over a loopback socket. A rejection of the function cuts the connection.
 *
 * @internal
 */
export async function serve(
  answer: (request: Request) => Promise<Response>,
  port: number,
): Promise<Loopback> {
  // Node takes any other text for the path of a socket, and the server would then be lost and never end.
  if (!(Number.isSafeInteger(port) && port >= 0 && port <= 65_535))
    throw new TypeError('port must be a whole number from 0 to 65535.');
  const server = nodeHttp().createServer((incoming, outgoing) => {
    exchange(answer, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Fetched when needed, so that the fake also loads where there is no Node. */
function nodeHttp() {
  const http = globalThis.process?.getBuiltinModule?.('node:http');
  if (!http) throw new TypeError('fake.listen() needs Node 22.12 or later; use fake.fetch elsewhere.');
  return http;
}

async function exchange(
  answer: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const response = await answer(await toRequest(incoming, gone.signal));
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    ...(body.length > 0 ? { 'content-length': body.length } : {}),
  });
  outgoing.end(body);
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    for (const item of value ?? []) headers.append(name, item);
  }
  const method = incoming.method ?? 'GET';
  // The address the client used does not matter: whatever reaches this socket is meant for this Halo.
  const url = new URL(incoming.url ?? '/', `http://127.0.0.1:${incoming.socket.localPort}`);
  const body = method === 'GET' || method === 'HEAD' ? null : Buffer.concat(chunks);
  return new Request(url, { method, headers, body, signal });
}
