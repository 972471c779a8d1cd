import { expect, it } from 'vitest';
import { startConsole } from '../../../src/console/start-console.ts';
import { createFakeHalo } from '../../../src/testing/index.ts';
import { createMemoryStore } from '../../../src/workflow/index.ts';
import { facts, heard, press, search } from './open-page.ts';
import { served } from './served.ts';

const ROWS = 5000;
const WORDS = [
  'North',
  'River',
  'Granite',
  'Harbour',
  'Summit',
  'Meadow',
  'Copper',
  'Falcon',
  'Willow',
  'Beacon',
];
const TRADES = ['Dental', 'Logistics', 'Brewing', 'Legal', 'Homes', 'Foods', 'Optics', 'Textiles'];
const FORMS = ['Ltd', 'plc', 'LLP', 'Group'];

const nameOf = (index: number) =>
  [
    WORDS[index % 10],
    WORDS[Math.floor(index / 10) % 10],
    TRADES[Math.floor(index / 100) % 8],
    FORMS[index % 4],
    Math.floor(index / 800) + 1,
  ].join(' ');

const console = served(() => {
  const fake = createFakeHalo({
    clients: Array.from({ length: ROWS }, (_, index) => ({ id: index + 10, name: nameOf(index) })),
  });
  const organizations = Array.from({ length: ROWS }, (_, id) => ({
    id,
    name: nameOf(id).replace('plc', 'PLC'),
  }));
  return startConsole({
    instances: [
      {
        name: 'large',
        settings: fake.config,
        organizations: () => organizations,
        store: createMemoryStore(),
        fetch: fake.fetch,
      },
    ],
  });
});

/** Scrolls through the table as a finger would, and returns the time between drawn frames, in milliseconds. */
const SCROLL = `new Promise((resolve) => {
  const rows = document.getElementById('rows');
  const frames = [];
  let last = performance.now();
  const step = (now) => {
    frames.push(now - last);
    last = now;
    rows.scrollTop += 240;
    if (frames.length < 120) requestAnimationFrame(step);
    else resolve(frames);
  };
  requestAnimationFrame(step);
})`;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

it('5,000 rows stay smooth: few are in the document, frames come in time, and keys answer at once', async () => {
  const { page, expectQuiet } = await console.open();
  await facts(page, /5,000 organizations/);
  await press(page, 'Suggest Values');
  await heard(page, /to review/);
  expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('5001');
  expect(await page.getByRole('row').count()).toBeLessThan(60);

  const frames = await page.evaluate<number[]>(SCROLL);
  expect(await page.getByRole('row').count()).toBeLessThan(60);
  expect(median(frames)).toBeLessThan(50);

  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  const beganMs = performance.now();
  for (let presses = 0; presses < 100; presses += 1) await page.keyboard.press('j');
  const perKeyMs = (performance.now() - beganMs) / 100;
  expect(await page.getByRole('row', { selected: true }).getAttribute('aria-rowindex')).toBe('102');
  expect(perKeyMs).toBeLessThan(100);

  const searchedMs = performance.now();
  await search(page, 'granite harbour');
  await page.locator('#rows[aria-rowcount="101"]').waitFor();
  const searchMs = performance.now() - searchedMs;
  expect(searchMs).toBeLessThan(1000);
  await search(page, '');

  await press(page, 'Accept all matched');
  await heard(page, /rows not saved/);
  await press(page, /^Save Mappings/);
  await page.getByRole('button', { name: /^Save [\d,]+ changes$/ }).click();
  await heard(page, 'Saved as revision 1.');
  expectQuiet();
  // For who looks at the log: the figures behind the bounds.
  process.stdout.write(
    `5,000 rows: frame ${median(frames).toFixed(1)} ms, key ${perKeyMs.toFixed(1)} ms, search ${searchMs.toFixed(0)} ms\n`,
  );
});
