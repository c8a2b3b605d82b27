// What a frame costs in C++ while a run is played, in Chromium: the time that the stage takes for
// it, without that of the page's script, which it calls with the snapshot. A frame of the longest
// run there can be should cost about what a frame of any run does whose ladder fills the stage.

import { launch } from '../tests/browser/driver.mjs';

const frames = 150;
const budget = 16_000;

/** A file whose run has as many records as a run may have: the Client sends all the time. */
function longRun() {
  const script = Array.from({ length: 700 }, (_, i) =>
    ({ at_ms: 200 * i, side: 'client', do: 'send', bytes: 1 }));
  return JSON.stringify({ format: 1, id: 'long', title: 'Long', script });
}

/** To be run before the page: keeps the stage's module, and the time that its script takes. */
function keepModule() {
  const kept = window.stageForMeasure = { script: 0 };
  let create;
  Object.defineProperty(window, 'createStage', {
    configurable: true,
    set: (made) => { create = made; },
    get: () => create && (async (options) => {
      const receive = (snapshot) => {
        const began = performance.now();
        options.receive(snapshot);
        kept.script += performance.now() - began;
      };
      kept.module = await create({ ...options, receive });
      return kept.module;
    }),
  });
}

/** Opens a file if there is one, goes to the middle of its run and plays; µs a frame, in order. */
function timeFrames({ text, count }) {
  const { stageForMeasure: kept } = window;
  const { module } = kept;
  if (text) {
    module.file = new TextEncoder().encode(text);
    module.ccall('stage_open_file', null, ['string', 'number'], ['long.json', module.file.length]);
  }
  let now = performance.now();
  module._stage_frame(now);
  const steps = document.querySelectorAll('#step-list li').length;
  module.ccall('stage_change', null, ['string'], [`step=${Math.ceil(steps / 2)}&play=1`]);
  module._stage_frame(now);
  const times = [];
  for (let i = 0; i < count; i += 1) {
    kept.script = 0;
    now += 1000 / 60;
    const began = performance.now();
    module._stage_frame(now);
    times.push(1000 * (performance.now() - began - kept.script));
  }
  return { steps, times };
}

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** The rows of the table. */
export async function measureFrames(url) {
  const browser = await launch('chromium');
  try {
    const page = await browser.newPage();
    await page.viewport({ width: 1280, height: 860 });
    await page.before(keepModule);
    await page.open(url);
    await page.waitFor(() => document.documentElement.dataset.stage === 'running');
    const short = await page.evaluate(timeFrames, { text: '', count: frames });
    const long = await page.evaluate(timeFrames, { text: longRun(), count: frames });
    return [
      [`a frame of ${short.steps} steps`, Math.round(median(short.times)), budget],
      [`a frame of ${long.steps} steps`, Math.round(median(long.times)), budget],
    ];
  } finally {
    await browser.close();
  }
}
