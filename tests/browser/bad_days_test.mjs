// Files that are legal and put more on the wire than any story does: they are drawn, stepped and
// gone through to the end, where there are too many segments as bundles, and the stage keeps few
// things to draw.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after } from 'node:test';
import { badDays } from './bad_days.mjs';
import { fileAddress, noProblems, scenes } from './harness.mjs';
import { removeFolder, temporaryFolder } from './processes.mjs';
import { atRest, listOf, restAtStep, startWatched } from './stage.mjs';

const scene = scenes('chromium');
const folder = temporaryFolder();
after(() => removeFolder(folder));

/** Rows in view and around them, with what stands in them. */
const mostNamed = 300;

async function open(page, { title, text }) {
  await startWatched(page, fileAddress);
  const file = path.join(folder, 'bad-day.json');
  writeFileSync(file, text);
  await page.upload('#file', file);
  await page.waitFor((wanted) =>
    document.querySelector('#steps-of').textContent.startsWith(wanted), title);
  await restAtStep(page, 1);
  return page.evaluate(() => document.querySelectorAll('#step-list button').length);
}

const goTo = async (page, step) => {
  await page.evaluate((at) => document.querySelectorAll('#step-list button')[at - 1].click(), step);
  await restAtStep(page, step);
};

const ladder = async (page) => (await listOf(page, 'Ladder')).items.map(({ name }) => name);

for (const day of badDays) {
  scene(`${day.title}: forward, into the middle and to the end`, async (page) => {
    const steps = await open(page, day);
    await page.role('button', 'Step forward').click();
    await restAtStep(page, 2);
    for (const step of [Math.ceil(steps / 2), steps]) {
      await goTo(page, step);
      const named = await ladder(page);
      assert.ok(named.length <= mostNamed, `${named.length} things are drawn at step ${step}`);
    }
    await page.role('button', 'To start').click();
    await restAtStep(page, 1);
    if (steps > 2) await page.role('button', 'To end').click();
    else await page.role('button', 'Step forward').click();
    await restAtStep(page, steps);
    await noProblems(page);
  });
}

const day = (title) => badDays.find((one) => one.title === title);
const bundles = (named) => named.filter((name) => name.startsWith('Segments '));

scene('1,900 segments are one item of the list, with what they carry', async (page) => {
  await open(page, day('1,900 segments of a byte'));
  await goTo(page, 2);
  assert.deepEqual(bundles(await ladder(page)), [
    'Segments 1 to 1900: 1,900 × 1 byte from Client to Server, 1,900 bytes, 0 delivered, ' +
      '1,900 on their way, 0 lost']);
});

scene('the lost ones of a bundle are counted as they die', async (page) => {
  await open(page, day('400 segments, every third lost'));
  const counted = async (step) => {
    await goTo(page, step);
    return bundles(await ladder(page))[0].replace(/^Segments 1 to 400: 400 × 1 byte .* bytes, /, '');
  };
  assert.equal(await counted(2), '0 delivered, 400 on their way, 0 lost');
  // One is lost, two arrive and are each answered, and so on: five steps for three segments.
  assert.equal(await counted(7), '2 delivered, 397 on their way, 1 lost');
  assert.equal(await counted(20), '7 delivered, 389 on their way, 4 lost');
  assert.equal(await counted(5 * 133 + 2), '266 delivered, 1 on their way, 133 lost');
  assert.equal(await counted(5 * 133 + 3), '266 delivered, 0 on their way, 134 lost');
});
