// Where the browser lacks something, or the page is damaged, the article reads on, the figure of
// the normal close stands where the stage would be, and a sentence says why.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import { deflateSync, inflateSync } from 'node:zlib';
import { fileAddress, pageFile, scenes } from './harness.mjs';
import { removeFolder, temporaryFolder } from './processes.mjs';

const scene = scenes('chromium');

async function showsFigure(page, because) {
  assert.ok(await page.visible('main h1'), 'the article is there');
  assert.ok(await page.visible('#figure'), 'the figure is shown');
  assert.ok(await page.visible('#figure svg'), 'with its drawing');
  assert.ok(await page.visible('#figure-reason'), 'with a reason');
  const reason = await page.evaluate(() =>
    document.querySelector('#figure-reason').innerText.trim());
  assert.match(reason, because);
  assert.match(reason, /[A-Z].{15,}\./, 'the reason is a sentence');
  assert.equal(await page.role('button', 'Step forward').count(), 0,
    'no control is shown that cannot work');
  const uncaught = (await page.problems()).filter((line) => line.startsWith('uncaught'));
  assert.deepEqual(uncaught, [], 'the page gives up in good order');
}

scene('without scripting', async (page) => {
  await page.scripting(false);
  await page.open(fileAddress);
  await showsFigure(page, /script/i);
});

const lacks = [
  {
    what: 'without WebAssembly',
    because: /WebAssembly/,
    take: () => { delete globalThis.WebAssembly; },
  },
  {
    what: 'without WebGL 2',
    because: /WebGL/,
    take: () => {
      for (const canvas of [HTMLCanvasElement, OffscreenCanvas]) {
        const original = canvas.prototype.getContext;
        canvas.prototype.getContext = function getContext(kind, ...rest) {
          return kind === 'webgl2' ? null : original.call(this, kind, ...rest);
        };
      }
    },
  },
  {
    what: 'without the WebGL 2 interface',
    because: /WebGL/,
    take: () => {
      delete globalThis.WebGL2RenderingContext;
      const original = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function getContext(kind, ...rest) {
        return kind === 'webgl2' ? null : original.call(this, kind, ...rest);
      };
    },
  },
  {
    what: 'without DecompressionStream',
    because: /DecompressionStream/,
    take: () => { delete globalThis.DecompressionStream; },
  },
  {
    what: 'when the WebAssembly cannot be compiled',
    because: /^(?!.*scripting)/i,
    take: () => {
      const refuse = async () => { throw new WebAssembly.CompileError('refused by the test'); };
      WebAssembly.compile = refuse;
      WebAssembly.instantiate = refuse;
      WebAssembly.Module = function Module() { throw new WebAssembly.CompileError('refused'); };
    },
  },
  {
    what: 'when the first frame cannot be drawn',
    because: /^(?!.*scripting)/i,
    take: () => {
      for (const name of ['drawElements', 'drawArrays', 'clear']) {
        WebGL2RenderingContext.prototype[name] = () => { throw new Error('refused by the test'); };
      }
    },
  },
];

for (const { what, because, take } of lacks) {
  scene(what, async (page) => {
    await page.before(take);
    await page.open(fileAddress);
    await page.waitFor(() => document.documentElement.dataset.stage === 'unavailable');
    await showsFigure(page, because);
  });
}

const repacked = (change) => (base64) =>
  deflateSync(change(inflateSync(Buffer.from(base64, 'base64')))).toString('base64');

const damages = [
  ['is empty', () => ''],
  ['is cut short', (base64) => base64.slice(0, base64.length / 2)],
  ['lacks its last byte', (base64) => base64.slice(0, -4)],
  ['is too long', (base64) => `${base64.replace(/=+$/, '')}AAAA`],
  ['is not base64', (base64) => `?${base64}`],
  ['has another byte', (base64) => {
    const middle = base64.length / 2;
    return base64.slice(0, middle) + (base64[middle] === 'A' ? 'B' : 'A')
      + base64.slice(middle + 1);
  }],
  ['is no WebAssembly', repacked(() => Buffer.from('something else'))],
  ['has streams that are too short', repacked((bytes) => bytes.subarray(0, bytes.length - 1))],
  ['has streams that are too long', repacked((bytes) => Buffer.concat([bytes, bytes]))],
  ['has streams that do not fit together', repacked((bytes) => bytes.fill(0xff, 1000, 2000))],
];
const folder = temporaryFolder();
after(() => removeFolder(folder));

for (const [what, damage] of damages) {
  scene(`when the payload ${what}`, async (page) => {
    const file = path.join(folder, `${what.replaceAll(' ', '-')}.html`);
    writeFileSync(file, readFileSync(pageFile, 'utf8')
      .replace(/(id="payload">)([^<]+)/, (_, tag, base64) => tag + damage(base64)));
    await page.open(pathToFileURL(file).href);
    await page.waitFor(() => document.documentElement.dataset.stage === 'unavailable');
    await showsFigure(page, /could not be started: this copy of the page is damaged/);
  });
}
