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

/** Posts and hands on each line of the answer as it comes. */
export async function postLines<Line>(
  path: string,
  body: unknown,
  onLine: (line: Line) => void,
): Promise<void> {
  const response = await send(path, 'POST', body);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let chunk = await orGone(reader.read()); !chunk.done; chunk = await orGone(reader.read())) {
    const lines = `${rest}${chunk.value}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(JSON.parse(line) as Line);
  }
}

async function send(path: string, method: 'GET' | 'POST', body?: unknown): Promise<Response> {
  const response = await orGone(
    fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${credentials.token}`,
        'x-console-tab': credentials.tab,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  if (response.ok) return response;
  throw new ApiError(response.status, (await response.json()) as ApiProblem);
}

/** A line that breaks has one cause here: the program in the terminal has ended. */
function orGone<Value>(answer: Promise<Value>): Promise<Value> {
  return answer.catch(() => {
    throw new ApiError(0, {
      code: 'GONE',
      message: 'The console does not answer any more.',
      hint: 'Start it again in the terminal, and open its new address.',
    });
  });
}
