import { type Command, Option } from 'commander';
import type { Agent, Client, HaloClient, Listing, ListOptions, Team } from '../../index.ts';
import { withHalo } from '../connect.ts';
import { addConnectionOptions, type ConnectionOptions } from '../connection-options.ts';
import type { Act, CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { layOutColumns } from '../output/columns.ts';
import { csvLines } from '../output/csv.ts';
import { safeJson } from '../output/json.ts';
import type { Printer } from '../output/printer.ts';
import { plural } from '../output/text.ts';
import { readPages } from '../read-listing.ts';
import { wholeNumber } from '../whole-number.ts';

interface ListCommandOptions extends ConnectionOptions {
  readonly search?: string | undefined;
  /** Rows out of use as well: Halo says inactive of customers and teams, disabled of agents. */
  readonly all?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly csv?: boolean | undefined;
  readonly sweeps?: number | undefined;
}

/** A field of a row, as a column of a table and of a CSV file. */
interface Field<Row> {
  readonly name: string;
  readonly width: number | null;
  readonly of: (row: Row) => string | number | boolean | undefined;
}

/** A list that Halo has. */
interface Listed<Row> {
  /** What its rows are called on a screen. */
  readonly noun: string;
  readonly outOfUse: string;
  /** Whether Halo searches it. */
  readonly isSearchable: boolean;
  readonly fields: readonly Field<Row>[];
  readonly list: (halo: HaloClient, options: ListCommandOptions, read: ListOptions) => Listing<Row>;
}

const CLIENTS: Listed<Client> = {
  noun: 'customer',
  outOfUse: 'inactive',
  isSearchable: true,
  fields: [
    { name: 'id', width: 8, of: ({ id }) => id },
    { name: 'name', width: null, of: ({ name }) => name },
    { name: 'group', width: 24, of: ({ toplevel_name: group }) => group },
    { name: 'inactive', width: 8, of: ({ inactive }) => inactive },
  ],
  list: (halo, { search, all }, read) => halo.clients.list({ search, includeInactive: all }, read),
};

const AGENTS: Listed<Agent> = {
  noun: 'agent',
  outOfUse: 'disabled',
  isSearchable: true,
  fields: [
    { name: 'id', width: 8, of: ({ id }) => id },
    { name: 'name', width: null, of: ({ name }) => name },
    { name: 'email', width: 36, of: ({ email }) => email },
    { name: 'team', width: 20, of: ({ team }) => team },
    { name: 'disabled', width: 8, of: ({ isdisabled }) => isdisabled },
  ],
  list: (halo, { search, all }, read) => halo.agents.list({ search, includeDisabled: all }, read),
};

const TEAMS: Listed<Team> = {
  noun: 'team',
  outOfUse: 'inactive',
  isSearchable: false,
  fields: [
    { name: 'id', width: 8, of: ({ id }) => id },
    { name: 'name', width: null, of: ({ name }) => name },
    { name: 'department', width: 24, of: ({ department_name: department }) => department },
    { name: 'inactive', width: 8, of: ({ inactive }) => inactive },
  ],
  list: (halo, { all }, read) => halo.teams.list({ includeInactive: all }, read),
};

/** Declares `halo-psa clients`. */
export const defineClients = (command: Command, act: Act) => defineList(command, act, CLIENTS);
/** Declares `halo-psa agents`. */
export const defineAgents = (command: Command, act: Act) => defineList(command, act, AGENTS);
/** Declares `halo-psa teams`. */
export const defineTeams = (command: Command, act: Act) => defineList(command, act, TEAMS);

function defineList<Row>(command: Command, act: Act, listed: Listed<Row>): void {
  const plurals = `${listed.noun}s`;
  const list = command.command('list').description(`list ${plurals}, checked complete`);
  addConnectionOptions(list);
  if (listed.isSearchable) list.option('--search <text>', `only ${plurals} that match`);
  list
    .option('--all', `${listed.outOfUse} ones as well`)
    .addOption(new Option('--json', 'a JSON array, every field as Halo has it').conflicts('csv'))
    .option('--csv', 'CSV, safe to open in a spreadsheet')
    .addOption(
      new Option('--sweeps <n>', 'read the list n times, to catch rows that move meanwhile').argParser(
        wholeNumber(1, 10),
      ),
    )
    .addHelpText(
      'after',
      `
Rows are printed while they are read. A list that does not check complete ends with 3.

Example:
  $ halo-psa ${command.name()} list --csv > ${plurals}.csv`,
    )
    .action(act((options: ListCommandOptions, context) => printList(listed, options, context)));
}

function printList<Row>(
  { noun, fields, list }: Listed<Row>,
  options: ListCommandOptions,
  context: CliContext,
): Promise<ExitCode> {
  return withHalo(options, context, async ({ halo, progress }) => {
    const { out, err, signal, now } = context;
    const listing = list(halo, options, { signal, sweeps: options.sweeps });
    const format = options.json
      ? jsonFormat<Row>()
      : options.csv
        ? csvFormat(fields)
        : tableFormat(fields, out);
    let rows = 0;
    for await (const page of readPages(listing, { halo, progress, what: `${noun}s`, now })) {
      const text = format.page(page, rows === 0);
      rows += page.length;
      // Whatever shows the first rows of a pipe, as `head` does, shows them on this terminal.
      if (out.isTerminal || rows === page.length) progress.clear();
      await out.write(text);
      signal.throwIfAborted();
    }
    await out.write(format.end(rows === 0));
    const { complete = false, expected = null } = listing.report ?? {};
    const checked = complete
      ? `complete${expected === null ? '' : ` as Halo counts ${expected}`}`
      : 'not complete';
    await err.line(err.paint('dim', `${plural(rows, noun)}, ${checked}`));
    return EXIT.ok;
  });
}

/** How rows are written, page by page. */
interface Format<Row> {
  page(rows: readonly Row[], isFirst: boolean): string;
  end(isEmpty: boolean): string;
}

/** An array that is whole only when the list was: a reader notices what is missing. */
function jsonFormat<Row>(): Format<Row> {
  return {
    page: (rows, isFirst) => (isFirst ? '[\n' : ',\n') + rows.map((row) => safeJson(row)).join(',\n'),
    end: (isEmpty) => (isEmpty ? '[]\n' : '\n]\n'),
  };
}

function csvFormat<Row>(fields: readonly Field<Row>[]): Format<Row> {
  const head = csvLines([fields.map(({ name }) => name)]);
  return {
    page: (rows, isFirst) =>
      (isFirst ? head : '') + csvLines(rows.map((row) => fields.map(({ of }) => of(row)))),
    end: (isEmpty) => (isEmpty ? head : ''),
  };
}

function tableFormat<Row>(fields: readonly Field<Row>[], out: Printer): Format<Row> {
  const layOut = layOutColumns(
    fields.map(({ name: head, width }) => ({ head, width })),
    out.width,
  );
  const head = `${out.paint('bold', layOut(fields.map(({ name }) => name)))}\n`;
  return {
    page: (rows, isFirst) =>
      (isFirst ? head : '') +
      rows.map((row) => `${layOut(fields.map(({ of }) => cellText(of(row))))}\n`).join(''),
    end: () => '',
  };
}

function cellText(value: string | number | boolean | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : '';
  return value === undefined ? '' : String(value);
}
