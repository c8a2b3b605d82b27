// A stage that stops starts again where it was, in one engine, named by the first argument. The
// tests break it from outside, in the running page: by a trap while it draws, by a snapshot without
// its beginning, by an instance that cannot be made.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after } from 'node:test';
import { engines } from './driver.mjs';
import {
  atStep, captionBegins, fileAddress, noProblems, running, scenes, start,
} from './harness.mjs';
import { removeFolder, temporaryFolder } from './processes.mjs';
import { chooseStory, focusStage, press, storiesOffered, storyShown } from './stage.mjs';
import { captionOf, titleOf } from './story.mjs';

const engine = process.argv[2] ?? 'chromium';
assert.ok(engines.includes(engine), `the argument is one of: ${engines.join(', ')}`);
const scene = scenes(engine);

/** Runs in the page: counts the instances made from now on. The first `broken` of them fail. */
function watchInstances(broken) {
  const original = WebAssembly.instantiate;
  window.instancesForTest = 0;
  WebAssembly.instantiate = async (...args) => {
    window.instancesForTest += 1;
    if (window.instancesForTest <= broken) throw new WebAssembly.LinkError('broken by the test');
    return original.apply(WebAssembly, args);
  };
}

/** Runs in the page: the next frames, so many of them, end in a trap while drawing. */
function trapInFrames(times) {
  const unreachable = new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x74, 0, 0,
    10, 5, 1, 3, 0, 0, 0x0b,
  ]);
  const { t: trap } = new WebAssembly.Instance(new WebAssembly.Module(unreachable)).exports;
  const gl = WebGL2RenderingContext.prototype;
  const draw = window.drawForTest ??= gl.drawElements;
  let left = times;
  gl.drawElements = function drawElements(...args) {
    if (left > 0) {
      left -= 1;
      trap();
    }
    return draw.apply(this, args);
  };
}

/** Runs in the page: the next JSON that has this member loses what stands before it. */
function spoilJson(member) {
  const original = JSON.parse;
  JSON.parse = (text, ...more) => {
    const at = text.indexOf(`,"${member}":`);
    if (at < 0) return original(text, ...more);
    JSON.parse = original;
    return original(text.slice(at), ...more);
  };
}

const instances = (page) => page.evaluate(() => window.instancesForTest);
const notices = (page) => page.evaluate(() =>
  [...document.querySelectorAll('#notices span')].map((span) => span.textContent));
const startedAgain = (page) => page.waitFor(() =>
  document.querySelector('#notices').textContent.includes('started again'));

async function openWatched(page, hash = '', broken = 0) {
  await start(page, fileAddress + hash);
  await page.evaluate(watchInstances, broken);
}

/** Makes the stage stop in the frame after a click, so many times in a row. */
const breakIt = (page, times = 1) => page.run(`(() => {
  (${trapInFrames})(${times});
  document.querySelector('#twin [aria-label="Step forward"]').click();
})()`);

const everything = '#v=1&scenario=lost-final-ack&step=4&theme=dark&speed=2&numbers=real';

/** The moment of `everything`, as the page shows it. */
async function showsEverything(page) {
  await captionBegins(page, 'Step 4 of 16 ');
  assert.deepEqual(await page.evaluate(() => ({
    stage: document.documentElement.dataset.stage,
    theme: document.documentElement.dataset.theme,
    canvases: document.querySelectorAll('canvas').length,
    sharp: Math.abs(document.querySelector('#canvas').width - devicePixelRatio *
      document.querySelector('#box').getBoundingClientRect().width) < 1,
    figure: document.querySelector('#figure').checkVisibility(),
  })), { stage: 'running', theme: 'dark', canvases: 1, sharp: true, figure: false });
  assert.equal(await storyShown(page), titleOf('lost-final-ack'));
  assert.equal(await page.role('combobox', 'Speed').value(), '2');
  assert.equal(
    await page.role('button', 'Real sequence numbers').attribute('aria-pressed'), 'true');
  assert.equal((await notices(page)).length, 1, 'one short notice');
}

const ways = {
  'a trap while it draws': { broken: 0, stop: breakIt, made: 1 },
  'a trap, twice in a row': { broken: 0, stop: (page) => breakIt(page, 2), made: 2 },
  'a trap, three times in a row': { broken: 0, stop: (page) => breakIt(page, 3), made: 3 },
  'a snapshot without its beginning': {
    broken: 0,
    stop: async (page) => {
      await page.evaluate(spoilJson, 'nodes');
      await press(page, 'Step forward');
    },
    made: 1,
  },
  'a trap, and an instance that cannot be made': { broken: 1, stop: breakIt, made: 2 },
};

for (const [way, { broken, stop, made }] of Object.entries(ways)) {
  scene(`after ${way} it is where it was, and goes on`, async (page) => {
    await openWatched(page, everything, broken);
    await captionBegins(page, 'Step 4 of 16 ');
    await page.role('button', 'Step forward').focus();
    await page.evaluate(() => {
      window.stepForTest = document.activeElement;
      window.listForTest = document.querySelector('#step-list').firstElementChild;
    });
    await stop(page);
    await startedAgain(page);
    await showsEverything(page);
    assert.equal(await instances(page), made);
    assert.deepEqual(await page.evaluate(() => [
      document.activeElement === window.stepForTest,
      document.querySelector('#step-list').firstElementChild === window.listForTest,
      document.querySelector('#live').textContent,
    ]), [true, true, ''], 'the focus and the article stay as they are, and no step is announced');
    await press(page, 'Step forward');
    await atStep(page, 5);
    await press(page, 'Dismiss');
    await page.waitFor(() => document.querySelector('#notices').children.length === 0);
    // The WebAssembly's glue says on the console when it cannot make an instance.
    const problems = (await page.problems()).filter((line) => !line.includes('broken by the test'));
    assert.deepEqual(problems, []);
  });
}

