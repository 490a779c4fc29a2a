import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

const TYPES: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  json: 'application/json',
  wasm: 'application/wasm',
};

/** Serves a folder's files as a static host does: compressed, with validators, and nothing else. */
export async function serveFiles(folder: string) {
  const files = new Map(
    readdirSync(folder).map((name) => {
      const content = gzipSync(readFileSync(`${folder}/${name}`), { level: 9 });
      return [name, { content, etag: createHash('sha256').update(content).digest('hex') }];
    }),
  );
  const sent: { name: string; bytes: number }[] = [];
  const server = createServer((request, response) => {
    const name = (request.url ?? '').replace(/^\/|\?.*$/g, '') || 'index.html';
    const file = files.get(name);
    const isKnown = file !== undefined && request.headers['if-none-match'] === file.etag;
    const status = file ? (isKnown ? 304 : 200) : 404;
    const content = file && !isKnown ? file.content : Buffer.alloc(0);
    sent.push({ name, bytes: content.byteLength });
    response.writeHead(status, {
      'content-type': TYPES[name.replace(/^.*\./, '')] ?? 'application/octet-stream',
      ...(file ? { etag: file.etag, 'content-encoding': 'gzip' } : {}),
      'cache-control': 'max-age=600',
    });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Compressed bytes of each file. */
    sizes: new Map([...files].map(([name, { content }]) => [name, content.byteLength])),
    /** What was asked for, in order. */
    sent,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
