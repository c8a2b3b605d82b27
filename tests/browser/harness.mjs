// What every test file begins with: one browser for the file, an empty page for each test, and the
// words for the things that the page shows.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { serve } from '../../scripts/serve.mjs';
import { launch } from './driver.mjs';
import { removeFolder, temporaryFolder } from './processes.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const testTimeoutMs = 120_000; // a net under the deadlines of the conditions, which come first

/** The page under test. */
export const pageFile = path.resolve(
  process.env.TEARDOWN_PAGE ?? path.join(here, '../../dist/index.html'));
if (!existsSync(pageFile)) throw new Error(`There is no page at ${pageFile}: build it first`);
export const fileAddress = pathToFileURL(pageFile).href;

/** The document that a course would embed the page in. */
const hostPage = `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Host</title>
<iframe src="index.html" sandbox="allow-scripts" title="TCP teardown" width="1200" height="760">
</iframe></html>`;

/** The page, and a host page that embeds it, on a loopback server that notes each request. */
async function servePages() {
  const folder = temporaryFolder();
  symlinkSync(pageFile, path.join(folder, 'index.html'));
  writeFileSync(path.join(folder, 'host.html'), hostPage);
  const { url, requests, close } = await serve(folder);
  return {
    origin: new URL(url).origin,
    page: `${url}index.html`,
    host: `${url}host.html`,
    requests,
    async close() {
      await close();
      removeFolder(folder);
    },
  };
}

/**
 * Makes `scene(name, body)`, which registers a node test whose body gets an empty page of one
 * browser and the server. A failure says what the page complained of and leaves a picture.
 */
export function scenes(engine) {
  let browser;
  let server;
  before(async () => {
    server = await servePages();
    browser = await launch(engine);
  }, { timeout: testTimeoutMs });
  after(async () => {
    await browser?.close();
    await server?.close();
  }, { timeout: testTimeoutMs });

  return (name, body) => test(name, { timeout: testTimeoutMs }, async () => {
    const page = await browser.newPage();
    server.requests.length = 0;
    try {
      await body(page, server);
      await nothingUnusedIsCalled(page);
    } catch (error) {
      await explain(error, page, `${engine} ${name}`);
      await page.close();
      throw error;
    }
    await browser.endPage(page);
  });
}

/** Dear ImGui is linked without much of it, and says on the console if it comes to such a place. */
async function nothingUnusedIsCalled(page) {
  const said = (await page.problems()).filter((line) => line.includes('imgui_unused.inc'));
  assert.deepEqual(said, []);
}

async function explain(error, page, name) {
  const folder = process.env.TEARDOWN_FAILURES ?? path.join(tmpdir(), 'teardown-failures');
  const picture = path.resolve(folder, `${name.replace(/[^a-z0-9]+/gi, '-')}.png`);
  try {
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: picture });
    const said = (await page.problems()).map((line) => `\n  page: ${line}`).join('');
    error.message += `\n  picture: ${picture}${said}`;
  } catch (second) {
    error.message += `\n  (no picture: ${second.message})`;
  }
}

/** Opens an address and waits until the stage has drawn its first frame. */
export async function start(page, address) {
  await page.open(address);
  await running(page);
}

export async function running(scope) {
  try {
    await scope.waitFor(() => document.documentElement.dataset.stage === 'running');
  } catch (error) {
    const stage = await scope.evaluate(() => document.documentElement.dataset.stage);
    const reason = await scope.text('#figure-reason');
    throw new Error(`the stage is "${stage}", not "running"; it says: ${reason}`, { cause: error });
  }
}

/** Waits until the caption begins with these words, and says what it showed if it never does. */
export async function captionBegins(scope, words) {
  try {
    await scope.waitFor((wanted) =>
      document.querySelector('#caption').textContent.replace(/\s+/g, ' ').trim().startsWith(wanted),
    words);
  } catch (error) {
    const shown = await scope.text('#caption');
    throw new Error(`wanted the caption "${words}…", it is "${shown}"`, { cause: error });
  }
}

export const atStep = (scope, number) => captionBegins(scope, `Step ${number} of `);

export async function noProblems(page) {
  assert.deepEqual(await page.problems(), [], 'the page complained on the console');
}
