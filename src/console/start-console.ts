import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequest } from './answer-request.ts';
import type { ConsoleOptions } from './console-options.ts';
import { InstanceConnection } from './instance-connection.ts';
import { readPageFiles } from './page-files.ts';
import { Workspaces } from './workspaces.ts';

/** A console that is running. */
export interface RunningConsole {
  /** Address with the key in its fragment, which a browser sends nowhere. */
  readonly url: string;
  /** Ends it; work that is not saved is lost. */
  close(): Promise<void>;
}

/** 128 bits: nobody guesses them while a console runs. */
const TOKEN_BYTES = 16;

/**
 * Serves the mapping console on a port of this machine, for whoever has the address.
 *
 * @param options instances, who decides, port
 * @throws {TypeError} when no instance is given, or two have one name
 * @throws {Error} when the port is taken or the page was not built
 */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const { instances, port = 0, by, demo, onFault = () => undefined, pageFolder } = options;
  const connections = new Map(instances.map((each) => [each.name, new InstanceConnection(each)]));
  if (connections.size === 0 || connections.size !== instances.length)
    throw new TypeError('Expected `instances` to be at least one, each with a name of its own');
  const files = await readPageFiles(pageFolder);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const context = { connections, workspaces: new Workspaces(connections, by), demo, onFault, pageFolder };
  const server = createServer((request, response) => {
    const address = { port: (server.address() as AddressInfo).port, token };
    void answerRequest(request, response, { address, files, context });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // Never another address: whoever reaches the port is asked for the key, but should not reach it.
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/#${token}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await Promise.all([...connections.values()].map((connection) => connection.close()));
    },
  };
}
