import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { facts, openPage } from './open-page.ts';

const program = fileURLToPath(new URL('../../../dist/cli/halo-psa.js', import.meta.url));

it('`halo-psa console --demo`, as built, prints an address that works until Ctrl-C', async () => {
  const running = spawn(process.execPath, [program, 'console', '--demo'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(running, 'exit');
  let printed = '';
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  while (!printed.includes('\n')) await once(running.stdout, 'data');
  const url = /http:\/\/127\.0\.0\.1:\d+\/#[\w-]{22}/.exec(printed)?.[0] ?? '';
  const browser = await launchChromium();
  try {
    const { page, expectQuiet } = await openPage(browser, url);
    await facts(page, /877 organizations, 967 customers/);
    expectQuiet();
  } finally {
    await browser.close();
    running.kill('SIGINT');
  }
  expect(await ended).toEqual([0, null]);
});
