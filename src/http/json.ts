/** What a text is, read as JSON. @internal */
export type JsonReading =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'broken' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'too-deep' }
  | { readonly kind: 'unsafe-id'; readonly path: string };

/** Halo's deepest answers have about ten levels. Code that walks values by recursion overflows at some ten thousand. */
const DEEPEST = 256;
/** `id`, `client_id`, `clientId`, `ids`: keys whose numbers name a row, which another number would confuse with another. */
const ID_KEY = /(?:^|_)ids?$|[a-z]Ids?$/;

/**
 * Reads JSON that a server sent: refuses nesting that would overflow a stack, and ids beyond 2^53 - 1, which
 * `JSON.parse` rounds without a word; drops `__proto__` keys, which would become prototypes as soon as a row is copied.
 *
 * @internal
 */
export function readJson(text: string): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    // The platform's message quotes the text, which may hold a row.
    return { kind: endsEarly(text) ? 'cut' : 'broken' };
  }
  if (typeof value !== 'object' || value === null || isPlain(value, 1)) return { kind: 'value', value };
  return inspect(value);
}

/**
 * Whether the text stops inside an open object, list or string. A zipped body that breaks off reaches us as a shorter
 * text without an error, so its JSON is the only witness.
 */
function endsEarly(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (quoted) {
      if (character === '\\') index += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
  }
  return quoted || depth > 0;
}

/**
 * Whether nothing in it needs a closer look, which is so for nearly every answer. The recursion ends at the deepest level
 * allowed, long before the stack does.
 */
function isPlain(value: object, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (!isPlainField(item, depth)) return false;
    return true;
  }
  for (const key in value) {
    if (key === '__proto__') return false;
    if (!isPlainField((value as Record<string, unknown>)[key], depth)) return false;
  }
  return true;
}

function isPlainField(field: unknown, depth: number): boolean {
  if (typeof field === 'number') return !isUnsafe(field);
  return typeof field !== 'object' || field === null || isPlain(field, depth + 1);
}

interface Node {
  readonly value: object;
  readonly key: string;
  readonly parent: Node | undefined;
  readonly depth: number;
}

/** Walks without recursion: the walk itself must not overflow. */
function inspect(root: object): JsonReading {
  const open: Node[] = [{ value: root, key: '', parent: undefined, depth: 1 }];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.depth > DEEPEST) return { kind: 'too-deep' };
    const unsafe = Array.isArray(node.value) ? openItems(node, open) : openFields(node, open);
    if (unsafe !== undefined) return { kind: 'unsafe-id', path: pathOf(node, unsafe) };
  }
  return { kind: 'value', value: root };
}

/** Opens the objects below; returns the key of an unsafe id. */
function openFields(node: Node, open: Node[]): string | undefined {
  const fields = node.value as Record<string, unknown>;
  if (Object.hasOwn(fields, '__proto__')) Reflect.deleteProperty(fields, '__proto__');
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (typeof value === 'object' && value !== null) {
      open.push({ value, key, parent: node, depth: node.depth + 1 });
    } else if (typeof value === 'number' && isUnsafe(value) && ID_KEY.test(key)) {
      return key;
    }
  }
  return undefined;
}

function openItems(node: Node, open: Node[]): string | undefined {
  const items = node.value as readonly unknown[];
  for (let index = 0; index < items.length; index += 1) {
    const value = items[index];
    if (typeof value === 'object' && value !== null) {
      open.push({ value, key: `[${index}]`, parent: node, depth: node.depth + 1 });
    } else if (typeof value === 'number' && isUnsafe(value) && ID_KEY.test(node.key)) {
      return `[${index}]`;
    }
  }
  return undefined;
}

function isUnsafe(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

function pathOf(node: Node, last: string): string {
  let path = last;
  for (let current: Node | undefined = node; current?.parent; current = current.parent) {
    path = `${current.key}${path.startsWith('[') ? '' : '.'}${path}`;
  }
  return path;
}
