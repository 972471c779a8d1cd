import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

/** A proxy for HTTP and for tunnels, on loopback. */
export interface ProxyServer {
  readonly port: number;
  /** First lines of the requests to it: `CONNECT host:443`, `GET http://host/`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Where a host and port really is: a port of this machine. */
  readonly portOf: (authority: string) => number;
  /** Wanted as `Proxy-Authorization`; none where left out. */
  readonly credentials?: string | undefined;
  /** Answers every request with this status instead. */
  readonly refuses?: number | undefined;
}

export async function startProxy({ portOf, credentials, refuses }: ProxyOptions): Promise<ProxyServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const refusal = ({ headers }: IncomingMessage): number | undefined => {
    if (credentials === undefined) return refuses;
    const wanted = `Basic ${Buffer.from(credentials).toString('base64')}`;
    return headers['proxy-authorization'] === wanted ? refuses : 407;
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method} ${request.url}`);
    const code = refusal(request);
    if (code !== undefined) return void response.writeHead(code).end();
    const { host, pathname, search } = new URL(request.url ?? '');
    const { method, headers } = request;
    const upstream = forward(
      { host: '127.0.0.1', port: portOf(host), path: pathname + search, method, headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(upstream);
  });
  server.on('connect', (request: IncomingMessage, socket: Socket, first: Buffer) => {
    requests.push(`CONNECT ${request.url}`);
    const code = refusal(request);
    if (code !== undefined) return void socket.end(`HTTP/1.1 ${code} Refused\r\ncontent-length: 0\r\n\r\n`);
    const upstream = connect(portOf(request.url ?? ''), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Established\r\n\r\n');
      upstream.write(first);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    requests,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
