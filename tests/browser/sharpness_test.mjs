// The canvas has one of its own pixels for each of the screen's, at any pixel ratio, and when the
// ratio or the window changes while the page is open.

import assert from 'node:assert/strict';
import { fileAddress, scenes, start } from './harness.mjs';
import { decodePng } from './picture.mjs';

const scene = scenes('chromium');

/** "sharp", or what the canvas has instead. */
const sharpness = (page) => page.evaluate(() => {
  const canvas = document.querySelector('#stage canvas');
  const { width, height } = canvas.getBoundingClientRect();
  const fits = (pixels, length) => Math.abs(pixels - length * devicePixelRatio) < 1;
  return width > 0 && fits(canvas.width, width) && fits(canvas.height, height)
    ? 'sharp'
    : `${canvas.width}x${canvas.height} pixels for ${width}x${height} CSS pixels`;
});

async function becomesSharp(page, scale) {
  await page.waitFor((ratio) => devicePixelRatio === ratio, scale);
  let seen;
  for (let frame = 0; frame < 60; frame += 1) {
    seen = await sharpness(page);
    if (seen === 'sharp') return;
    // A headless browser whose pixel ratio changes tells its page only with the next frame, and has
    // no screen that asks for one; taking a picture does.
    await page.screenshot({ clip: { x: 0, y: 0, width: 8, height: 8 } });
  }
  assert.fail(`at a pixel ratio of ${scale} the canvas has ${seen}`);
}

for (const scale of [1, 1.5, 2]) {
  scene(`the canvas is sharp when opened at a pixel ratio of ${scale}`, async (page) => {
    await page.viewport({ width: 1280, height: 800, scale });
    await start(page, fileAddress);
    await becomesSharp(page, scale);
  });
}

scene('the canvas stays sharp when the window moves to another screen', async (page) => {
  await start(page, fileAddress);
  for (const scale of [2, 1.5, 1.25, 1]) {
    await page.viewport({ width: 1280, height: 800, scale });
    await becomesSharp(page, scale);
  }
});

scene('the canvas stays sharp when the reader zooms', async (page) => {
  await start(page, fileAddress);
  for (const scale of [1.25, 2, 4, 1]) {
    await page.viewport({ width: 1280 / scale, height: 800 / scale, scale });
    await becomesSharp(page, scale);
  }
});

scene('the canvas stays sharp when the window changes its size', async (page) => {
  await start(page, fileAddress);
  for (const [width, height] of [[1000, 700], [412, 823], [320, 640], [1600, 1000]]) {
    await page.viewport({ width, height, scale: 1.5 });
    await page.waitFor((wanted) => innerWidth === wanted, width);
    await becomesSharp(page, 1.5);
  }
});

/** How much of a word's ink is as dark as it can be: blurred letters are mostly grey. */
async function solidity(page, { x, y, width, height }) {
  const clip = { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(width), height: Math.ceil(height) };
  const picture = decodePng(await page.screenshot({ clip }));
  let [ink, solid] = [0, 0];
  for (let row = 0; row < picture.height; row += 1) {
    for (let column = 0; column < picture.width; column += 1) {
      const [red] = picture.pixel(column, row);
      if (red < 250) ink += 255 - red;
      if (red < 70) solid += 255 - red;
    }
  }
  return solid / ink;
}

for (const [width, height] of [[1366, 768], [1920, 1080]]) {
  scene(`horizontal words are as sharp as the page's own, ${width} by ${height} px`, async (page) => {
    await page.viewport({ width, height });
    await start(page, `${fileAddress}#v=1&theme=light`);
    const words = page.role('group', 'Client');
    const rect = await words.rect();
    const onStage = await solidity(page, rect);
    await page.evaluate(({ x, y, size }) => {
      const own = document.createElement('b');
      own.textContent = 'Client';
      own.style = `position:fixed;left:${Math.round(x)}px;top:${Math.round(y)}px;z-index:9;` +
        `background:#fff;color:#1d2530;font:bold ${size}px/1.2 system-ui,sans-serif`;
      document.body.append(own);
    }, { x: rect.x, y: rect.y, size: rect.height });
    const ofPage = await solidity(page, { ...rect, height: rect.height * 1.2 });
    assert.ok(ofPage > 0.2, `the page's own word has ${ofPage.toFixed(2)} solid ink`);
    assert.ok(onStage > 0.9 * ofPage,
      `${onStage.toFixed(2)} of the ink on the stage is solid, ${ofPage.toFixed(2)} of the page's`);
  });
}
