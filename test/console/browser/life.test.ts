import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  facts,
  firstChoice,
  heard,
  openPage,
  press,
  rowOf,
  search,
  startDemo,
  type WatchedPage,
} from './open-page.ts';
import { served } from './served.ts';

const console = served(startDemo);
let watched: WatchedPage;
let page: Page;
beforeAll(async () => {
  watched = await console.open();
  page = watched.page;
});

const badge = (organization: string) => rowOf(page, organization).getByRole('gridcell').first().innerText();

/** Saves what was decided, after a look at what that changes. Returns the changes as shown. */
async function saveAll(): Promise<string[]> {
  await press(page, /^Save Mappings/);
  const dialog = page.getByRole('dialog', { name: 'Save Mappings' });
  await dialog.getByRole('button', { name: /^Save \d/ }).waitFor();
  const rows = await dialog.locator('tbody tr').allInnerTexts();
  await dialog.getByRole('button', { name: /^Save \d/ }).click();
  await heard(page, /^Saved as revision/);
  return rows.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

describe('the whole life of a mapping, in a browser on the example lists', () => {
  it('takes its key out of the address', async () => {
    await page.getByRole('heading', { name: 'Halo PSA mapping' }).waitFor();
    expect(page.url()).not.toContain('#');
    expect(await page.title()).toBe('Halo PSA mapping console');
  });

  it('wrong secret: the doctor stops at the token and names the Halo screen', async () => {
    await press(page, 'Connection');
    for (const label of [
      'Resource Server Hostname',
      'Client ID',
      'Tenant ID',
      'Auth Server Hostname',
      'Client Secret',
      'Is On-Premise?',
    ])
      expect(await page.getByLabel(label, { exact: true }).count(), label).toBe(1);
    expect(await page.getByLabel('Client Secret').inputValue()).toBe('');
    await page.getByLabel('Client Secret').fill('not-the-secret-of-this-application');
    await press(page, 'Save configuration');
    const token = page.getByRole('listitem').filter({ hasText: /^Token/ });
    await token.getByText('View Applications').waitFor();
    expect(await token.innerText()).toMatch(/Fix:.*clientSecret/s);
    await page.getByText('The connection does not work.').first().waitFor();
    expect(
      await page
        .getByRole('listitem')
        .filter({ hasText: /^Customers/ })
        .innerText(),
    ).toContain('not tried');
  });

  it('a setting that cannot be right is marked while it is typed, before any request', async () => {
    await page.getByLabel('Resource Server Hostname').fill('uk halopsa example');
    await page.getByText(/Resource Server Hostname .*\./).waitFor();
    expect(await page.getByLabel('Resource Server Hostname').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByText('API Details > Resource Server').count()).toBe(1);
  });

  it('right settings: nine stages in order', async () => {
    await press(page, 'fill them in again');
    await press(page, 'Save configuration');
    await page.getByText('The connection is in order.').waitFor();
    expect(await page.getByRole('listitem').count()).toBe(9);
    expect(await page.getByLabel('Client Secret').inputValue()).toBe('');
  });

  it('suggests', async () => {
    await press(page, 'Mapping');
    await press(page, 'Suggest Values');
    await heard(page, /\d+ matched, \d+ to review/);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('878');
    await page.getByRole('heading', { name: 'Confidence' }).waitFor();
  });

  it('reviews by keyboard: opens the reasons, accepts and goes on', async () => {
    await press(page, /^Review/);
    await page.getByRole('grid').focus();
    const first = await page.getByRole('row', { selected: true }).innerText();
    await page.getByRole('heading', { name: /^Why/ }).waitFor();
    expect(await page.getByRole('table').first().getByRole('row').count()).toBeGreaterThan(3);
    await page.keyboard.press('Enter');
    await heard(page, /1 row not saved/);
    expect(await page.getByRole('row', { selected: true }).innerText()).not.toBe(first);
    await page.keyboard.press('j');
    await page.keyboard.press('u');
    await heard(page, /^Taken back/);
    expect(await page.getByRole('row', { selected: true }).innerText()).toBe(first);
  });

  it('rejects for good: the next best takes its place', async () => {
    await press(page, /^All/);
    await search(page, 'addleshaws');
    await rowOf(page, 'Addleshaws').click();
    const proposed = await rowOf(page, 'Addleshaws').getByRole('gridcell').nth(2).innerText();
    await page.getByRole('heading', { name: `Why ${proposed}` }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('r');
    await heard(page, `Addleshaws is not ${proposed}.`);
    await page.getByRole('heading', { name: 'Rejected' }).waitFor();
    expect(await page.getByRole('complementary').locator('s').innerText()).toBe(proposed);
    expect(await rowOf(page, 'Addleshaws').getByRole('gridcell').nth(2).innerText()).not.toContain(proposed);
  });

  it('picks another customer from all of them', async () => {
    await search(page, 'abbey national');
    await rowOf(page, 'Abbey National plc').click();
    await page.getByRole('heading', { name: 'Abbey National plc' }).waitFor();
    await page.keyboard.press('c');
    await page.getByRole('combobox', { name: 'Another customer' }).fill('santander');
    await firstChoice(page).waitFor();
    await page.keyboard.press('Enter');
    await heard(page, /Abbey National plc is .*Santander/);
    expect(await badge('Abbey National plc')).toContain('Mapped');
  });

  it('accepts all that is matched, shows what a save changes, and saves it', async () => {
    await search(page, '');
    await press(page, 'Accept all matched');
    await heard(page, 'All matched rows are accepted.');
    const changes = await saveAll();
    expect(changes.find((text) => text.startsWith('Addleshaws'))).toMatch(/^Addleshaws – not .* \(\d+\)/);
    expect(changes.find((text) => text.startsWith('Abbey National plc'))).toMatch(/– .*Santander/);
    expect(changes.length).toBeGreaterThan(300);
    await facts(page, /revision 1/);
  });

  it('keeps rejected pairs out of later suggestions', async () => {
    await press(page, 'Suggest Values');
    await heard(page, /to review/);
    await search(page, 'addleshaws');
    await rowOf(page, 'Addleshaws').click();
    await page.getByRole('heading', { name: 'Rejected' }).waitFor();
    const rejected = await page.getByRole('complementary').locator('s').innerText();
    expect(await rowOf(page, 'Addleshaws').innerText()).not.toContain(rejected);
  });

  it('renamed, inactive and deleted in Halo: a refresh shows which mappings are stale, and why', async () => {
    for (const [organization, action] of [
      ['Adobe Inc', 'Rename in Halo'],
      ['Air France', 'Make inactive'],
      ['Allianz SE', 'Delete'],
    ] as const) {
      await search(page, organization);
      await rowOf(page, organization).click();
      await page.getByRole('heading', { name: organization, exact: true }).waitFor();
      await page.getByText('Demo: change this customer in Halo').click();
      if (action === 'Rename in Halo') await page.getByLabel('Name in Halo').fill('Adobe Systems');
      await press(page, action);
      await heard(page, /Refresh Options will find it/);
    }
    await search(page, '');
    await press(page, 'Refresh Options');
    await page.getByText('2 saved mappings no longer hold.').waitFor();
    expect(await page.getByRole('region', { name: 'Since the last refresh' }).innerText()).toContain(
      '1 renamed',
    );
    await press(page, /^Stale/);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('3');
    expect(await badge('Air France')).toContain('Stale');
    await rowOf(page, 'Allianz SE').click();
    await page.getByRole('complementary').getByText('The customer was deleted in Halo.').waitFor();
  });

  it('mends them, shows both the new name and the new decisions, and saves again', async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('x');
    await heard(page, 'Allianz SE is open again.');
    await rowOf(page, 'Air France').click();
    await page.getByRole('heading', { name: 'Air France', exact: true }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('x');
    await heard(page, 'Air France is open again.');
    const changes = await saveAll();
    expect(changes.sort()).toEqual([
      expect.stringMatching(/^Adobe Inc Adobe Inc\. \(116\) Adobe Systems \(116\)$/),
      expect.stringMatching(/^Air France Air France \(\d+\)/),
      expect.stringMatching(/^Allianz SE Allianz \(132\)/),
    ]);
    await facts(page, /revision 2/);
  });

  it('keeps decisions over a reload', async () => {
    await press(page, /^All/);
    await search(page, 'aldi nord');
    await rowOf(page, 'ALDI Nord').click();
    await page.getByRole('heading', { name: 'ALDI Nord' }).waitFor();
    await page.keyboard.press('i');
    await heard(page, 'ALDI Nord is ignored.');
    await page.reload();
    await page.getByRole('button', { name: /^Save Mappings\s*1$/ }).waitFor();
    await search(page, 'aldi nord');
    expect(await badge('ALDI Nord')).toContain('Ignored');
  });

  it('has a mapping of its own for the second instance', async () => {
    await press(page, 'us');
    await facts(page, /60 organizations/);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('61');
    await press(page, 'uk');
    await facts(page, /877 organizations/);
  });

  it('did all that without an error, and without asking anybody else', () => {
    watched.expectQuiet();
  });
});

describe('without the key', () => {
  it('says where to find it', async () => {
    const stranger = await openPage(console.browser, new URL('/', console.url).href);
    await stranger.page.getByText('Open the address that the terminal shows.').waitFor();
    stranger.expectQuiet();
  });

  it('says so to a tab of an earlier console as well', async () => {
    const { page: earlier } = await openPage(
      console.browser,
      `${new URL('/', console.url).href}#an-earlier-key`,
    );
    await earlier.getByText('a bookmark of an earlier console does not open a new one').waitFor();
    expect(await earlier.getByText('Loading…').count()).toBe(0);
  });
});
