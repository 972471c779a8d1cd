import { z } from 'zod';
import type { ConsoleState } from './api-types.ts';
import type { ConsoleDemo } from './console-options.ts';
import { ConsoleProblem } from './console-problem.ts';
import { renderReportData } from './html-report.ts';
import type { InstanceConnection } from './instance-connection.ts';
import { refreshTable } from './refresh-table.ts';
import { saveSettings } from './save-settings.ts';
import type { Workspace } from './workspace.ts';
import type { Workspaces } from './workspaces.ts';

/** What routes work on. */
export interface RouteContext {
  readonly connections: ReadonlyMap<string, InstanceConnection>;
  readonly workspaces: Workspaces;
  readonly demo: ConsoleDemo | undefined;
  /** Told of errors that are nobody's fault but ours. */
  readonly onFault: (error: unknown) => void;
  readonly pageFolder: string | undefined;
}

/** A call of one route. */
export interface RouteCall {
  readonly context: RouteContext;
  /** Name of the instance in the path; blank where there is none. */
  readonly instance: string;
  /** Id in the path; blank where there is none. */
  readonly id: string;
  /** Names the browser tab. */
  readonly tab: string;
  /** Undefined for GET. */
  readonly body: unknown;
  /** Aborts when the browser has left without the answer. */
  readonly signal: AbortSignal;
}

/** An answer that is no JSON value. */
export class StreamAnswer {
  readonly lines: AsyncIterable<unknown>;

  constructor(lines: AsyncIterable<unknown>) {
    this.lines = lines;
  }
}

/** A page to download. */
export class HtmlAnswer {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** Takes a call and returns what is sent as JSON, or one of the answers above. */
export type RouteHandler = (call: RouteCall) => unknown;

const shortText = z.string().max(4096);
const idText = z.string().min(1).max(512);
const thresholdsSchema = z.strictObject({
  matched: z.number().min(0).max(1),
  review: z.number().min(0).max(1),
});
const formSchema = z.strictObject({
  resourceServer: shortText,
  clientId: shortText,
  tenantId: shortText,
  authServer: shortText,
  clientSecret: shortText,
  onPremise: z.boolean(),
  allowInsecureHttp: z.boolean(),
});
const saveSchema = z.strictObject({ form: formSchema, toFile: z.boolean(), withSecret: z.boolean() });
const refreshSchema = z.strictObject({ acceptVanished: z.boolean() });
const suggestSchema = z.strictObject({ thresholds: thresholdsSchema.optional() });
const pair = { organizationId: idText, customerId: idText };
const decisionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('map'), ...pair }),
  z.strictObject({ kind: z.literal('reject'), ...pair }),
  z.strictObject({ kind: z.literal('ignore'), organizationId: idText }),
  z.strictObject({ kind: z.literal('unmap'), organizationId: idText }),
  z.strictObject({ kind: z.literal('accept-matched') }),
  z.strictObject({ kind: z.literal('undo') }),
]);
const demoSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rename'), customerId: idText, name: z.string().trim().min(1).max(256) }),
  z.strictObject({ kind: z.literal('deactivate'), customerId: idText }),
  z.strictObject({ kind: z.literal('delete'), customerId: idText }),
]);
const nothing = z.strictObject({});

/** Every route: method and path, where `:instance` and `:id` stand for any text. */
export const ROUTES: Readonly<Record<string, RouteHandler>> = {
  'GET /api/state': ({ context: { connections, demo } }): ConsoleState => ({
    instances: [...connections.values()].map(({ state }) => state),
    demo: demo === undefined ? null : { credentials: demo.credentials },
  }),

  'POST /api/instances/:instance/check': (call) =>
    connectionOf(call).problems(parse(call, z.strictObject({ form: formSchema })).form),
  'POST /api/instances/:instance/settings': (call) =>
    new StreamAnswer(saveSettings(connectionOf(call), parse(call, saveSchema), call.context.onFault)),

  'GET /api/instances/:instance/table': (call) => workspaceOf(call).whole(),
  'POST /api/instances/:instance/refresh': (call) => {
    const { acceptVanished } = parse(call, refreshSchema);
    const { signal } = call;
    const request = { connection: connectionOf(call), workspace: workspaceOf(call), acceptVanished, signal };
    return new StreamAnswer(refreshTable(request, call.context.onFault));
  },
  'POST /api/instances/:instance/suggest': (call) =>
    workspaceOf(call).suggest(parse(call, suggestSchema).thresholds),
  'POST /api/instances/:instance/what-if': (call) => workspaceOf(call).whatIf(parse(call, thresholdsSchema)),
  'GET /api/instances/:instance/customers': (call) => workspaceOf(call).customers(),
  'GET /api/instances/:instance/rows/:id': (call) => {
    const details = workspaceOf(call).details(call.id);
    if (details === null)
      throw new ConsoleProblem(404, 'NO_SUCH_ROW', `There is no organization ${call.id}.`);
    return details;
  },
  'POST /api/instances/:instance/decisions': (call) => workspaceOf(call).decide(parse(call, decisionSchema)),
  'GET /api/instances/:instance/changes': (call) => workspaceOf(call).changes(),
  'POST /api/instances/:instance/save': (call) => {
    parse(call, nothing);
    return workspaceOf(call).save();
  },
  'POST /api/instances/:instance/reapply': (call) => {
    parse(call, nothing);
    return workspaceOf(call).reapply();
  },
  'GET /api/instances/:instance/report': async (call) => {
    const data = workspaceOf(call).report(new Date());
    return new HtmlAnswer(await renderReportData(data, call.context.pageFolder));
  },

  'POST /api/demo/:instance': (call) => {
    const { demo } = call.context;
    if (demo === undefined) throw new ConsoleProblem(404, 'NO_DEMO', 'This console is not a demo.');
    demo.change(call.instance, parse(call, demoSchema));
    return {};
  },
};

function connectionOf({ context, instance }: RouteCall): InstanceConnection {
  return context.workspaces.connection(instance);
}

function workspaceOf({ context, tab, instance }: RouteCall): Workspace {
  if (!/^[\w-]{8,64}$/.test(tab))
    throw new ConsoleProblem(400, 'NO_TAB', 'The header x-console-tab names no browser tab.');
  return context.workspaces.of(tab, instance);
}

function parse<Value>({ body }: RouteCall, schema: z.ZodType<Value>): Value {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new ConsoleProblem(
    400,
    'BODY_NOT_USABLE',
    `${where === '' ? 'The body' : where}: ${issue?.message ?? 'not usable'}`,
  );
}
