import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build as bundleWithEsbuild } from 'esbuild';
import { build as bundleWithVite } from 'vite';
import { launchChromium } from '../support/chromium.ts';

/** A page or worker without `eval`, as a careful site serves it. */
const POLICY = "default-src 'self'";

/** Bundlers, each from a source file to one script. */
export const BUNDLERS: Readonly<Record<string, (file: string) => Promise<string>>> = {
  esbuild: async (file) => {
    const { outputFiles } = await bundleWithEsbuild({
      entryPoints: [file],
      bundle: true,
      minify: true,
      format: 'iife',
      platform: 'browser',
      write: false,
      logLevel: 'error',
    });
    return outputFiles[0]?.text ?? '';
  },
  Vite: async (file) => {
    const result = await bundleWithVite({
      root: join(file, '..'),
      configFile: false,
      logLevel: 'error',
      build: { write: false, lib: { entry: file, formats: ['iife'], name: 'bundle', fileName: 'bundle' } },
    });
    const [bundle] = [result].flat();
    if (!bundle || !('output' in bundle)) throw new Error('Vite built nothing');
    return bundle.output[0].code;
  },
};

/** Runs in the page; a text, since the tests know no types of a browser. */
const RESULTS = `(async () => ({
  page: await globalThis.result,
  worker: await new Promise((resolve, reject) => {
    const worker = new Worker('/worker.js');
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  }),
}))()`;

/** Runs a script in a page and in a worker of a headless browser. Returns what each put into `globalThis.result`. */
export async function runInBrowser(script: string): Promise<{ page: unknown; worker: unknown }> {
  const files: Record<string, { type: string; body: string }> = {
    '/': {
      type: 'text/html; charset=utf-8',
      body: '<!doctype html><title>t</title><script src="/bundle.js"></script>',
    },
    '/bundle.js': { type: 'text/javascript; charset=utf-8', body: script },
    '/worker.js': {
      type: 'text/javascript; charset=utf-8',
      body: `${script}\nglobalThis.result.then(postMessage);`,
    },
  };
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.writeHead(file ? 200 : 404, {
      'content-type': file?.type ?? 'text/plain',
      'content-security-policy': POLICY,
    });
    response.end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    if (failures.length > 0) throw new Error(failures.join('\n'));
    return await page.evaluate(RESULTS);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}
