import type { Clock } from '../clock.ts';

/**
 * Waits after a 429 that names no time; the last one repeats. Halo's own advice is missing, its window is 5 minutes: the
 * sum after eight waits is 315 s, which outlasts the window and stays below the default `maxRateLimitWaitMs`.
 */
const PROBE_WAITS_MS = [5_000, 10_000, 20_000, 40_000, 60_000] as const;
/** After so many failed probes, and if the limit was mostly used up by us, only our own oldest request helps. */
const BLIND_PROBES = 3;
/** A stated wait beyond this is checked by a probe all the same: a nonsense header must not shut a client down for good. */
const LONGEST_CLOSURE_MS = 330_000;

/** Marks the state of the gate when a request was admitted. @internal */
export interface GateTicket {
  readonly closures: number;
  readonly probe: boolean;
}

/** @internal */
export interface RateGate {
  closed(): boolean;
  /** Whether a request may start now; on a closed gate only the one probe, when its time has come. */
  admits(): boolean;
  /** Notes that a request starts. */
  enter(): GateTicket;
  /** Milliseconds until a probe may start; 0 when open or due. */
  probeInMs(): number;
  /** Milliseconds that the server asked to wait, or that we decided on; 0 when open or due. */
  statedWaitMs(): number;
  /** The request was answered, not with 429: a probe opens the gate. */
  passed(ticket: GateTicket): void;
  /** The request was answered 429. */
  refused(ticket: GateTicket, retryAfterMs: number | undefined, ownReliefMs: number | undefined): void;
  /** The request brought no answer: the next one may probe. */
  abandoned(ticket: GateTicket): void;
}

/** Returns the gate that one 429 closes for every caller and one probe reopens. @internal */
export function createRateGate(clock: Pick<Clock, 'monotonicMs'>): RateGate {
  let closure: { probeAtMs: number; statedAtMs: number; failedProbes: number; probing: boolean } | undefined;
  /** Told apart by number, so that a late 429 of the same burst does not count as another closure. */
  let closures = 0;
  const until = (atMs: number) => Math.max(0, atMs - clock.monotonicMs());

  return {
    closed: () => closure !== undefined,
    admits: () => closure === undefined || (!closure.probing && until(closure.probeAtMs) === 0),
    enter() {
      if (closure) closure.probing = true;
      return { closures, probe: closure !== undefined };
    },
    probeInMs: () => (closure ? until(closure.probeAtMs) : 0),
    statedWaitMs: () => (closure && until(closure.probeAtMs) > 0 ? until(closure.statedAtMs) : 0),
    passed(ticket) {
      if (ticket.probe && ticket.closures === closures) closure = undefined;
    },
    refused(ticket, retryAfterMs, ownReliefMs) {
      const isNews = ticket.closures === closures;
      if (!isNews && retryAfterMs === undefined) return;
      const failedProbes = (closure?.failedProbes ?? -1) + (isNews ? 1 : 0);
      const nowMs = clock.monotonicMs();
      // We kept to the time that was stated and were refused all the same: it is wrong, or a clock is. From here on our own
      // waits are the least, or a server that says 0 would be asked without pause.
      const kept = isNews && closure !== undefined && closure.statedAtMs <= nowMs;
      const leastMs = kept ? stepMs(failedProbes - 1) : 0;
      const waitMs = Math.max(leastMs, retryAfterMs ?? ownWaitMs(failedProbes, ownReliefMs));
      const earlierMs = isNews ? 0 : (closure?.statedAtMs ?? 0);
      const statedAtMs = Math.max(earlierMs, nowMs + waitMs);
      const probing = isNews ? false : (closure?.probing ?? false);
      closure = {
        probeAtMs: Math.min(statedAtMs, nowMs + LONGEST_CLOSURE_MS),
        statedAtMs,
        failedProbes,
        probing,
      };
      if (isNews) closures += 1;
    },
    abandoned(ticket) {
      if (closure && ticket.probe && ticket.closures === closures) closure.probing = false;
    },
  };
}

function ownWaitMs(failedProbes: number, ownReliefMs: number | undefined): number {
  const waitMs = stepMs(failedProbes);
  return failedProbes < BLIND_PROBES ? waitMs : Math.max(waitMs, ownReliefMs ?? 0);
}

function stepMs(failedProbes: number): number {
  return PROBE_WAITS_MS[Math.min(failedProbes, PROBE_WAITS_MS.length - 1)] ?? 0;
}
