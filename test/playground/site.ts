/** The playground on a page of its own, served from memory: the same modules that the site holds, bundled in a second. */

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Playground</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/playground.css">
<style>
:root { color-scheme: light; --vp-c-bg: #fff; --vp-c-text-1: #1b1f24; }
.dark { color-scheme: dark; --vp-c-bg: #14171c; --vp-c-text-1: #e3e6ea; --vp-c-text-2: #9aa4af; --vp-c-divider: #363d47; --vp-c-bg-soft: #1c2128; }
body { margin: 0 auto; max-width: 1440px; padding: 16px; background: var(--vp-c-bg); color: var(--vp-c-text-1); font: 16px/1.6 system-ui, sans-serif; }
</style></head>
<body><main><h1>Playground</h1><div id="root"></div></main><script type="module" src="/page.js"></script></body>
</html>`;

const ENTRY = `
import { mountPlayground } from './docs/playground/mount.ts';
import simulated from './examples/data/simulated-runs.csv';
import cerebras from './examples/data/cerebras-gpt.csv';
mountPlayground(document.getElementById('root'), {
  examples: { 'simulated-runs.csv': simulated, 'cerebras-gpt.csv': cerebras },
  makeWorker: () => new Worker('/worker.js', { type: 'module' }),
});
`;

/** A server of the page. */
export interface Site {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const bundled = async (entry: Parameters<typeof build>[0]): Promise<string> => {
  const { outputFiles } = await build({
    ...entry,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    loader: { '.csv': 'text' },
    logLevel: 'error',
  });
  return outputFiles![0]!.text;
};

/** Bundles and serves on 127.0.0.1, on a free port. */
export async function serveSite(): Promise<Site> {
  const [page, worker] = await Promise.all([
    bundled({ stdin: { contents: ENTRY, resolveDir: process.cwd() } }),
    bundled({ entryPoints: ['src/parallel/web.worker.ts'] }),
  ]);
  const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
    '/': ['text/html', PAGE],
    '/page.js': ['text/javascript', page],
    '/worker.js': ['text/javascript', worker],
    '/playground.css': ['text/css', readFileSync('docs/playground/playground.css', 'utf8')],
  };
  const server: Server = createServer(({ url = '/' }, response) => {
    const [type, body] = files[url] ?? ['text/plain', undefined];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
