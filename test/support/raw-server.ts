import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import type { VirtualClock } from './virtual-clock.ts';

/** One thing that the server does with a connection, in order. */
export type Step =
  /** Writes text or bytes as they are. */
  | { readonly write: string | Uint8Array }
  /** Goes on only when `release()` is called. */
  | { readonly pause: true }
  /** Goes on after so many milliseconds of the server's clock. */
  | { readonly wait: number }
  /** Writes one byte per turn of the event loop, so that it arrives in pieces. */
  | { readonly drip: string | Uint8Array }
  /** Writes the chunk again and again, for as long as the other side reads. */
  | { readonly flood: Uint8Array }
  /** Ends the connection in order. */
  | { readonly fin: true }
  /** Resets the connection. */
  | { readonly rst: true }
  /** Drops the connection after what was written has left, without an end to the message. */
  | { readonly cut: true };

/** What the server does with one request; the connection stays open unless a step ends it. */
export type Script = readonly Step[];

/** One request as it came. */
export interface ReceivedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Number of the connection, from 0: two requests with the same number shared a socket. */
  readonly connection: number;
  /** Every byte of the request, as Latin-1. */
  readonly raw: string;
}

/** A TCP server that follows a script to the byte. */
export interface RawServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>`, or `https:` */
  readonly origin: string;
  readonly requests: readonly ReceivedRequest[];
  /** Connections made so far. */
  readonly connections: number;
  /** Sockets open now. */
  openSockets(): number;
  /** Scripts that stand at a pause, a wait or a flood now, on a connection that is still open. */
  holding(): number;
  /** Resolves when `count` requests have come. */
  received(count: number): Promise<void>;
  /** Lets every paused script go on. */
  release(): void;
  /** Ends every connection that waits for a request, as an idle timeout does. */
  closeIdle(): Promise<void>;
  close(): Promise<void>;
}

/** Returns the bytes of a whole answer with a content length. */
export function answer(
  status: number,
  body: string | Uint8Array = '',
  headers: Readonly<Record<string, string>> = {},
): Uint8Array {
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  const all = {
    'content-type': 'application/json',
    'content-length': String(content.byteLength),
    ...headers,
  };
  return Buffer.concat([Buffer.from(head(status, all)), content]);
}

/** Returns the bytes of status line and headers. */
export function head(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Scripted\r\n${lines.join('')}\r\n`;
}

export interface RawServerOptions {
  /** For the `wait` step. */
  readonly clock?: Pick<VirtualClock, 'schedule'> | undefined;
  /** Speaks TLS. */
  readonly tls?: TlsOptions | undefined;
}

/**
 * Starts a server that gives the n-th request the n-th script; the last one repeats. A function picks by request.
 */
