import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConsoleProblem, describeProblem, type ProblemAnswer } from './console-problem.ts';
import { type ConsoleAddress, judgeRequest } from './judge-request.ts';
import type { PageFile } from './page-files.ts';
import { readJsonBody } from './read-json-body.ts';
import { HtmlAnswer, ROUTES, type RouteContext, StreamAnswer } from './routes.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** What a request is answered from. */
export interface AnswerSources {
  readonly address: ConsoleAddress;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly context: RouteContext;
}

/** Answers one request; never rejects. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { address, files, context }: AnswerSources,
): Promise<void> {
  const signal = leaveSignal(response);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  try {
    const { method = 'GET', url = '/', headers } = request;
    const [path = '/'] = url.split('?', 1);
    const refusal = judgeRequest({ method, path, headers }, address);
    if (refusal !== null) throw new ConsoleProblem(refusal.status, refusal.code, refusal.message);
    if (!path.startsWith('/api/')) return sendFile(response, method, files.get(path));
    const { handler, instance, id } = findRoute(method, path);
    const body = method === 'POST' ? await readJsonBody(request) : undefined;
    const tab = String(headers['x-console-tab'] ?? '');
    await send(response, await handler({ context, instance, id, tab, body, signal }));
  } catch (error) {
    sendProblem(request, response, describeProblem(error, context.onFault));
  }
}

/** Returns a signal that aborts when the browser leaves before the answer was written to its end. */
function leaveSignal(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) left.abort();
  });
  return left.signal;
}

function findRoute(method: string, path: string) {
  const parts = path.split('/');
  for (const [route, handler] of Object.entries(ROUTES)) {
    const [routeMethod, routePath = ''] = route.split(' ');
    const names = routePath.split('/');
    if (routeMethod !== method || names.length !== parts.length) continue;
    if (!names.every((name, index) => name.startsWith(':') || name === parts[index])) continue;
    const value = (name: string) => decode(parts[names.indexOf(name)] ?? '');
    return { handler, instance: value(':instance'), id: value(':id') };
  }
  throw new ConsoleProblem(404, 'NO_SUCH_ROUTE', `There is nothing at ${method} ${path}.`);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ConsoleProblem(400, 'BAD_PATH', 'The path is not a valid address.');
  }
}

function sendFile(response: ServerResponse, method: string, file: PageFile | undefined): void {
  if (file === undefined) throw new ConsoleProblem(404, 'NO_SUCH_FILE', 'There is no such page.');
  response.writeHead(200, { 'content-type': file.type, 'content-length': file.body.length });
  response.end(method === 'HEAD' ? undefined : file.body);
}

async function send(response: ServerResponse, answer: unknown): Promise<void> {
  if (answer instanceof HtmlAnswer) {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'attachment; filename="mapping-report.html"',
    });
    response.end(answer.html);
    return;
  }
  if (answer instanceof StreamAnswer) {
    response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
    for await (const line of answer.lines) response.write(`${JSON.stringify(line)}\n`);
    response.end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(answer));
}

function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  { status, problem }: ProblemAnswer,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // A body that was refused is not read to its end, so the connection cannot be used again.
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(problem));
}
