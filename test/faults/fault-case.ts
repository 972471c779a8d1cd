import type { HaloErrorCode } from '../../src/errors.ts';
import type { HaloClient } from '../../src/halo-client.ts';
import type { CallOptions } from '../../src/http/request.ts';
import { createMemoryRig, type MemoryRig, type MemoryRigOptions } from './memory-rig.ts';
import type { Rig } from './rig.ts';
import { createWireRig, type WireRig, type WireRigOptions } from './wire-rig.ts';

/** One numbered fault, with every variant of it that is played. */
export interface FaultRow {
  readonly number: number | string;
  readonly group: FaultGroup;
  readonly title: string;
  readonly cases: readonly FaultCase[];
  /** Why it is not played: later work, or a machine that this one is not. */
  readonly left?: string | undefined;
}

export type FaultGroup = 'token' | 'transport' | 'tls' | 'answers' | 'limits' | 'hosts' | 'files';

/** How a case ended: what came back, or everything that was thrown. */
export interface Ending {
  readonly value?: unknown;
  readonly errors: readonly unknown[];
}

/** An exact number, or the bounds where chance decides. */
export type Count = number | readonly [least: number, most: number];

/** One variant of a fault: how to bring it about, and what has to come of it. */
export interface FaultCase {
  readonly variant: string;
  readonly open: () => Rig | Promise<Rig>;
  readonly play: (rig: never) => Promise<Ending>;
  readonly expected: Expected;
  /** Requests to the token endpoint; unchecked where left out. */
  readonly token?: Count | undefined;
  /** Requests to the API; unchecked where left out. */
  readonly api?: Count | undefined;
  /** Longest time to settle, in virtual milliseconds. */
  readonly boundMs?: number | undefined;
  /** Signals on which no listener may be left. */
  readonly signals: readonly AbortSignal[];
  /** Whether the client has to work again once the fault is over; a closed one need not. */
  readonly heals: boolean;
}

export type Expected =
  | { readonly kind: 'value'; readonly check: (value: unknown, rig: Rig) => void }
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly code: HaloErrorCode | undefined;
      readonly check: (error: Record<string, unknown>, rig: Rig) => void;
    }
  /** The scenario asserts for itself. */
  | { readonly kind: 'own' };

/** A call comes back, with a value that fits. */
export function succeeds(check: (value: unknown, rig: Rig) => void = () => undefined): Expected {
  return { kind: 'value', check };
}

/** A call fails with this error, which fits. */
export function fails(
  name: string,
  code?: HaloErrorCode,
  check: (error: Record<string, unknown>, rig: Rig) => void = () => undefined,
): Expected {
  return { kind: 'error', name, code, check };
}

/** One call of a client, as a case plays it. */
export type Play = (halo: HaloClient, options: CallOptions) => Promise<unknown>;

export const read: Play = (halo, options) => halo.clients.get(1, options);
export const list: Play = (halo, options) => halo.clients.list({}, options).toArray();
export const create: Play = (halo, options) => halo.clients.create({ name: 'Northwind' }, options);
export const update: Play = (halo, options) => halo.clients.update(1, { notes: 'moved' }, options);
export const remove: Play = (halo, options) => halo.clients.delete(1, options);

interface CaseFacts {
  readonly variant: string;
  readonly expected: Expected;
  readonly token?: Count | undefined;
  readonly api?: Count | undefined;
  readonly boundMs?: number | undefined;
  readonly heals?: boolean | undefined;
  /** @default a read of one customer */
  readonly call?: Play | undefined;
  readonly options?: CallOptions | undefined;
}

/** One call against a fake `fetch` on the virtual clock. */
export function memory(facts: CaseFacts, rig: MemoryRigOptions = {}): FaultCase {
  return callCase(facts, () => createMemoryRig(rig));
}

/** One call against scripted sockets. */
export function wire(facts: CaseFacts, rig: WireRigOptions = {}): FaultCase {
  return callCase(facts, () => createWireRig(rig));
}

/** One call against any rig. */
export function callCase(facts: CaseFacts, open: () => Rig | Promise<Rig>): FaultCase {
  const { call = read, options, heals = true, ...rest } = facts;
  // Long-lived, as a caller's own: a listener left on it by every call is how memory leaks.
  const { signal } = new AbortController();
  return {
    ...rest,
    heals,
    open,
    signals: [signal],
    play: (rig: Rig) => endingOf(rig.settle(call(rig.halo, { signal, ...options }))),
  };
}

interface ScenarioFacts<AnyRig extends Rig> extends Omit<CaseFacts, 'call' | 'options' | 'expected'> {
  /** Plays it, asserts what has to come of it, and returns every error that a caller saw. */
  readonly run: (rig: AnyRig) => Promise<readonly unknown[]>;
  readonly signals?: readonly AbortSignal[] | undefined;
}

export function memoryScenario(facts: ScenarioFacts<MemoryRig>, rig: MemoryRigOptions = {}): FaultCase {
  return scenario(facts, () => createMemoryRig(rig));
}

export function wireScenario(facts: ScenarioFacts<WireRig>, rig: WireRigOptions = {}): FaultCase {
  return scenario(facts, () => createWireRig(rig));
}

export function scenario<AnyRig extends Rig>(
  { run, heals = true, signals = [], ...rest }: ScenarioFacts<AnyRig>,
  open: () => AnyRig | Promise<AnyRig>,
): FaultCase {
  return {
    ...rest,
    heals,
    signals,
    open,
    expected: { kind: 'own' },
    play: async (rig: AnyRig) => ({ errors: await run(rig) }),
  };
}

/** How a promise ended. */
export async function endingOf(promise: Promise<unknown>): Promise<Ending> {
  return promise.then(
    (value) => ({ value, errors: [] }),
    (error: unknown) => ({ errors: [error] }),
  );
}

/** The errors of many promises. */
export async function errorsOf(promises: readonly Promise<unknown>[]): Promise<unknown[]> {
  const results = await Promise.allSettled(promises);
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
}

/** Puts a row together. */
export function row(
  number: number | string,
  group: FaultGroup,
  title: string,
  cases: readonly FaultCase[],
): FaultRow {
  return { number, group, title, cases };
}

/** A row that is not played here. */
export function leftOut(number: number, group: FaultGroup, title: string, left: string): FaultRow {
  return { number, group, title, cases: [], left };
}
