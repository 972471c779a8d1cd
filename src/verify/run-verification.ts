import { guardTokenProvider } from '../auth/guard-token-provider.ts';
import { createRedactor } from '../auth/redactor.ts';
import type { Clock } from '../clock.ts';
import type { ResolvedHaloConfig } from '../config/parse-halo-config.ts';
import type { FetchFunction } from '../config/schema.ts';
import { HaloAuthError, type HaloConfigError } from '../errors.ts';
import { createRateBudgetWith } from '../http/rate-budget.ts';
import type { Transport } from '../http/request.ts';
import { createTransport } from '../http/transport.ts';
import { type Agent, agentDescriptor, createAgents } from '../resources/agents.ts';
import { clientDescriptor } from '../resources/clients.ts';
import type { CommonQuery } from '../resources/parameters.ts';
import { readRows } from '../resources/read-answer.ts';
import type { ResourceDescriptor } from '../resources/resource.ts';
import { teamDescriptor } from '../resources/teams.ts';
import { follow } from '../wire/on-abort.ts';
import { discardBody } from '../wire/read-body.ts';
import { type AuthInfoOutcome, fetchAuthInfo, plainGet } from './auth-info.ts';
import { exchangeToken, type VerifiedToken } from './exchange-token.ts';
import {
  customerLimit,
  judgeAgent,
  judgeAgents,
  judgeCustomers,
  judgeRefusedScope,
  judgeScope,
  judgeTeams,
} from './judge-access.ts';
import {
  judgeAddress,
  judgeAuthInfo,
  judgeConfigError,
  judgeReach,
  judgeToken,
  type Outcome,
  type Reach,
  TimeOver,
} from './judge-connection.ts';
import {
  buildReport,
  type Finding,
  type Findings,
  type VerificationReport,
  type VerificationStage,
} from './report.ts';
import { redactedStage, StageTeller } from './stage-teller.ts';

/** @internal */
export interface RunOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  readonly onStage?: ((stage: VerificationStage) => void) | undefined;
}

/** authinfo, the authorisation server's host, two tries for a token, and four reads. */
const MOST_REQUESTS = 8;

/**
 * Goes through the stages with checked settings. What a stage needs of an earlier one decides whether it is tried.
 *
 * @throws the caller's reason when the caller aborts, and nothing else
 * @internal
 */
export async function runVerification(
  resolved: ResolvedHaloConfig,
  { timeoutMs, signal, clock, onStage }: RunOptions,
): Promise<VerificationReport> {
  signal?.throwIfAborted();
  const limit = new AbortController();
  const disarm = clock.schedule(timeoutMs, () => limit.abort(new TimeOver(timeoutMs)));
  const unfollow = follow(signal, limit);
  const counted = countedFetch(resolved);
  const startedMs = clock.monotonicMs();
  const checkedAt = new Date(clock.nowMs()).toISOString();
  const teller = new StageTeller(onStage, redactorOf(resolved));
  try {
    const tell = (findings: Findings) => teller.known(findings);
    const session = { resolved, timeoutMs, clock, signal: limit.signal, fetch: counted.fetch, tell };
    const findings = await examine(session);
    signal?.throwIfAborted();
    const report = buildReport(findings, {
      host: resolved.endpoints.resourceHost,
      checkedAt,
      elapsedMs: Math.round(clock.monotonicMs() - startedMs),
      requests: counted.requests(),
      issues: [],
    });
    const clean = withoutSecrets(report, resolved);
    teller.done(clean.stages);
    return clean;
  } finally {
    disarm();
    unfollow();
  }
}

/** Returns the report of settings that cannot be used, and tells its stages. @internal */
export function reportConfigError(
  error: HaloConfigError,
  { clock, onStage }: Pick<RunOptions, 'clock' | 'onStage'>,
): VerificationReport {
  const report = buildReport(
    { address: judgeConfigError(error) },
    {
      host: null,
      checkedAt: new Date(clock.nowMs()).toISOString(),
      elapsedMs: 0,
      requests: 0,
      issues: [...error.issues],
    },
  );
  // Its texts are those of the error, which holds no secret.
  new StageTeller(onStage, (text) => text).done(report.stages);
  return report;
}

