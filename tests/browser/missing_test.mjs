// Where the browser lacks something, the article reads on, the figure of the normal close stands
// where the stage would be, and a sentence says what is missing.

import assert from 'node:assert/strict';
import { fileAddress, scenes } from './harness.mjs';

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
    what: 'with a DecompressionStream that does not know raw deflate',
    because: /DecompressionStream|deflate/,
    take: () => {
      const Original = globalThis.DecompressionStream;
      globalThis.DecompressionStream = class extends Original {
        constructor(format) {
          if (format === 'deflate-raw') throw new TypeError(`Unsupported format: ${format}`);
          super(format);
        }
      };
    },
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
