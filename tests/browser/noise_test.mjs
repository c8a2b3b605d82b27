// Against fingerprinting, some browsers answer with noise when a canvas is read. The text on the
// stage is drawn all the same.

import assert from 'node:assert/strict';
import { fileAddress, noProblems, scenes, start } from './harness.mjs';
import { differingPixels } from './picture.mjs';
import { stillPicture } from './stage.mjs';

const inChromium = scenes('chromium');
const inResistingFirefox = scenes('firefox-resisting');

async function pictureAt(page, address) {
  await start(page, `${address}#v=1&step=6`);
  return stillPicture(page);
}

/** To be run before the page: what is read is off by as much as this, either way. */
function addNoise(most) {
  const { prototype } = OffscreenCanvasRenderingContext2D;
  const read = prototype.getImageData;
  prototype.getImageData = function getImageData(...where) {
    const image = read.apply(this, where);
    image.data.forEach((value, i) => { image.data[i] = value + i * 7 % (2 * most + 1) - most; });
    window.readForTest = true;
    return image;
  };
}

inChromium('noise in what is read, small or large, does not change the text', async (page, server) => {
  const honest = await pictureAt(page, fileAddress);
  for (const [most, address] of [[1, server.page], [255, fileAddress]]) {
    await page.before(addNoise, most);
    const picture = await pictureAt(page, address);
    assert.ok(await page.evaluate(() => window.readForTest), 'the page has met the noise');
    assert.equal(differingPixels(honest, picture), 0, `pixels differ, with noise of ${most}`);
  }
  await noProblems(page);
});

inResistingFirefox('the text is what it is without the resistance', async (page, server) => {
  // A Firefox that resists says that the pixel ratio is 2.
  await page.viewport({ width: 1280, height: 800, scale: 2 });
  const noise = await pictureAt(page, fileAddress);
  const honest = await pictureAt(page, server.page);
  assert.equal(differingPixels(honest, noise), 0, 'pixels differ');
  await noProblems(page);
});