interface Session {
  readonly resolved: ResolvedHaloConfig;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Aborts when the time is over, or the caller has had enough. */
  readonly signal: AbortSignal;
  readonly fetch: FetchFunction;
  /** Takes what is known so far. */
  readonly tell: (findings: Findings) => void;
}

async function examine(session: Session): Promise<Findings> {
  const { resolved, timeoutMs } = session;
  const findings: Findings = { address: judgeAddress(resolved) };
  session.tell(findings);
  const [info, authReach] = await Promise.all([askAuthInfo(session), reachAuthServer(session)]);
  const reaches = [
    reachOf(info, resolved.endpoints.resourceHost),
    ...(authReach === undefined ? [] : [authReach]),
  ];
  findings.network = judgeReach(reaches, timeoutMs);
  if (reaches[0]?.kind === 'answered') findings.authinfo = judgeAuthInfo(info, resolved);
  session.tell(findings);
  if (findings.network.status === 'failed') return findings;
  const token = await attempt(session, () => getToken(session));
  findings.token = judgeToken(token, resolved, findings.authinfo);
  session.tell(findings);
  if (token.kind === 'failure') {
    const refused = refusedScope(token.error, resolved);
    return refused === undefined ? findings : { ...findings, scope: refused };
  }
  return { ...findings, ...(await examineAccess(session, token.value)) };
}

async function examineAccess(session: Session, token: VerifiedToken): Promise<Findings> {
  const transport = transportWith(session, token.token);
  const call = { signal: session.signal };
  const [agent, customers, teams, agents] = await Promise.all([
    attempt<Agent>(session, () => createAgents(transport).me(call)),
    attempt(session, () =>
      countRows(transport, clientDescriptor, { includeactive: true, includeinactive: true }, session),
    ),
    attempt(session, () =>
      countRows(transport, teamDescriptor, { includeenabled: true, includedisabled: false }, session),
    ),
    attempt(session, () =>
      countRows(
        transport,
        agentDescriptor,
        { includeenabled: true, includedisabled: false, includeunassigned: false },
        session,
      ),
    ),
  ]);
  const limit = customerLimit(agent);
  return {
    agent: judgeAgent(agent),
    customers: judgeCustomers(customers, limit, token.scope),
    teams: judgeTeams(teams, limit?.agentName),
    agents: judgeAgents(agents, limit?.agentName),
    scope: judgeScope(token.scope),
  };
}

async function attempt<Value>({ signal }: Session, run: () => Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { kind: 'value', value: await run() };
  } catch (error) {
    // Whatever a broken-off request said, the reason it was broken off is what counts.
    return { kind: 'failure', error: signal.aborted ? signal.reason : error };
  }
}

async function askAuthInfo({ resolved, fetch, signal }: Session): Promise<AuthInfoOutcome> {
  const outcome = await fetchAuthInfo({ apiUrl: resolved.endpoints.apiUrl, fetch, signal });
  if (outcome.kind !== 'info') return outcome;
  // Before anything cuts the texts: half a secret would no longer be recognised.
  const redact = redactorOf(resolved);
  const { authUrl, tenantId } = outcome;
  return { ...outcome, authUrl: authUrl && redact(authUrl), tenantId: tenantId && redact(tenantId) };
}

function redactorOf({ credentials }: ResolvedHaloConfig): (text: string) => string {
  return createRedactor(credentials === undefined ? [] : [credentials.clientSecret]);
}

function reachOf(info: AuthInfoOutcome, host: string): Reach {
  if (info.kind === 'network') return { kind: 'network', host, error: info.error };
  return { kind: info.kind === 'timeout' ? 'timeout' : 'answered', host };
}

