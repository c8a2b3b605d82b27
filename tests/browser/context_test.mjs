// A browser may take the graphics context away at any moment, and may give it back.

import assert from 'node:assert/strict';
import { captionBegins, fileAddress, noProblems, running, scenes, start } from './harness.mjs';
import { differingPixels } from './picture.mjs';
import { stillPicture } from './stage.mjs';
import { captionOf } from './story.mjs';

const scene = scenes('chromium');

const lose = (page) => page.evaluate(() => {
  const context = document.querySelector('#stage canvas').getContext('webgl2');
  // Kept for restore(): a lost context no longer gives its extensions.
  window.losingForTest = context.getExtension('WEBGL_lose_context');
  window.losingForTest.loseContext();
});
const restore = (page) => page.evaluate(() => window.losingForTest.restoreContext());
const glError = (page) => page.evaluate(() =>
  document.querySelector('#stage canvas').getContext('webgl2').getError());
const isLost = (page) =>
  page.waitFor(() => document.documentElement.dataset.stage === 'lost');

async function samePicture(page, before, label) {
  assert.equal(differingPixels(before, await stillPicture(page)), 0, `${label}: pixels differ`);
}

scene('the figure and a sentence stand in while the graphics context is lost', async (page) => {
  await start(page, fileAddress);
  await lose(page);
  await isLost(page);
  await page.waitFor(() => document.querySelector('#figure').checkVisibility());
  assert.ok(await page.visible('#figure'), 'the figure is shown');
  assert.ok(await page.visible('#figure-reason'), 'with a reason');
  assert.match(await page.text('#figure-reason'), /[A-Z].{20,}\./, 'which is a sentence');
  assert.equal(await page.role('button', 'Step forward').count(), 0,
    'no control can be reached that nobody sees');
});

scene('a restored context gives the same picture, pixel for pixel, twice', async (page) => {
  await start(page, `${fileAddress}#v=1&step=8`);
  await captionBegins(page, captionOf(8));
  const before = await stillPicture(page);
  for (const time of ['the first time', 'the second time']) {
    await lose(page);
    await isLost(page);
    await restore(page);
    await running(page);
    await page.waitFor(() => !document.querySelector('#figure').checkVisibility());
    await samePicture(page, before, time);
    assert.match(await page.text('#caption'), /^Step 8 of 12 /, 'it is at the same step');
    assert.equal(await glError(page), 0, 'WebGL was asked for nothing that it cannot do');
  }
  await noProblems(page);
});

scene('a restored stage can be stepped through, and draws what it drew before', async (page) => {
  await start(page, fileAddress);
  await captionBegins(page, captionOf(1));
  const first = await stillPicture(page);
  await page.role('button', 'Step forward').click();
  await captionBegins(page, captionOf(2));
  const second = await stillPicture(page);
  assert.notEqual(differingPixels(first, second), 0, 'a step changes the picture');
  await page.role('button', 'Step back').click();
  await captionBegins(page, captionOf(1));
  await lose(page);
  await isLost(page);
  await restore(page);
  await running(page);
  await page.role('button', 'Step forward').click();
  await captionBegins(page, captionOf(2));
  await samePicture(page, second, 'step 2 after the loss');
});
