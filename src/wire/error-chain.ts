/** What one error of a chain says of itself. @internal */
export interface Link {
  readonly name: string;
  readonly family: 'IPv4' | 'IPv6' | undefined;
  readonly code: string | undefined;
  readonly syscall: string | undefined;
  readonly refusedTunnel: boolean;
}

/** undici reports a refused CONNECT as an abort; the text is its own and fixed, and is all there is to go by. */
const REFUSED_TUNNEL = /^Proxy response \(\d{3}\) !== 200 when HTTP Tunneling$/;

/**
 * A fresh error with nothing of the given one but its name and code: platform errors quote header values, hosts and
 * bodies, and carry live request objects.
 *
 * @internal
 */
export function safeCause(error: unknown): Error {
  const chain = errorChain(error);
  const code = chain.find((link) => link.code !== undefined)?.code;
  const name = chain[0]?.name ?? 'Error';
  const cause = new Error(code === undefined ? name : `${name} ${code}`);
  cause.name = name;
  if (code !== undefined) Object.defineProperty(cause, 'code', { value: code, enumerable: true });
  return cause;
}

/** More links than this are no honest chain of causes. */
const LONGEST_CHAIN = 32;

/** Returns what the error, its causes and the members of aggregates say, breadth first; safe on cycles. @internal */
export function errorChain(error: unknown): Link[] {
  const queue: unknown[] = [error];
  const seen = new Set<unknown>();
  const links: Link[] = [];
  while (queue.length > 0 && links.length < LONGEST_CHAIN) {
    const current = queue.shift();
    if (typeof current !== 'object' || current === null || seen.has(current)) continue;
    seen.add(current);
    const errors = read(current, 'errors');
    const members = Array.isArray(errors) ? errors.slice(0, LONGEST_CHAIN) : [];
    links.push({
      name: textOf(current, 'name', /^[A-Za-z]{1,40}$/) ?? 'Error',
      // An aggregate repeats the code of its first member, without the system call that tells how far it came.
      code: members.length > 0 ? undefined : textOf(current, 'code', /^[A-Z][A-Z0-9_/]{1,63}$/),
      syscall: textOf(current, 'syscall', /^[a-z]{1,20}$/),
      family: familyOf(textOf(current, 'address', /^[\da-f:.]{2,45}$/i)),
      refusedTunnel: textOf(current, 'message', REFUSED_TUNNEL) !== undefined,
    });
    queue.push(read(current, 'cause'), ...members);
  }
  return links;
}

function familyOf(address: string | undefined): Link['family'] {
  if (address === undefined) return undefined;
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

function textOf(source: object, key: string, shape: RegExp): string | undefined {
  const value = read(source, key);
  return typeof value === 'string' && shape.test(value) ? value : undefined;
}

/** A thrown value is foreign: a getter of it may throw as well. */
function read(source: object, key: string): unknown {
  try {
    return (source as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}