/** Asks an authorisation server at another host for nothing, so that its name and certificate are tried without a secret. */
async function reachAuthServer({ resolved, fetch, signal }: Session): Promise<Reach | undefined> {
  const { credentials, endpoints } = resolved;
  if (credentials === undefined || endpoints.authOrigin === endpoints.resourceOrigin) return undefined;
  const { host } = new URL(endpoints.authOrigin);
  try {
    discardBody(await plainGet(endpoints.tokenEndpoint, fetch, signal));
    return { kind: 'answered', host };
  } catch (error) {
    return signal.aborted ? { kind: 'timeout', host } : { kind: 'network', host, error };
  }
}

async function getToken({ resolved, fetch, clock, timeoutMs, signal }: Session): Promise<VerifiedToken> {
  const { credentials, endpoints, tokenProvider } = resolved;
  if (credentials !== undefined) {
    return exchangeToken({ endpoints, credentials, fetch, clock, timeoutMs, signal });
  }
  if (tokenProvider === undefined) throw new TypeError('Expected credentials or a token provider');
  const { token } = await guardTokenProvider(tokenProvider).getToken({ signal });
  return { token, lifetimeMs: null, scope: undefined };
}

function refusedScope(error: unknown, { credentials }: ResolvedHaloConfig): Finding | undefined {
  if (!(error instanceof HaloAuthError) || error.code !== 'HALO_AUTH_INVALID_SCOPE') return undefined;
  return judgeRefusedScope(credentials?.scope ?? '', error.hint);
}

/** Sends each request once, waits for nothing, and keeps to the one token. */
function transportWith({ resolved, fetch, clock, timeoutMs }: Session, token: string): Transport {
  const access = { token, expiresAtMs: clock.nowMs() + 2 * timeoutMs };
  return createTransport({
    apiUrl: resolved.endpoints.apiUrl,
    tokenProvider: { getToken: async () => access },
    fetch,
    timeoutMs,
    maxRetries: 0,
    maxRateLimitWaitMs: 0,
    // A handful of requests; whoever asks for a diagnosis does not want to queue for it.
    rateBudget: createRateBudgetWith(
      { requests: Number.POSITIVE_INFINITY, concurrency: MOST_REQUESTS },
      clock,
    ),
    redact: redactorOf(resolved),
    clock,
  });
}

/** The number of rows that a list has, from one request for its shortest page. */
async function countRows<Row extends { id: number }, Query extends CommonQuery>(
  transport: Transport,
  descriptor: ResourceDescriptor<Row, Query>,
  filter: Readonly<Record<string, boolean>>,
  { signal }: Session,
): Promise<number> {
  const query = { ...filter, pageinate: true, page_size: 1, page_no: 1 };
  const answer = await transport.send(
    { method: 'GET', path: descriptor.listPath, effect: 'read', query },
    { signal },
  );
  const { rows, count } = readRows(descriptor, answer, 'verify()');
  const ids = new Set(rows.flatMap((row) => (row === null ? [] : [row.id])));
  return Math.max(count ?? 0, ids.size);
}

/** Refuses a request too many, and any address but the two of the settings. */
function countedFetch({ fetch, endpoints }: ResolvedHaloConfig): {
  fetch: FetchFunction;
  requests: () => number;
} {
  const origins = new Set([endpoints.resourceOrigin, endpoints.authOrigin]);
  let requests = 0;
  return {
    requests: () => requests,
    fetch: async (url, init) => {
      if (requests >= MOST_REQUESTS) throw new Error('a verification sends no more requests');
      if (!origins.has(new URL(url).origin))
        throw new Error('a verification sends nothing to another address');
      requests += 1;
      return (fetch ?? globalThis.fetch)(url, init);
    },
  };
}

/** Servers echo what they are sent; whatever they said, no secret is in the report. */
function withoutSecrets(report: VerificationReport, resolved: ResolvedHaloConfig): VerificationReport {
  const redact = redactorOf(resolved);
  return { ...report, stages: report.stages.map((stage) => redactedStage(stage, redact)) };
}
