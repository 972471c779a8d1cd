import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { RunningConsole } from '../../../src/console/start-console.ts';
import { launchChromium } from '../../support/chromium.ts';
import { openPage, type WatchedPage } from './open-page.ts';

/** A console and a browser that are there while the tests of a file run. */
export interface Served {
  readonly browser: Browser;
  readonly url: string;
  /** Opens the console in a tab of its own. */
  open(options?: BrowserContextOptions): Promise<WatchedPage>;
}

/** Starts a console and a browser before the tests of this file, and ends both after them. */
export function served(start: () => Promise<RunningConsole>): Served {
  let browser: Browser;
  let running: RunningConsole;
  beforeAll(async () => {
    browser = await launchChromium();
    running = await start();
  });
  afterAll(async () => {
    await browser.close();
    await running.close();
  });
  return {
    get browser() {
      return browser;
    },
    get url() {
      return running.url;
    },
    open: (options) => openPage(browser, running.url, options),
  };
}
