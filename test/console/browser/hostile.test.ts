import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { renderHtmlReport } from '../../../src/console/html-report.ts';
import { startConsole } from '../../../src/console/start-console.ts';
import { suggestMappings } from '../../../src/mapping/index.ts';
import { fakeInstance } from '../support.ts';
import { heard, openPage, press } from './open-page.ts';
import { served } from './served.ts';

const HOSTILE = {
  image: '<img src=x onerror=alert(1)>',
  script: '</script><script>alert(2)</script>',
  formula: '=HYPERLINK("https://evil.example","x")',
  override: 'Contoso \u202egnp.exe',
  long: `Long ${'x'.repeat(10_240)}`,
  markup: '"><svg/onload=alert(3)>',
};
const NAMES = Object.values(HOSTILE);

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-report-'));
const console = served(() => {
  const clients = NAMES.map((name, index) => ({ id: index + 10, name }));
  const organizations = () => NAMES.map((name, id) => ({ id: `<b>${id}</b>`, name }));
  return startConsole({ instances: [fakeInstance({ organizations }, { clients }).instance] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Shows the names as text, and makes nothing else of them. */
async function expectHarmless(page: Page): Promise<void> {
  for (const name of [HOSTILE.image, HOSTILE.script, HOSTILE.formula, HOSTILE.markup])
    expect(await page.getByText(name, { exact: true }).count(), name).toBeGreaterThan(0);
  expect(await page.getByText('Contoso [U+202E]gnp.exe').count()).toBeGreaterThan(0);
  expect(await page.locator('img, b, a[href*="evil"]').count()).toBe(0);
  expect(await page.evaluate<string>('document.body.innerText')).not.toContain('\u202e');
  const { wide, view } = await page.evaluate<{ wide: number; view: number }>(
    '({ wide: document.documentElement.scrollWidth, view: innerWidth })',
  );
  expect(wide).toBeLessThanOrEqual(view);
}

describe('hostile names are shown harmlessly', () => {
  it('in the page: table, details, changes', async () => {
    const { page, expectQuiet } = await console.open();
    await press(page, 'Suggest Values');
    await heard(page, /to review/);
    await expectHarmless(page);
    for (let index = 0; index < NAMES.length; index += 1) {
      await page
        .getByRole('row')
        .nth(index + 1)
        .click();
      await page.getByRole('complementary').getByText(`<b>${index}</b>`).waitFor();
      await expectHarmless(page);
    }
    await press(page, 'Accept all matched');
    await heard(page, /not saved/);
    await press(page, /^Save Mappings/);
    await page.getByRole('heading', { name: /^New/ }).waitFor();
    await expectHarmless(page);
    expectQuiet();
  });

  it.each(['console', 'command line'])(
    'in the report of the %s, opened from a file without a network',
    async (from) => {
      const file = join(folder, 'report.html');
      if (from === 'console') {
        const { page } = await console.open();
        await press(page, 'Suggest Values');
        await heard(page, /to review/);
        const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Report')]);
        expect(download.suggestedFilename()).toBe('mapping-uk.html');
        await download.saveAs(file);
      } else {
        const rows = NAMES.map((name, id) => ({ id: `${id}`, name }));
        writeFileSync(file, await renderHtmlReport(suggestMappings(rows, rows), { instance: '<b>uk</b>' }));
      }
      const { page, expectQuiet } = await openPage(console.browser, pathToFileURL(file).href, {
        offline: true,
      });
      await page.getByRole('heading', { name: 'Mapping report' }).waitFor();
      await expectHarmless(page);
      await page.getByText(HOSTILE.image).first().click();
      await page.getByText('Score').first().waitFor();
      await page.getByRole('searchbox').fill('hyperlink');
      await page.getByText('1 row shown').waitFor();
      expectQuiet();
    },
  );
});

it('prints every row of the filter, not those in sight only', async () => {
  const { page, expectQuiet } = await console.open();
  await page.getByRole('row').nth(1).waitFor();
  // The first row is there a moment before the page listens.
  const printed = async () => {
    await page.evaluate('window.dispatchEvent(new Event("beforeprint"))');
    return page.locator('.print-table tbody tr').count();
  };
  await expect.poll(printed).toBe(NAMES.length);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.print-table').isVisible()).toBe(true);
  expect(await page.getByRole('grid').isVisible()).toBe(false);
  await page.evaluate('window.dispatchEvent(new Event("afterprint"))');
  await page.locator('.print-table').waitFor({ state: 'detached' });
  expectQuiet();
});
