import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { exampleFile } from '../../../src/cli/demo/example-file.ts';
import { readCustomers, readOrganizations } from '../../../src/cli/input/lists.ts';
import { demoConsole } from '../../../src/console/demo-halo.ts';
import { type RunningConsole, startConsole } from '../../../src/console/start-console.ts';

/** A browser tab that is watched: nothing may go wrong in it that nobody looks at. */
export interface WatchedPage {
  readonly page: Page;
  /** Expects that the page raised no error, broke no policy, opened no dialog and asked nobody but its own server. */
  expectQuiet(): void;
}

/** Nothing here takes a second; a machine that is busy with something else may need more. */
const MOST_PATIENCE_MS = Number(process.env.PATIENCE ?? 20_000);

/** Opens an address in a tab of its own, with nothing stored. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(MOST_PATIENCE_MS);
  const page = await context.newPage();
  const origin = new URL(url).origin;
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`error: ${error}`));
  page.on('console', (message) => {
    // A refused save is an answer that the browser notes by itself.
    if (message.type() === 'error' && !message.text().includes('409'))
      troubles.push(`console: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    // The page asks before decisions that are not saved are left behind.
    if (dialog.type() === 'beforeunload') return void dialog.accept();
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const target = request.url();
    if (!target.startsWith('data:') && !target.startsWith('blob:') && new URL(target).origin !== origin)
      troubles.push(`request: ${target}`);
  });
  await page.goto(url);
  return { page, expectQuiet: () => expect(troubles).toEqual([]) };
}

/** The console on the example lists, as `halo-psa console --demo` starts it. */
export function startDemo(): Promise<RunningConsole> {
  const { records: organizations } = readOrganizations(exampleFile('organizations.csv'));
  const { records: customers } = readCustomers(exampleFile('customers.csv'));
  return startConsole({ ...demoConsole({ organizations, customers }), by: 'kim@example.com' });
}

/** The line of the table that shows an organization; found through the search where it is out of sight. */
export function rowOf(page: Page, organization: string) {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name: organization, exact: true }) });
}

/** Narrows the table down to what a search finds. */
export async function search(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox').fill(text);
}

/** Presses a button by its words. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).click();
}

/** Waits for the words at the foot of the page. */
export async function heard(page: Page, text: string | RegExp): Promise<void> {
  await page.getByRole('contentinfo').getByRole('status').filter({ hasText: text }).waitFor();
}

/** Waits for the words at the foot of the table: what was read, and which revision is saved. */
export async function facts(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('.facts').filter({ hasText: text }).waitFor();
}

/** The first customer that the picker offers. */
export function firstChoice(page: Page) {
  return page.getByRole('listbox', { name: 'Customers' }).getByRole('option').first();
}
