// A small static web server for this machine only. As a program:
//   node scripts/serve.mjs [--port N] FOLDER
// and for tests, which also want to see what was asked for: `const server = await serve(folder)`,
// then server.url, server.requests, await server.close().

import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const usage = `Usage: node scripts/serve.mjs [--port N] FOLDER

Serves FOLDER on a loopback address, on a free port unless one is given.
`;

const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

// The file that a request means, or null. Nothing outside of the folder is ever served: a path
// begins with a slash, and normalize() lets no ".." climb above that.
function fileFor(folder, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return null;
  }
  let file = join(folder, normalize(path));
  if (path.includes('\0')) return null;
  let stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    file = join(file, 'index.html');
    stat = statSync(file, { throwIfNoEntry: false });
  }
  return stat?.isFile() ? { file, size: stat.size } : null;
}

export function serve(folder, { port = 0 } = {}) {
  const root = resolve(folder);
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request.url);
    const found = ['GET', 'HEAD'].includes(request.method) ? fileFor(root, request.url) : null;
    if (!found) {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('Not found\n');
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(found.file)] ?? 'application/octet-stream',
      'content-length': found.size,
      'cache-control': 'no-store',
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(found.file).pipe(response);
  });
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => done({
      url: `http://127.0.0.1:${server.address().port}/`,
      requests,
      close: () => new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
    }));
  });
}

async function main() {
  let folder;
  let port;
  try {
    const { values, positionals } = parseArgs({
      options: { port: { type: 'string', default: '0' }, help: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (values.help) {
      process.stdout.write(usage);
      return 0;
    }
    port = Number(values.port);
    if (!(Number.isInteger(port) && port >= 0 && port <= 65535)) {
      throw new Error('--port wants a number up to 65535');
    }
    if (positionals.length !== 1) throw new Error('one FOLDER is wanted');
    [folder] = positionals;
  } catch (error) {
    process.stderr.write(`serve: ${error.message}\n${usage}`);
    return 2;
  }
  try {
    const { url } = await serve(folder, { port });
    process.stdout.write(`The page: ${url}\nStop with Ctrl+C.\n`);
    return undefined;
  } catch (error) {
    process.stderr.write(error.code === 'EADDRINUSE'
      ? `serve: port ${port} is in use; choose another, or none for a free one.\n`
      : `serve: ${error.message}\n`);
    return 1;
  }
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  process.exitCode = await main();
}
