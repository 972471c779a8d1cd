import { HaloConfigError, type HaloConfigIssue } from './errors.ts';
import { createHaloClient, type HaloClient, type HaloClientConfig } from './halo-client.ts';
import type { VerificationReport } from './verify/report.ts';
import type { VerifyOptions } from './verify-connection.ts';
import { isJsonObject } from './wire/json-object.ts';

/** Options of `verifyAll`. `timeoutMs` holds for each instance. */
export interface VerifyAllOptions extends VerifyOptions {
  /** Instances verified at one time. @default 4 */
  concurrency?: number | undefined;
}

/** Several Halo instances by name. Iteration gives `[name, client]`, in the order of the settings. */
export interface HaloInstances<Name extends string> extends AsyncDisposable, Iterable<[Name, HaloClient]> {
  readonly names: readonly Name[];
  /**
   * Returns the client of one instance, always the same.
   *
   * @throws {TypeError} when there is no instance of that name
   */
  get(name: Name): HaloClient;
  /** Whether there is an instance of that name, as for one that came with a request. */
  has(name: string): name is Name;
  /**
   * Verifies all instances, a few at a time. A connection that does not work is a report beside the others.
   *
   * @param options `concurrency` (4), `timeoutMs` for each instance in milliseconds (15,000), `signal`
   * @throws {TypeError} when an option is out of range
   * @throws {HaloNetworkError} when the client of an instance was closed
   */
  verifyAll(options?: VerifyAllOptions): Promise<Record<Name, VerificationReport>>;
  /** Closes all clients. */
  close(): Promise<void>;
}

/** Each takes a handful of requests at once; more instances than this would crowd the line of a small machine. */
const DEFAULT_CONCURRENCY = 4;

/**
 * Returns one client for each of several Halo instances. They share nothing but what the settings share: the same
 * `tokenProvider` or `rateBudget` object in two of them.
 *
 * @param configs settings by a name of your own
 * @throws {HaloConfigError} when settings cannot be used, with every problem of every instance: `uk.clientSecret`
 * @throws {TypeError} when `configs` is no object
 * @example
 * ```ts
 * import { createHaloInstances, formatVerification, instancesFromEnv } from 'halo-psa';
 *
 * await using halos = createHaloInstances(instancesFromEnv());
 * for (const report of Object.values(await halos.verifyAll())) console.log(formatVerification(report));
 * for (const [name, halo] of halos) {
 *   const customers = await halo.clients.list().toArray();
 *   console.log(name, customers.length);
 * }
 * ```
 */
export function createHaloInstances<const Name extends string>(
  configs: Readonly<Record<Name, HaloClientConfig>>,
): HaloInstances<Name> {
  if (!isJsonObject(configs))
    throw new TypeError('Expected settings by a name of your own: { uk: { ... }, us: { ... } }');
  const issues: HaloConfigIssue[] = [];
  const clients = new Map<Name, HaloClient>();
  for (const [name, config] of Object.entries(configs) as [Name, HaloClientConfig][]) {
    try {
      clients.set(name, createHaloClient(config));
    } catch (error) {
      if (!(error instanceof HaloConfigError)) throw error;
      issues.push(...error.issues.map((issue) => ({ ...issue, field: `${name}.${issue.field}` })));
    }
  }
  if (issues.length > 0) throw new HaloConfigError(issues);
  return new NamedInstances(clients);
}

class NamedInstances<Name extends string> implements HaloInstances<Name> {
  readonly names: readonly Name[];
  readonly #clients: ReadonlyMap<Name, HaloClient>;

  constructor(clients: ReadonlyMap<Name, HaloClient>) {
    this.names = [...clients.keys()];
    this.#clients = clients;
  }

  get(name: Name): HaloClient {
    const client = this.#clients.get(name);
    if (client !== undefined) return client;
    throw new TypeError(
      `There is no Halo instance of that name; there are: ${this.names.join(', ') || 'none'}`,
    );
  }

  has(name: string): name is Name {
    return this.#clients.has(name as Name);
  }

  [Symbol.iterator](): IterableIterator<[Name, HaloClient]> {
    return this.#clients.entries();
  }

  async verifyAll({
    concurrency = DEFAULT_CONCURRENCY,
    ...options
  }: VerifyAllOptions = {}): Promise<Record<Name, VerificationReport>> {
    if (!(Number.isSafeInteger(concurrency) && concurrency >= 1)) {
      throw new TypeError('Expected `concurrency` to be a whole number from 1');
    }
    const reports = new Map<Name, VerificationReport>();
    const waiting = this.#clients.entries();
    const work = async () => {
      // All workers take from one iterator, so each instance is taken once.
      for (const [name, client] of waiting) reports.set(name, await client.verify(options));
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, this.names.length) }, work));
    const inOrder = this.names.map((name) => [name, reports.get(name)]);
    return Object.fromEntries(inOrder) as Record<Name, VerificationReport>;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