export async function startRawServer(
  scripts: readonly Script[] | ((request: ReceivedRequest, index: number) => Script),
  { clock, tls }: RawServerOptions = {},
): Promise<RawServer> {
  const holds = new Set<Socket>();
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  const busy = new Set<Socket>();
  const waiting: { count: number; resolve: () => void }[] = [];
  const paused = new Set<() => void>();
  let connections = 0;

  const scriptOf = (request: ReceivedRequest, index: number): Script =>
    typeof scripts === 'function'
      ? scripts(request, index)
      : (scripts[Math.min(index, scripts.length - 1)] ?? []);

  const onRequest = async (socket: Socket, request: ReceivedRequest) => {
    const index = requests.push(request) - 1;
    busy.add(socket);
    for (const waiter of waiting) if (requests.length >= waiter.count) waiter.resolve();
    for (const step of scriptOf(request, index)) {
      if (socket.destroyed) break;
      const isHold = 'pause' in step || 'wait' in step || 'flood' in step;
      if (isHold) holds.add(socket);
      await perform(socket, step, { paused, clock });
      holds.delete(socket);
    }
    busy.delete(socket);
  };

  const onConnection = (socket: Socket) => {
    const connection = connections++;
    sockets.add(socket);
    let buffer = Buffer.alloc(0);
    let turn: Promise<void> = Promise.resolve();
    socket.setNoDelay(true);
    socket.on('close', () => {
      sockets.delete(socket);
      holds.delete(socket);
    });
    // A reset by the client is part of many scripts.
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (let parsed = parse(buffer, connection); parsed; parsed = parse(buffer, connection)) {
        const { request, length } = parsed;
        buffer = buffer.subarray(length);
        turn = turn.then(() => onRequest(socket, request));
      }
    });
  };
  const server = tls === undefined ? createServer(onConnection) : createTlsServer(tls, onConnection);
  // A handshake that fails is part of many scripts.
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);

  return {
    port,
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    get connections() {
      return connections;
    },
    openSockets: () => sockets.size,
    holding: () => holds.size,
    received: (count) =>
      requests.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ count, resolve })),
    release() {
      for (const go of paused) go();
      paused.clear();
    },
    async closeIdle() {
      const idle = [...sockets].filter((socket) => !busy.has(socket));
      await Promise.all(idle.map((socket) => new Promise<void>((resolve) => socket.end(() => resolve()))));
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

interface Holds {
  readonly paused: Set<() => void>;
  readonly clock: Pick<VirtualClock, 'schedule'> | undefined;
}

async function perform(socket: Socket, step: Step, { paused, clock }: Holds): Promise<void> {
  if ('write' in step) return written(socket, step.write);
  if ('pause' in step) return new Promise((resolve) => void paused.add(resolve));
  if ('wait' in step) {
    const { wait } = step;
    return new Promise((resolve) => {
      const done = () => {
        cancel?.();
        socket.off('close', done);
        resolve();
      };
      const cancel = clock?.schedule(wait, done, { exact: true });
      socket.once('close', done);
    });
  }
  if ('fin' in step) return void socket.end();
  if ('rst' in step) return void socket.resetAndDestroy();
  if ('cut' in step) return new Promise((resolve) => void socket.end(() => resolve(void socket.destroy())));
  if ('flood' in step) {
    while (!socket.destroyed && socket.writable) await written(socket, step.flood);
    return;
  }
  for (const byte of Buffer.from(step.drip)) {
    await written(socket, Uint8Array.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
    if (socket.destroyed) return;
  }
}

/** Resolves when the bytes have left, or when nobody takes them any more. */
function written(socket: Socket, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed || !socket.writable) return resolve();
    const done = () => {
      socket.off('close', done);
      resolve();
    };
    socket.once('close', done);
    socket.write(data, done);
  });
}

/** Cuts the first whole request off a buffer: head, then a body of `content-length` or chunks. */
function parse(buffer: Buffer, connection: number): { request: ReceivedRequest; length: number } | undefined {
  const end = buffer.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line = '', ...lines] = buffer.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((text) => [
      text.slice(0, text.indexOf(':')).toLowerCase(),
      text.slice(text.indexOf(':') + 1).trim(),
    ]),
  );
  const start = end + 4;
  const body =
    headers['transfer-encoding'] === 'chunked' ? chunked(buffer, start) : counted(buffer, start, headers);
  if (!body) return undefined;
  const [method = '', target = ''] = line.split(' ');
  const raw = buffer.subarray(0, body.end).toString('latin1');
  return { request: { method, target, headers, body: body.text, connection, raw }, length: body.end };
}

function counted(buffer: Buffer, start: number, headers: Record<string, string>) {
  const end = start + Number(headers['content-length'] ?? 0);
  return buffer.length < end ? undefined : { text: buffer.subarray(start, end).toString('utf8'), end };
}

function chunked(buffer: Buffer, start: number) {
  const parts: Buffer[] = [];
  for (let position = start; ; ) {
    const lineEnd = buffer.indexOf('\r\n', position);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(buffer.subarray(position, lineEnd).toString('latin1'), 16);
    const next = lineEnd + 2 + size + 2;
    if (buffer.length < next) return undefined;
    if (size === 0) return { text: Buffer.concat(parts).toString('utf8'), end: next };
    parts.push(buffer.subarray(lineEnd + 2, lineEnd + 2 + size));
    position = next;
  }
}
