// A stage on which nothing moves costs nothing. This test lets time pass: there is no condition to
// wait for when nothing is to happen.

import assert from 'node:assert/strict';
import { atStep, fileAddress, scenes, start } from './harness.mjs';

const scene = scenes('chromium');
const restMs = 5000;

function countFrames() {
  const counts = window.countsForTest = { frames: 0, draws: 0, lastAt: performance.now() };
  const count = (what) => {
    counts[what] += 1;
    counts.lastAt = performance.now();
  };
  const ask = window.requestAnimationFrame;
  window.requestAnimationFrame = (callback) => ask.call(window, (time) => {
    count('frames');
    callback(time);
  });
  const gl = WebGL2RenderingContext.prototype;
  const draws = ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced',
    'drawRangeElements', 'clear'];
  for (const name of draws) {
    const original = gl[name];
    gl[name] = function counted(...args) {
      count('draws');
      return original.apply(this, args);
    };
  }
}

const counts = (page) => page.evaluate(() => window.countsForTest);
const settled = (page) => page.waitFor(() => performance.now() - window.countsForTest.lastAt > 500);

scene('no frame is asked for and nothing is drawn in five seconds of rest', async (page) => {
  await page.before(countFrames);
  await start(page, fileAddress);
  await settled(page);
  const before = await counts(page);
  assert.ok(before.draws > 0, 'the counting works: the first frame was drawn');
  await new Promise((resolve) => setTimeout(resolve, restMs));
  const after = await counts(page);
  assert.deepEqual(
    { frames: after.frames - before.frames, draws: after.draws - before.draws },
    { frames: 0, draws: 0 });
});

scene('a step is drawn, and then the stage rests again', async (page) => {
  await page.before(countFrames);
  await start(page, fileAddress);
  await settled(page);
  const before = await counts(page);
  await page.role('button', 'Step forward').click();
  await atStep(page, 2);
  await page.waitFor((drawn) => window.countsForTest.draws > drawn, before.draws);
  await settled(page);
});

scene('a mouse that comes and goes leaves the stage at rest', async (page) => {
  await page.before(countFrames);
  await start(page, fileAddress);
  const { middle } = await page.role('button', 'Step forward').reveal();
  await page.moveTo(middle);
  await settled(page);
  await page.moveTo({ x: 1, y: 1 });
  await settled(page);
});
