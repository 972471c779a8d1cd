import type { ApiProblem } from '../../api-types.ts';

/** A request that was not answered with what it asked for. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly problem: ApiProblem;

  constructor(status: number, problem: ApiProblem) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
  }
}

/** What every request carries. */
const credentials = { token: '', tab: '' };

/** Sets what every request carries. */
export function openApi(token: string, tab: string): void {
  credentials.token = token;
  credentials.tab = tab;
}

export async function getJson<Value>(path: string): Promise<Value> {
  return (await send(path, 'GET')).json() as Promise<Value>;
}

export async function getBlob(path: string): Promise<Blob> {
  return (await send(path, 'GET')).blob();
}

export async function postJson<Value>(path: string, body: unknown): Promise<Value> {
  return (await send(path, 'POST', body)).json() as Promise<Value>;
}

/** Kinds of the line that ends an answer. */
const LAST: ReadonlySet<string> = new Set(['done', 'problem']);

/**
 * Posts and hands on each line of the answer as it comes.
 *
 * @throws {ApiError} when the answer ends before the line that ends it
 */
export async function postLines<Line extends { readonly kind: string }>(
  path: string,
  body: unknown,
  onLine: (line: Line) => void,
): Promise<void> {
  const response = await send(path, 'POST', body);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const read = () => orElse(reader.read(), BROKEN_OFF);
  let rest = '';
  let isWhole = false;
  for (let chunk = await read(); !chunk.done; chunk = await read()) {
    const lines = `${rest}${chunk.value}`.split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      const line = JSON.parse(text) as Line;
      isWhole ||= LAST.has(line.kind);
      onLine(line);
    }
  }
  if (!isWhole) throw new ApiError(0, BROKEN_OFF);
}

async function send(path: string, method: 'GET' | 'POST', body?: unknown): Promise<Response> {
  const response = await orElse(
    fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${credentials.token}`,
        'x-console-tab': credentials.tab,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    GONE,
  );
  if (response.ok) return response;
  throw new ApiError(response.status, (await response.json()) as ApiProblem);
}

/** What does not answer at all has one cause here: the program in the terminal has ended. */
const GONE: ApiProblem = {
  code: 'GONE',
  message: 'The console does not answer any more.',
  hint: 'Start it again in the terminal, and open its new address.',
};

const BROKEN_OFF: ApiProblem = {
  code: 'BROKEN_OFF',
  message: 'The connection to the console broke off.',
  hint: 'Try it again. If nothing answers then, start the console again in the terminal, and open its new address.',
};

function orElse<Value>(answer: Promise<Value>, problem: ApiProblem): Promise<Value> {
  return answer.catch(() => {
    throw new ApiError(0, problem);
  });
}
