import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getEventListeners } from 'node:events';
import { isHaloError } from '../../src/errors.ts';
import { findLeaks } from '../support/canary.ts';
import type { Count, Ending, FaultCase } from './fault-case.ts';
import { type Rig, turns } from './rig.ts';

/** What came of one case; it passed when there is no problem. */
export interface CaseResult {
  readonly variant: string;
  readonly problems: readonly string[];
  /** Virtual milliseconds until the call settled. */
  readonly elapsedMs: number;
  readonly token: number;
  readonly api: number;
  /** Secrets found in errors, logs, events and output. */
  readonly leaks: number;
  readonly longestMessage: number;
  readonly unhandled: number;
}

/** A limit of ours may fire a moment late; on the virtual clock only pauses of other timers can come before it. */
const BOUND_SLACK_MS = 100;
/** Longer than any closure of the rate limit and any memory of refused credentials. */
const HEALING_MS = 700_000;
const LONGEST_MESSAGE = 1024;

/**
 * Plays one case and asserts, whatever it is about, what holds for all of them:
 * G1 no secret anywhere, G2 settled in its bound, G3 no unhandled rejection or warning, G4 no socket, timer or listener
 * left, G5 exact request counts, G6 prototypes untouched, G7 messages short, one line, with a hint, G8 the client works
 * again.
 */
export async function playCase(faultCase: FaultCase): Promise<CaseResult> {
  const watch = watchProcess();
  const problems: string[] = [];
  const rig = await faultCase.open();
  const startMs = rig.clock.monotonicMs();
  let ending: Ending = { errors: [] };
  try {
    ending = await (faultCase.play as (rig: Rig) => Promise<Ending>)(rig);
  } catch (error) {
    problems.push(`the scenario: ${error instanceof Error ? error.message : String(error)}`);
  }
  const elapsedMs = rig.clock.monotonicMs() - startMs;
  const counts = { token: rig.tokenRequests(), api: rig.apiRequests() };
  await turns(2);

  problems.push(...expectation(faultCase, ending, rig));
  if (faultCase.boundMs !== undefined && elapsedMs > faultCase.boundMs + BOUND_SLACK_MS) {
    problems.push(`G2: settled after ${Math.round(elapsedMs)} ms, bound ${faultCase.boundMs} ms`);
  }
  problems.push(...(await leftovers(faultCase, rig)));
  problems.push(...countProblems('token', faultCase.token, counts.token));
  problems.push(...countProblems('API', faultCase.api, counts.api));
  problems.push(...ending.errors.flatMap(messageProblems));
  if (faultCase.heals) problems.push(...(await healing(rig)));
  const { output, events, unhandled, prototypes } = await watch.end();
  problems.push(...unhandled.map((text) => `G3: ${text}`), ...prototypes.map((text) => `G6: ${text}`));
  const leaks = findLeaks(
    { errors: ending.errors, halo: rig.halo, lines: rig.lines, events, output },
    rig.canaries.all,
  );
  problems.push(...leaks.map(({ canary, form, where }) => `G1: ${canary} (${form}) at ${where}`).slice(0, 5));
  await rig.close();
  return {
    variant: faultCase.variant,
    problems,
    elapsedMs,
    ...counts,
    leaks: leaks.length,
    longestMessage: Math.max(0, ...ending.errors.map((error) => messageOf(error).length)),
    unhandled: unhandled.length,
  };
}

function expectation({ expected }: FaultCase, { value, errors }: Ending, rig: Rig): string[] {
  if (expected.kind === 'own') return [];
  const [error] = errors;
  if (expected.kind === 'value') {
    if (errors.length > 0) return [`expected a value, got ${describe(error)}`];
    return complaint(() => expected.check(value, rig));
  }
  if (errors.length === 0) return [`expected ${expected.name} ${expected.code ?? ''}, got a value`];
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (name !== expected.name || (expected.code !== undefined && code !== expected.code)) {
    return [`expected ${expected.name} ${expected.code ?? ''}, got ${describe(error)}`];
  }
  return complaint(() => expected.check(error as Record<string, unknown>, rig));
}

