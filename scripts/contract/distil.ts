/** What a description of Halo's API says about the parts that this package uses. */
export interface HaloDescription {
  /** Title and version as the description gives them, and the month it is of. */
  readonly source: string;
  /** Path, verb, then the query parameters with their types, and the schema of the body. */
  readonly operations: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  /** Schema, property, type. */
  readonly schemas: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Operation {
  readonly query?: Readonly<Record<string, string>>;
  /** `Area[]` for an array of `Area`. */
  readonly body?: string;
}

/** First segments of the paths that are kept, in lower case. */
const USED_PATHS: ReadonlySet<string> = new Set([
  'client',
  'agent',
  'team',
  'site',
  'areaazuretenant',
  'authinfo',
]);

/**
 * Schemas that are kept: those of the bodies, of the rows in lists, and of the objects inside rows that the package
 * names. The vendor names them after its database tables: `Area` is a customer, `Uname` an agent, `SectionDetail` a team.
 */
const USED_SCHEMAS = [
  'Area',
  'Area_List',
  'Uname',
  'Uname_List',
  'SectionDetail',
  'SectionDetail_List',
  'Site',
  'Site_List',
  'AreaAzureTenant',
  'CustomField',
  'AddressStore',
  'UnameSection',
  'UnameDepartment',
  'UnameAreaRestriction',
  'NHD_Claim',
  'Manager',
] as const;

type Json = Readonly<Record<string, unknown>>;

/**
 * Distils an OpenAPI description of Halo's API into the facts that the package rests on.
 *
 * @throws {TypeError} when it is no OpenAPI description, or of something else than Halo
 */
export function distil(description: unknown, month: string): HaloDescription {
  const { paths, info, components } = objectOf(description, 'the description');
  const { title, version } = objectOf(info, 'info');
  const schemas = objectOf(objectOf(components, 'components').schemas, 'components.schemas');
  const operations = Object.entries(objectOf(paths, 'paths'))
    .filter(([path]) => USED_PATHS.has(path.split('/')[1]?.toLowerCase() ?? ''))
    .map(([path, verbs]) => [path, operationsOf(objectOf(verbs, path))] as const);
  if (operations.length === 0)
    throw new TypeError('The description has no path such as /Client: is it of Halo?');
  return {
    source: `${String(title)} ${String(version)}, ${month}`,
    operations: sortedObject(operations),
    schemas: Object.fromEntries(
      USED_SCHEMAS.filter((name) => schemas[name] !== undefined).map((name) => [
        name,
        propertiesOf(schemas[name]),
      ]),
    ),
  };
}

function operationsOf(verbs: Json): Record<string, Operation> {
  const known = Object.entries(verbs).filter(([verb]) =>
    ['get', 'post', 'put', 'patch', 'delete'].includes(verb),
  );
  return sortedObject(
    known.map(([verb, operation]) => [verb.toUpperCase(), operationOf(objectOf(operation, verb))]),
  );
}

function operationOf({ parameters, requestBody }: Json): Operation {
  const query = (Array.isArray(parameters) ? (parameters as Json[]) : [])
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => [String(parameter.name), typeOf(parameter.schema)] as const);
  const body = bodyOf(requestBody);
  return {
    ...(query.length === 0 ? {} : { query: sortedObject(query) }),
    ...(body === undefined ? {} : { body }),
  };
}

function bodyOf(requestBody: unknown): string | undefined {
  if (!isObject(requestBody) || !isObject(requestBody.content)) return undefined;
  const json = requestBody.content['application/json'];
  return isObject(json) ? typeOf(json.schema) : undefined;
}

function propertiesOf(schema: unknown): Record<string, string> {
  const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {};
  return sortedObject(Object.entries(properties).map(([name, property]) => [name, typeOf(property)]));
}

/** `string`, `integer`, `Area[]`; the vendor's own words `bool`, `int` and `List<int>` in the standard's. */
function typeOf(schema: unknown): string {
  if (!isObject(schema)) return 'any';
  if (typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1) ?? 'any';
  if (schema.type === 'array') return `${typeOf(schema.items)}[]`;
  const type = typeof schema.type === 'string' ? schema.type : 'any';
  return VENDOR_TYPES[type] ?? type;
}

const VENDOR_TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int: 'integer',
  'List<int>': 'integer[]',
};

function sortedObject<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown, what: string): Json {
  if (!isObject(value)) throw new TypeError(`Expected ${what} of the OpenAPI file to be an object`);
  return value;
}
