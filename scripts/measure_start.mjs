// How long the page takes to start, in Chromium, compressed and over loopback as a web server would
// send it: until the article can be read, and until the stage has drawn its first frame.

import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { launch } from '../tests/browser/driver.mjs';

const runs = 15;
const deadlineMs = 60_000;

const profiles = [
  {
    name: 'desktop',
    viewport: { width: 1280, height: 860 },
    slowdown: 1,
    network: null,
    budgets: { text: 150, stage: 300 },
  },
  {
    name: 'mobile',
    viewport: { width: 412, height: 823, scale: 1.75, touch: true },
    slowdown: 4,
    network: {
      offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000,
    },
    budgets: { text: 400, stage: 1700 },
  },
];

/** The rows of the table, and a sentence on what they were measured with. */
export async function measureStart(page) {
  const server = await serve(page);
  let browser;
  try {
    browser = await launch('chromium');
    const rows = [];
    for (const profile of profiles) {
      const starts = [];
      for (let run = 0; run < runs; run += 1) {
        starts.push(await start(browser, server.url, profile));
      }
      const { name, budgets } = profile;
      rows.push([`article text visible, ${name}`, median(starts, 'text'), budgets.text]);
      rows.push([`first frame of the stage, ${name}`, median(starts, 'stage'), budgets.stage]);
    }
    const renderer = await rendererOf(browser);
    return { rows, remark: `Medians of ${runs} runs, drawn by ${renderer}.` };
  } finally {
    await browser?.close();
    await server.close();
  }
}

function serve(page) {
  const compressed = gzipSync(page, { level: 9 });
  const server = createServer((request, response) => {
    if (request.url !== '/') {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'gzip',
      'content-length': compressed.length,
      'cache-control': 'no-store',
    });
    response.end(compressed);
  });
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => done({
      url: `http://127.0.0.1:${server.address().port}/`,
      close: () => new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
    }));
  });
}

/** Notes, before the page's own scripts, when text is painted and when the stage runs. */
function noteTimes() {
  const times = window.timesForMeasure = {};
  new PerformanceObserver((list) => {
    const first = list.getEntriesByName('first-contentful-paint')[0];
    if (first) times.text = first.startTime;
  }).observe({ type: 'paint', buffered: true });
  new MutationObserver((changes, observer) => {
    if (document.documentElement?.dataset.stage !== 'running') return;
    times.stage = performance.now();
    observer.disconnect();
  }).observe(document, { attributes: true, attributeFilter: ['data-stage'], subtree: true });
}

/** One start in a fresh profile; milliseconds since the navigation began. */
async function start(browser, url, { viewport, slowdown, network }) {
  const page = await browser.newPage();
  try {
    await page.viewport(viewport);
    await page.before(noteTimes);
    await page.protocol('Emulation.setCPUThrottlingRate', { rate: slowdown });
    if (network) {
      await page.protocol('Network.enable');
      await page.protocol('Network.emulateNetworkConditions', network);
    }
    await page.open(url);
    return await times(page);
  } finally {
    await page.close();
  }
}

async function times(page) {
  const end = Date.now() + deadlineMs;
  while (Date.now() < end) {
    const noted = await page.evaluate(() => window.timesForMeasure);
    if (noted.text && noted.stage) return noted;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the stage never drew: ${await page.text('#figure-reason')}`);
}

function median(starts, what) {
  const sorted = starts.map((times) => times[what]).sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)]);
}

async function rendererOf(browser) {
  const page = await browser.newPage();
  try {
    return await page.evaluate(() => {
      const gl = document.createElement('canvas').getContext('webgl2');
      const detail = gl?.getExtension('WEBGL_debug_renderer_info');
      return detail ? gl.getParameter(detail.UNMASKED_RENDERER_WEBGL) : 'an unknown renderer';
    });
  } finally {
    await page.close();
  }
}
