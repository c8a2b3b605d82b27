// A browser may take the graphics context away at any moment, and may give it back.

import assert from 'node:assert/strict';
import { captionBegins, fileAddress, noProblems, running, scenes, start } from './harness.mjs';
import { captionOf } from './story.mjs';

const scene = scenes('chromium');

const lose = (page) => page.evaluate(() => {
  const context = document.querySelector('#stage canvas').getContext('webgl2');
  // Kept for restore(): a lost context no longer gives its extensions.
  window.losingForTest = context.getExtension('WEBGL_lose_context');
  window.losingForTest.loseContext();
});
const restore = (page) => page.evaluate(() => window.losingForTest.restoreContext());
const isLost = (page) =>
  page.waitFor(() => document.documentElement.dataset.stage === 'lost');

/** The stage with square corners: how the browser rounds them is not the stage's doing. */
async function picture(page) {
  const clip = await page.evaluate(() => {
    document.querySelector('#stage').style.borderRadius = '0';
    const { x, y, width, height } = document.querySelector('#box').getBoundingClientRect();
    return { x, y, width, height };
  });
  return Buffer.from(await page.screenshot({ clip })).toString('base64');
}

/** How many pixels two pictures differ in; the page itself is used as the PNG decoder. */
const differingPixels = (page, one, other) => page.evaluate(async (...pictures) => {
  const [a, b] = await Promise.all(pictures.map(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(image, 0, 0);
    return { size: `${width}x${height}`, data: new Uint32Array(
      context.getImageData(0, 0, width, height).data.buffer) };
  }));
  if (a.size !== b.size) return `sizes ${a.size} and ${b.size}, all`;
  return a.data.reduce((sum, pixel, i) => sum + (pixel === b.data[i] ? 0 : 1), 0);
}, one, other);

/** The stage's picture once two in a row are the same: no frame is on its way any more. */
async function stillPicture(page) {
  let last = await picture(page);
  for (let i = 0; i < 100; i += 1) {
    const next = await picture(page);
    if (next === last) return next;
    last = next;
  }
  throw new Error('the stage never came to rest');
}

async function samePicture(page, before, label) {
  const after = await stillPicture(page);
  if (after === before) return;
  assert.fail(`${label}: ${await differingPixels(page, before, after)} pixels differ`);
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
  assert.notEqual(first, second, 'a step changes the picture');
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