scene('a reply that cannot be read stops it too, and the reply comes after all', async (page) => {
  await openWatched(page, everything);
  await captionBegins(page, 'Step 4 of 16 ');
  const before = await page.text('#ports-answer');
  await page.evaluate(spoilJson, 'says');
  await page.evaluate(() => {
    const field = document.querySelector('#ports input');
    field.value = '1';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await startedAgain(page);
  await page.waitFor((said) =>
    document.querySelector('#ports-answer').textContent.replace(/\s+/g, ' ').trim() !== said,
  before);
  await showsEverything(page);
  await noProblems(page);
});

scene('everything the reader can do reaches the new instance', async (page) => {
  await openWatched(page);
  await captionBegins(page, captionOf(1));
  await breakIt(page);
  await startedAgain(page);
  await focusStage(page);
  await page.press('ArrowRight');
  await captionBegins(page, captionOf(2));
  await page.role('slider', 'Step').choose('5');
  await captionBegins(page, captionOf(5));
  await page.role('combobox', 'Theme').choose('dark');
  await page.waitFor(() => document.documentElement.dataset.theme === 'dark');
  await page.evaluate(() => document.querySelectorAll('#step-list button')[2].click());
  await captionBegins(page, captionOf(3));
  await chooseStory(page, 'half-close');
  await captionBegins(page, 'Step 1 of 21 ');
  await page.evaluate(() => { location.hash = '#v=1&step=4'; });
  await captionBegins(page, captionOf(4));
  await page.evaluate(() => {
    window.losingForTest = document.querySelector('#canvas').getContext('webgl2')
      .getExtension('WEBGL_lose_context');
    window.losingForTest.loseContext();
  });
  await page.waitFor(() => document.documentElement.dataset.stage === 'lost');
  await page.evaluate(() => window.losingForTest.restoreContext());
  await running(page);
  await press(page, 'Step forward');
  await captionBegins(page, captionOf(5));
  assert.equal(await instances(page), 1);
  await noProblems(page);
});

scene('a run that plays goes on playing', async (page) => {
  await openWatched(page, '#v=1&step=3&speed=4');
  await captionBegins(page, captionOf(3));
  await press(page, 'Play');
  await page.role('button', 'Pause').text();
  await page.evaluate(trapInFrames, 1);
  await startedAgain(page);
  // Not to the end: a slow machine would need long for it.
  await page.waitFor(() =>
    Number(/Step (\d+)/.exec(document.querySelector('#caption').textContent)[1]) >= 6);
  assert.equal(await instances(page), 1);
  await noProblems(page);
});

const folder = temporaryFolder();
after(() => removeFolder(folder));
const ownFile = path.join(folder, 'own.json');
writeFileSync(ownFile, JSON.stringify({
  format: 1, id: 'normal-close', title: 'My own file',
  script: [{ at_ms: 50, side: 'client', do: 'close' }],
}));
const badFile = path.join(folder, 'bad.json');
writeFileSync(badFile, '{');

const offersOwn = async (page) => assert.deepEqual((await storiesOffered(page))[0],
  { group: 'Your file', id: '', title: 'My own file' });

scene('a file of the reader\'s own is shown again, or offered again', async (page) => {
  await openWatched(page, '#v=1&speed=2');
  await page.upload('#file', ownFile);
  await captionBegins(page, 'Step 1 of 5 ');
  // One that was refused does not take its place.
  await page.upload('#file', badFile);
  await page.waitFor(() => document.querySelector('#notices').textContent.includes('bad.json'));
  await press(page, 'Step forward');
  await captionBegins(page, 'Step 2 of 5 ');
  await breakIt(page);
  await startedAgain(page);
  await captionBegins(page, 'Step 2 of 5 ');
  await offersOwn(page);
  assert.equal(await page.text('#steps-of'), 'My own file');
  assert.equal(await page.role('combobox', 'Speed').value(), '2');
  await chooseStory(page, 'normal-close');
  await captionBegins(page, captionOf(1));
  await breakIt(page);
  await page.waitFor(() => window.instancesForTest === 2);
  // The file is handed over again before the first frame.
  await page.waitFor(() => document.querySelectorAll('canvas').length === 1);
  await captionBegins(page, captionOf(1));
  await offersOwn(page);
  await chooseStory(page);
  await captionBegins(page, 'Step 1 of 5 ');
  await noProblems(page);
});

scene('the fourth time within a minute the figure stays, with a sentence', async (page) => {
  await openWatched(page, everything);
  await breakIt(page, 3);
  await startedAgain(page);
  await breakIt(page);
  await page.waitFor(() => document.documentElement.dataset.stage === 'unavailable');
  assert.equal(await instances(page), 3);
  assert.ok(await page.visible('#figure svg'), 'the figure is shown');
  assert.match(await page.text('#figure-reason'),
    /^This is a picture of the normal close\. .* stopped four times within a minute: .+\.$/);
  assert.equal(await page.role('button', 'Step forward').count(), 0);
  assert.deepEqual(await notices(page), []);
  assert.equal(await page.evaluate(() =>
    document.querySelectorAll('[data-address]:not(:disabled)').length), 0);
  await noProblems(page);
});

scene('what stopped it more than a minute ago does not count', async (page) => {
  await openWatched(page, everything);
  await breakIt(page, 3);
  await startedAgain(page);
  await page.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 60_001;
  });
  await press(page, 'Dismiss');
  await breakIt(page);
  await startedAgain(page);
  await showsEverything(page);
  assert.equal(await instances(page), 4);
  await noProblems(page);
});
