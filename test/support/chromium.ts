import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's; another one is named by `CHROMIUM`. */
const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Null where no browser is installed. */
export const browserProgram = existsSync(PROGRAM) ? PROGRAM : null;

/** Nothing in here may leave the machine, not even the browser's own calls home. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless browser with a user-data-dir of its own. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: PROGRAM, headless: true, args: QUIET });
}
