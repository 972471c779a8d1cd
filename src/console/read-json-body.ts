import type { IncomingMessage } from 'node:http';
import { ConsoleProblem } from './console-problem.ts';

/** Far above any form or decision; a request beyond it is no mistake of the page. */
const LARGEST_BODY_BYTES = 256 * 1024;

/**
 * Reads a request's body as JSON.
 *
 * @throws {ConsoleProblem} when it is too large or no JSON
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > LARGEST_BODY_BYTES)
      throw new ConsoleProblem(413, 'BODY_TOO_LARGE', `A body has at most ${LARGEST_BODY_BYTES} bytes.`);
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new ConsoleProblem(400, 'BODY_NOT_JSON', 'The body is not JSON.');
  }
}
