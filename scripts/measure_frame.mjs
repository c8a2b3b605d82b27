// What a frame costs in C++, in Chromium: of a story, and of files that are legal and put more on
// the wire than any story does. The time is that of the processor, so that a busy machine makes no
// difference; the page's script, which is told the snapshot, is not in it.

import { badDays } from '../tests/browser/bad_days.mjs';
import { launch } from '../tests/browser/driver.mjs';

const frames = 10;
const budget = 16_000;

/** To be run before the page: keeps the stage's module and its memory. */
function keepModule() {
  const kept = window.stageForMeasure = { quiet: false, now: performance.now() };
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate(...given);
    const { exports } = made.instance ?? made;
    kept.memory = Object.values(exports).find((one) => one instanceof WebAssembly.Memory);
    return made;
  };
  let create;
  Object.defineProperty(window, 'createStage', {
    configurable: true,
    set: (made) => { create = made; },
    get: () => create && (async (options) => {
      const receive = (snapshot) => { if (!kept.quiet) options.receive(snapshot); };
      kept.module = await create({ ...options, receive });
      return kept.module;
    }),
  });
  kept.open = (text) => {
    kept.module.file = new TextEncoder().encode(text);
    kept.module.ccall('stage_open_file', null, ['string', 'number'],
      ['bad-day.json', kept.module.file.length]);
  };
  kept.change = (address) => kept.module.ccall('stage_change', null, ['string'], [address]);
  kept.draw = (count) => {
    for (let i = 0; i < count; i += 1) {
      kept.module._stage_pointer_gone(); // without anything new nothing is drawn
      kept.module._stage_frame(kept.now += 1000 / 60);
    }
  };
}

/** µs of the processor that a function takes in the page, with its argument. */
async function cost(page, fn, argument) {
  const taken = async () => {
    const { metrics } = await page.protocol('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'DevToolsCommandDuration').value;
  };
  const before = await taken();
  await page.evaluate(fn, argument);
  return 1e6 * (await taken() - before);
}

const draw = (count) => window.stageForMeasure.draw(count);
function goTo(step) {
  const kept = window.stageForMeasure;
  kept.change(`step=${step}`);
  kept.draw(1);
}

/** µs: to open a run (without a text it is the page's first), and at most for a step, a frame. */
export async function measureRun(page, text) {
  const open = !text ? 0 : await cost(page, (given) => {
    window.stageForMeasure.open(given);
    window.stageForMeasure.draw(1);
  }, text);
  const steps = await page.evaluate(() => document.querySelectorAll('#step-list li').length);
  const out = { steps, open, step: 0, frame: 0 };
  await page.evaluate(() => { window.stageForMeasure.quiet = true; });
  const quarters = [0, 0.25, 0.5, 0.75].map((share) => 1 + Math.floor(share * (steps - 1)));
  for (const from of new Set(quarters)) {
    await page.evaluate(goTo, from);
    out.step = Math.max(out.step, await cost(page, goTo, from + 1));
    out.frame = Math.max(out.frame, await cost(page, draw, frames) / frames);
  }
  await page.evaluate(goTo, 1);
  out.end = await cost(page, goTo, steps);
  out.frame = Math.max(out.frame, await cost(page, draw, frames) / frames);
  return out;
}

/** A page of its own for a run, so that no label of it has been placed. */
export async function freshPage(browser, url) {
  const page = await browser.newPage();
  await page.viewport({ width: 1280, height: 860 });
  await page.before(keepModule);
  await page.open(url);
  await page.waitFor(() => document.documentElement.dataset.stage === 'running');
  await page.protocol('Performance.enable', { timeDomain: 'threadTicks' });
  return page;
}

/** For each run the rows of the table: the most that a frame, a step or "To end" takes, in µs; and
 * the most memory, in bytes. */
export async function measureFrames(url) {
  const browser = await launch('chromium');
  const times = [];
  let memory = 0;
  try {
    for (const { title, text } of [{ title: 'a story', text: '' }, ...badDays]) {
      const page = await freshPage(browser, url);
      const { step, frame, end } = await measureRun(page, text);
      const held = await page.evaluate(() => window.stageForMeasure.memory.buffer.byteLength);
      memory = Math.max(memory, held);
      await page.close();
      times.push([title, Math.round(frame), budget], ['  a step', Math.round(step), budget],
        ['  to the end', Math.round(end), budget]);
    }
  } finally {
    await browser.close();
  }
  return { times, memory };
}