function complaint(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function describe(error: unknown): string {
  const { name, code, message } = (error ?? {}) as Record<string, unknown>;
  return `${String(name)} ${String(code ?? '')}: ${String(message ?? error)}`;
}

function countProblems(what: string, expected: Count | undefined, actual: number): string[] {
  if (expected === undefined) return [];
  const [least, most] = typeof expected === 'number' ? [expected, expected] : expected;
  if (actual >= least && actual <= most) return [];
  return [`G5: ${actual} ${what} requests, expected ${least === most ? least : `${least} to ${most}`}`];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

function messageProblems(error: unknown): string[] {
  if (!isHaloError(error)) return [];
  const { message, hint } = error;
  return [
    ...(message.length > LONGEST_MESSAGE ? [`G7: a message of ${message.length} characters`] : []),
    ...(/[\r\n\u2028\u2029]/.test(message) ? ['G7: a message of several lines'] : []),
    ...(hint.trim() === '' ? ['G7: no hint'] : []),
    ...(message.length < LONGEST_MESSAGE && !message.includes(hint)
      ? ['G7: the message lacks its hint']
      : []),
  ];
}

async function leftovers({ signals }: FaultCase, rig: Rig): Promise<string[]> {
  const listeners = signals.reduce((sum, signal) => sum + getEventListeners(signal, 'abort').length, 0);
  const open = await rig.leftovers();
  return [
    ...open.map((text) => `G4: ${text}`),
    ...(listeners === 0 ? [] : [`G4: ${listeners} abort listeners are left`]),
  ];
}

async function healing(rig: Rig): Promise<string[]> {
  rig.heal();
  await rig.clock.advance(HEALING_MS);
  try {
    const client = await rig.settle(rig.halo.clients.get(7));
    return client.id === 7 ? [] : ['G8: the next call returns another row'];
  } catch (error) {
    return [`G8: the next call fails: ${describe(error)}`];
  }
}

interface Watch {
  end(): Promise<{ output: string; events: unknown[]; unhandled: string[]; prototypes: string[] }>;
}

const PROTOTYPES = [Object.prototype, Array.prototype] as const;

function watchProcess(): Watch {
  const written: string[] = [];
  const events: unknown[] = [];
  const unhandled: string[] = [];
  const before = PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length);
  const note = (kind: string) => (reason: unknown) => void unhandled.push(`${kind}: ${describe(reason)}`);
  const listeners = {
    unhandledRejection: note('unhandled rejection'),
    warning: note('process warning'),
  };
  for (const [event, listener] of Object.entries(listeners)) process.on(event, listener);
  const onEvent = (message: unknown) => void events.push(message);
  subscribe('halo-psa', onEvent);
  const restore = [process.stdout, process.stderr].map((stream) => capture(stream, written));
  return {
    async end() {
      await turns(3);
      for (const undo of restore) undo();
      unsubscribe('halo-psa', onEvent);
      for (const [event, listener] of Object.entries(listeners)) process.off(event, listener);
      const prototypes = PROTOTYPES.flatMap((prototype, index) =>
        Reflect.ownKeys(prototype).length === before[index] ? [] : ['a prototype has another number of keys'],
      );
      return { output: written.join(''), events, unhandled, prototypes };
    },
  };
}

/** Keeps what is written meanwhile, and passes it on. */
function capture(stream: NodeJS.WriteStream, written: string[]): () => void {
  const original = stream.write;
  stream.write = function (this: NodeJS.WriteStream, ...parameters: Parameters<typeof original>) {
    written.push(String(parameters[0]));
    return original.apply(this, parameters);
  } as typeof original;
  return () => {
    stream.write = original;
  };
}
