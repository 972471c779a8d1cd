import { expect, it } from 'vitest';
import { startConsole } from '../../../src/console/start-console.ts';
import { launchChromium } from '../../support/chromium.ts';
import { fakeInstance } from '../support.ts';
import { facts, heard, openPage, press, rowOf } from './open-page.ts';

it('a wait for the rate limit is told, and so is a console that ends meanwhile', async () => {
  const { instance, fake } = fakeInstance();
  const running = await startConsole({ instances: [instance] });
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, running.url);
    await facts(page, /4 customers/);
    fake.quirks.rateLimit = { requests: 0, windowMs: 300_000, retryAfter: 'seconds' };
    await press(page, 'Refresh Options');
    await heard(page, /^Waiting for the Halo rate limit: 5 min\.$/);
    await running.close();
    await page.getByRole('alert').getByText('The connection to the console broke off.').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('start the console again in the terminal');
    // Nobody waits any more.
    expect(await page.getByRole('contentinfo').getByRole('status').innerText()).toBe('');
    await press(page, 'Refresh Options');
    await page.getByRole('alert').getByText('The console does not answer any more.').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('Start it again in the terminal');
    await rowOf(page, 'Fabrikam Brewing').click();
    await page.getByRole('complementary').getByText('The details cannot be read now.').waitFor();
    // What could not be decided is what the person goes on with.
    await page.keyboard.press('i');
    await page.getByRole('row', { selected: true }).filter({ hasText: 'Fabrikam Brewing' }).waitFor();
  } finally {
    await browser.close();
    await running.close();
  }
});

it('a decision that was taken is not gone back to where only the details cannot be read', async () => {
  const { instance } = fakeInstance();
  const running = await startConsole({ instances: [instance] });
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, running.url);
    await facts(page, /4 customers/);
    let failures = 0;
    page.on('requestfailed', () => {
      failures += 1;
    });
    await page.route('**/rows/*', (route) => route.abort());
    await rowOf(page, 'Fabrikam Brewing').click();
    await page.getByRole('complementary').getByText('The details cannot be read now.').waitFor();
    await page.keyboard.press('i');
    await rowOf(page, 'Fabrikam Brewing').getByText('Ignored').waitFor();
    // Those of this row, and those of the next one as it is selected and after the decision.
    await expect.poll(() => failures).toBe(3);
    const selected = await page.getByRole('row', { selected: true }).innerText();
    expect(selected).not.toContain('Fabrikam Brewing');
  } finally {
    await browser.close();
    await running.close();
  }
});
