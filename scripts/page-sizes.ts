/** Measures the built page of the console and the parts of a report; `npm run check:sizes` fails where one grew too large. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Kilobytes of 1,000 bytes, gzipped, a little above what the file has: growth is a decision, which changes this line. */
const LIMITS_KB: Readonly<Record<string, number>> = {
  'console.js': 36,
  'console.css': 7,
  'report.js': 13,
  'report.css': 5.5,
};

const folder = fileURLToPath(new URL('../dist/console/', import.meta.url));
const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1).padStart(8);

console.log(`${'page'.padEnd(18)}minified    gzip   limit   (kB)`);
for (const [file, limit] of Object.entries(LIMITS_KB)) {
  const text = readFileSync(folder + file);
  const gzipBytes = gzipSync(text, { level: 9 }).length;
  const tooLarge = gzipBytes > limit * 1000;
  if (tooLarge) process.exitCode = 1;
  const sizes = [text.length, gzipBytes].map(kilobytes).join('');
  console.log(`${file.padEnd(18)}${sizes}${String(limit).padStart(8)}${tooLarge ? '   TOO LARGE' : ''}`);
}
