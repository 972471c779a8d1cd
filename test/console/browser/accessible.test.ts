import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { firstChoice, heard, openPage, press, rowOf, search, startDemo } from './open-page.ts';
import { served } from './served.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const console = served(startDemo);

/** Everything that axe finds, best practices included. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations, passes } = await page.evaluate<{
    passes: unknown[];
    violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
  }>('axe.run()');
  // Finding nothing has to mean that it looked.
  expect(passes.length).toBeGreaterThan(8);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

const SCREENS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'narrow, light': { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  'narrow, dark': { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
};

describe('axe-core finds nothing', () => {
  it.each(Object.keys(SCREENS))(
    '%s: table, details, picker, dialogs, form and verification',
    async (screen) => {
      const options = { ...SCREENS[screen], reducedMotion: 'reduce' } as const;
      const { page, expectQuiet } = await console.open(options);
      await press(page, 'Suggest Values');
      await heard(page, /to review/);
      expect(await findings(page), 'table').toEqual([]);
      await search(page, 'aa');
      await rowOf(page, 'AAA').click();
      await page.getByRole('heading', { name: /^Why/ }).waitFor();
      await page.keyboard.press('c');
      await firstChoice(page).waitFor();
      expect(await findings(page), 'details and picker').toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
      await heard(page, /1 row not saved/);
      await page.keyboard.press('?');
      expect(await findings(page), 'help').toEqual([]);
      await page.keyboard.press('Escape');
      await press(page, /^Save Mappings/);
      await page.getByRole('dialog').getByRole('heading', { name: /^New/ }).waitFor();
      expect(await findings(page), 'save').toEqual([]);
      await page.keyboard.press('Escape');
      await press(page, 'Connection');
      await page.getByLabel('Client ID').fill('has a space');
      await page.getByText(/^Client ID .*\.$/).waitFor();
      await page.getByLabel('Client Secret').fill('wrong');
      expect(await findings(page), 'form').toEqual([]);
      await press(page, 'Save configuration');
      await page.getByText('The connection does not work.').first().waitFor();
      expect(await findings(page), 'verification').toEqual([]);
      expectQuiet();
    },
  );

  it('nor without the key', async () => {
    const { page } = await openPage(console.browser, new URL('/', console.url).href);
    await page.getByRole('heading').waitFor();
    expect(await findings(page)).toEqual([]);
  });
});

describe('by keyboard alone', () => {
  it('Tab leads through the page and the table is one stop; the selected row is told to screen readers', async () => {
    const { page } = await console.open();
    await press(page, 'Suggest Values');
    await heard(page, /to review/);
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    const grid = page.getByRole('grid');
    await page.getByRole('row', { selected: true }).waitFor();
    const active = await grid.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-rowindex')).toBe('878');
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        'document.activeElement.closest("#rows [role=row]") === null || document.activeElement.closest(".grid-head") !== null',
      ),
    ).toBe(true);
  });

  it('a dialog gives the focus back to what opened it', async () => {
    const { page } = await console.open();
    const help = page.getByRole('button', { name: 'Help and keys' });
    await help.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Help' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Help and keys');
  });

  it('thresholds move by arrow keys; the table changes only when they are applied', async () => {
    const { page, expectQuiet } = await console.open();
    await press(page, 'Suggest Values');
    await heard(page, /to review/);
    const matched = () => page.getByRole('button', { name: /^Matched/ }).innerText();
    const before = await matched();
    await page.getByRole('slider', { name: 'Matched from' }).focus();
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('PageDown');
    await page.getByText('What if: nothing is changed yet.').waitFor();
    await page.locator('.what-if-counts[aria-busy="false"]').waitFor();
    const difference = await page.locator('.what-if-counts [data-status="matched"] .difference').innerText();
    expect(difference).toMatch(/^\+\d+$/);
    expect(await matched()).toBe(before);
    await press(page, 'Apply');
    await page.getByText('As applied to the table.').waitFor();
    expect(Number((await matched()).split(/\s+/)[1])).toBe(
      Number(before.split(/\s+/)[1]) + Number(difference),
    );
    expectQuiet();
  });
});
