import { type ApiRequest, badRequest, EMPTY, json, mayWrite, type SecondAnswer } from './answer.ts';
import { KINDS, type Kind, type SecondRow, type SecondTables } from './rows.ts';

/** Answers `POST /X`: an array whose elements are created, or changed where they have an id. */
export function answerWrite(kind: Kind, request: ApiRequest, tables: SecondTables): SecondAnswer {
  if (!/json/i.test(request.contentType)) return EMPTY(415);
  if (!mayWrite(kind, request.scopes)) return EMPTY(403);
  const elements = parsed(request.body);
  if (!Array.isArray(elements) || !elements.every(isObject)) return badRequest('Invalid Data Type');
  const written: SecondRow[] = [];
  for (const [index, element] of elements.entries()) {
    const answer = writeOne(kind, element, index, request.body, tables);
    if ('status' in answer && 'body' in answer) return answer as SecondAnswer;
    written.push(answer as SecondRow);
  }
  return json(201, kind, written.length === 1 ? written[0] : written);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function writeOne(
  kind: Kind,
  element: Record<string, unknown>,
  index: number,
  text: string,
  tables: SecondTables,
): SecondRow | SecondAnswer {
  const problem = bindingProblem(kind, element, index, text);
  if (problem !== undefined) return problem;
  if (typeof element.id === 'number') {
    const row = tables.get(kind, element.id);
    if (row === undefined) return EMPTY(404);
    // Fields that are not sent stay as they are.
    const changed = { ...row, ...element, id: row.id };
    tables.set(kind, changed);
    return changed;
  }
  return missingField(kind, element) ?? create(kind, element, tables);
}

/** Halo's binder wants whole numbers written as such: `"7"` and `7.0` are both refused. */
function bindingProblem(
  kind: Kind,
  element: Record<string, unknown>,
  index: number,
  text: string,
): SecondAnswer | undefined {
  for (const field of ['id', ...kind.integers]) {
    const path = `[${index}].${field}`;
    const position = text.indexOf(`"${field}"`);
    const where = `Path '${path}', line 1, position ${position}.`;
    const value = element[field];
    if (typeof value === 'string') {
      return badRequest({ [path]: [`Could not convert string to integer: ${value}. ${where}`] });
    }
    const decimal = new RegExp(`"${field}"\\s*:\\s*(-?\\d+\\.\\d*)`).exec(text)?.[1];
    if (decimal !== undefined) {
      return badRequest({ [path]: [`Input string '${decimal}' is not a valid integer. ${where}`] });
    }
  }
  return undefined;
}

/** One missing field is complained about at a time, in a form that depends on the endpoint. */
function missingField(kind: Kind, element: Record<string, unknown>): SecondAnswer | undefined {
  const isMissing = (field: string) => element[field] === undefined || element[field] === '';
  if (isMissing('name')) return exception('Name is mandatory');
  if (kind.name === 'Agent' && isMissing('email')) return exception('Email address is mandatory');
  if (kind.name === 'Site' && isMissing('client_id')) {
    return badRequest('Parameter client_id must be included');
  }
  return undefined;
}

/** The form of an exception that left .NET. */
function exception(message: string): SecondAnswer {
  return badRequest({
    ClassName: 'System.Exception',
    Message: message,
    Data: null,
    InnerException: null,
    HelpURL: null,
    StackTraceString: null,
    RemoteStackTraceString: null,
    RemoteStackIndex: 0,
    ExceptionMethod: null,
    HResult: -2146233088,
    Source: null,
    WatsonBuckets: null,
  });
}

function create(kind: Kind, element: Record<string, unknown>, tables: SecondTables): SecondRow {
  const { newclient_sitename: siteName = 'Main', ...fields } = element;
  const row = tables.add(kind, {
    ...fields,
    [kind.active.field]: fields[kind.active.field] ?? false,
    use: kind.use,
  });
  // A new customer gets its main site by itself.
  if (kind.name !== 'Client') return row;
  const site = tables.add(SITE, {
    name: siteName,
    client_id: row.id,
    client_name: row.name,
    inactive: false,
    use: 'site',
  });
  const withSite = { ...row, main_site_id: site.id, main_site_name: site.name };
  tables.set(kind, withSite);
  return withSite;
}

const SITE = KINDS.find(({ name }) => name === 'Site')!;
