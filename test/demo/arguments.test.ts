import { describe, expect, it } from 'vitest';
import { HELP, parseArguments } from '../../scripts/demo/arguments.ts';
import { exampleFile } from '../../src/cli/demo/example-file.ts';
import { InputError } from '../../src/cli/input/input-error.ts';

describe('arguments of the demo', () => {
  it('run on the example lists and their truth when none are given', () => {
    expect(parseArguments([])).toEqual({
      organizations: exampleFile('organizations.csv'),
      customers: exampleFile('customers.csv'),
      truth: exampleFile('truth.csv'),
      cardinality: 'one-to-one',
      examples: 2,
      bundled: true,
    });
  });

  it('take lists of one’s own, which have no known truth unless it is given', () => {
    const lists = ['--organizations', 'o.csv', '--customers=c.csv'];
    expect(parseArguments(lists)).toMatchObject({
      organizations: 'o.csv',
      customers: 'c.csv',
      truth: null,
      bundled: false,
    });
    expect(parseArguments([...lists, '--truth', 't.csv'])).toMatchObject({ truth: 't.csv' });
  });

  it('take the number of examples and the cardinality', () => {
    expect(parseArguments(['--examples', '12', '--cardinality', 'many-to-one'])).toMatchObject({
      examples: 12,
      cardinality: 'many-to-one',
    });
  });

  it.each([['--help'], ['-h']])('show the help text for %s', (flag) => {
    expect(parseArguments([flag])).toBe('help');
  });

  it('name every option in the help text, in lines that fit a terminal', () => {
    for (const option of [
      '--organizations',
      '--customers',
      '--truth',
      '--cardinality',
      '--examples',
      '--help',
    ]) {
      expect(HELP).toContain(option);
    }
    expect(HELP.split('\n').filter((line) => line.length > 105)).toEqual([]);
  });

  it.each([
    [
      ['--organisations', 'o.csv'],
      "Unknown option '--organisations'. Options are --organizations, --customers, --truth",
    ],
    [['lists.csv'], "Unexpected argument 'lists.csv'"],
    [['--organizations'], "Option '--organizations <value>' argument missing"],
    [['--organizations', 'o.csv'], '--organizations needs --customers FILE.csv as well.'],
    [['--customers', 'c.csv'], '--customers needs --organizations FILE.csv as well.'],
    [['--truth', 't.csv'], '--truth needs --organizations and --customers'],
    [['--cardinality', 'some'], '--cardinality is one-to-one or many-to-one, not "some".'],
    [['--examples', '0'], '--examples is a whole number from 1 to 10000, not "0".'],
    [['--examples', ''], '--examples is a whole number from 1 to 10000, not "".'],
    [['--examples', 'ten'], 'not "ten".'],
  ])('say what is expected for %j', (args, message) => {
    expect(() => parseArguments(args)).toThrow(InputError);
    expect(() => parseArguments(args)).toThrow(message);
  });
});
