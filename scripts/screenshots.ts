/**
 * Takes the pictures of the console for the documentation: `npm run build && npm run screenshots`. With a folder, it
 * takes every screen in light, dark and narrow for a look: `npm run screenshots -- reports/screens`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { exampleFile } from '../src/cli/demo/example-file.ts';
import { readCustomers, readOrganizations } from '../src/cli/input/lists.ts';
import { demoConsole } from '../src/console/demo-halo.ts';
import { startConsole } from '../src/console/start-console.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { encodePalettePng, type Pixels } from './screenshots/palette-png.ts';

const DOCS_IMAGES = fileURLToPath(new URL('../docs/images', import.meta.url));

type Shot = (name: string) => Promise<unknown>;

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().click();
}

async function select(page: Page, search: string, organization: string): Promise<void> {
  await page.getByRole('searchbox').fill(search);
  await page.getByRole('gridcell', { name: organization, exact: true }).click();
  await page.getByRole('heading', { name: organization, exact: true }).waitFor();
}

/** The mapping as somebody has it in front of them half-way. */
async function showMapping(page: Page): Promise<void> {
  await press(page, 'Suggest Values');
  await page.getByRole('contentinfo').getByText('to review').waitFor();
  await press(page, /^Matched/);
  await page.getByRole('grid').focus();
  for (const accepted of ['1 row', '2 rows']) {
    await page.keyboard.press('Enter');
    await page.getByRole('contentinfo').getByText(`${accepted} not saved`).waitFor();
  }
  // On a narrow screen they lie over the rest.
  const close = page.getByRole('button', { name: 'Close details' });
  if (await close.isVisible()) await close.click();
  await press(page, /^All/);
  await select(page, '', '5th 3rd Bank');
  await page.getByRole('rowheader', { name: 'Score' }).waitFor();
}

async function showAll(page: Page, shot: Shot): Promise<void> {
  await showMapping(page);
  await shot('mapping');
  await page.keyboard.press('c');
  await page.getByRole('combobox', { name: 'Another customer' }).fill('bank');
  await page.getByRole('listbox', { name: 'Customers' }).getByRole('option').first().waitFor();
  await shot('picker');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await page.getByRole('heading', { name: 'Rejected' }).waitFor();
  await shot('rejected');
  await page.keyboard.press('?');
  await shot('help');
  await page.keyboard.press('Escape');
  const close = page.getByRole('button', { name: 'Close details' });
  if (await close.isVisible()) await close.click();
  await shot('table');
  await press(page, /^Save Mappings/);
  await page.getByRole('heading', { name: /^New/ }).waitFor();
  await shot('save');
  await page.keyboard.press('Escape');
  await press(page, /^Connection$/);
  await shot('connection');
  await page.getByLabel('Client Secret').fill('wrong');
  await page.getByLabel('Tenant ID').fill('u k');
  await page.getByText(/^Tenant ID .*\.$/).waitFor();
  await shot('connection-checked');
  await page.getByLabel('Tenant ID').fill('uk');
  await press(page, 'Save configuration');
  await page.getByText('The connection does not work.').first().waitFor();
  await shot('connection-refused');
}

/** A picture of the page; the browser itself decodes it. */
async function pixelsOf(page: Page): Promise<Pixels> {
  const png = (await page.screenshot()).toString('base64');
  const { width, height, text } = await page.evaluate<{ width: number; height: number; text: string }>(
    `(async () => {
      const bytes = Uint8Array.from(atob('${png}'), (character) => character.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      return { width, height, text: Array.from(data, (byte) => String.fromCharCode(byte)).join('') };
    })()`,
  );
  return { width, height, rgba: Buffer.from(text, 'latin1') };
}

const SCREENS = {
  light: { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  small: { colorScheme: 'light', viewport: { width: 1024, height: 720 } },
  narrow: { colorScheme: 'light', viewport: { width: 390, height: 844 } },
} as const;

const [folder] = process.argv.slice(2);
const browser = await launchChromium();
const { records: organizations } = readOrganizations(exampleFile('organizations.csv'));
const { records: customers } = readCustomers(exampleFile('customers.csv'));
try {
  for (const [name, options] of Object.entries(SCREENS)) {
    if (folder === undefined && name !== 'light') continue;
    const running = await startConsole({
      ...demoConsole({ organizations, customers }),
      by: 'kim@example.com',
    });
    const page = await browser.newPage({ ...options, reducedMotion: 'reduce', timezoneId: 'UTC' });
    await page.goto(running.url);
    const target = folder ?? DOCS_IMAGES;
    mkdirSync(target, { recursive: true });
    if (folder === undefined) {
      await page.setViewportSize({ width: 1180, height: 840 });
      await showMapping(page);
      writeFileSync(join(target, 'console.png'), encodePalettePng(await pixelsOf(page)));
    } else {
      await showAll(page, (screen) => page.screenshot({ path: join(target, `${screen}-${name}.png`) }));
    }
    await page.close();
    await running.close();
  }
} finally {
  await browser.close();
}
