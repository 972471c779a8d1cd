import { expect, it } from 'vitest';
import { startConsole } from '../../../src/console/start-console.ts';
import { launchChromium } from '../../support/chromium.ts';
import { fakeInstance } from '../support.ts';
import { openPage, press } from './open-page.ts';

it('decisions that the terminal left unsaved are told, with the command that saves them', async () => {
  const command = 'halo-psa save --instance uk';
  const waits = [{ count: 2, file: 'mapping-uk.decisions.json', command }, null];
  const { instance } = fakeInstance({ waitingDecisions: async () => waits.shift() ?? null });
  const running = await startConsole({ instances: [instance] });
  const browser = await launchChromium();
  try {
    const { page, expectQuiet } = await openPage(browser, running.url);
    const news = page.getByRole('region', { name: 'Since the last refresh' });
    await news.getByText('2 decisions made in the terminal are not saved and not shown here.').waitFor();
    expect(await news.innerText()).toContain(`run ${command} in the terminal, then press Refresh Options.`);
    await press(page, 'Refresh Options');
    await news.waitFor({ state: 'detached' });
    expectQuiet();
  } finally {
    await browser.close();
    await running.close();
  }
});
