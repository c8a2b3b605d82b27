// At every size that people have, the last step of the two main stories shows all of the ladder, with
// the caption and all controls, in the first screen of the page or, beside the article, at once; and
// the first picture invites.

import assert from 'node:assert/strict';
import { atStep, fileAddress, scenes } from './harness.mjs';
import { colourOf, distance } from './picture.mjs';
import {
  atRest, lifelineBeside, listOf, lookAt, press, quickFrames, rectOf, restAtStep, startWatched,
  stateColours,
} from './stage.mjs';
import { titleOf } from './story.mjs';
import { faultsOf, survey } from './survey.mjs';

const scene = scenes('chromium');

const windows = [
  [1366, 650], [1366, 768], [1280, 720], [1536, 730], [1024, 768], [1920, 1080], [768, 1024],
  [390, 844], [360, 640], [900, 600],
];
const stories = [
  { id: 'normal-close', steps: 12, segments: 4, badges: 9 },
  { id: 'lost-final-ack', steps: 16, segments: 6, badges: 9 },
];
const slack = 1; // rectangles are told in whole pixels

const within = (inner, outer) => inner.x >= outer.x - slack && inner.y >= outer.y - slack &&
  inner.right <= outer.right + slack && inner.bottom <= outer.bottom + slack;

for (const [width, height] of windows) {
  scene(`the whole of two stories is seen at once, ${width} by ${height} px`, async (page) => {
    await page.viewport({ width, height });
    const screen = { x: 0, y: 0, right: width, bottom: height };
    await page.before(quickFrames);
    for (const { id, steps, segments, badges } of stories) {
      await startWatched(page, `${fileAddress}#v=1&scenario=${id}&step=${steps}`);
      const [whole] = await page.evaluate(survey, id, titleOf(id), false);
      assert.deepEqual(faultsOf(whole, whole, width < 560 ? 11 : 12), [], `${id} has its room`);
      const { rect, items } = await listOf(page, 'Ladder');
      assert.ok(within(rect, screen), `the ladder of ${id} is in the first screen`);
      for (const { name, rect: place } of items) {
        assert.ok(within(place, rect), `${id}: "${name}" is in view`);
      }
      const named = (pattern) => items.filter(({ name }) => pattern.test(name)).length;
      assert.equal(named(/^Segment /), segments);
      assert.equal(named(/^(Client|Server): [A-Z_0-9]+$/), badges);
      for (const control of ['To start', 'Play', 'To end', 'Pause after each step']) {
        const place = await page.role('button', control).rect();
        assert.ok(within({ ...place, right: place.x + place.width, bottom: place.y + place.height },
          screen), `${id}: "${control}" is in view`);
      }
      const stage = await rectOf(page, '#stage');
      assert.ok(within(stage, screen), `the stage of ${id} is in the first screen`);
      assert.ok(within(await rectOf(page, '#caption'), stage), 'and the caption in the stage');
      const heading = await rectOf(page, 'h1');
      assert.ok(within(heading, screen) && heading.y < stage.bottom, 'the title is seen, too');
    }
  });
}

for (const [width, height] of [[1366, 650], [390, 844]]) {
  scene(`the line above the caption stays where it is, ${width} by ${height} px`, async (page) => {
    await page.viewport({ width, height });
    await startWatched(page, fileAddress);
    const { rect: first } = await listOf(page, 'Ladder');
    for (let step = 2; step <= 12; step += 1) {
      await press(page, 'Step forward');
      await atStep(page, step);
      await atRest(page);
      const { rect } = await listOf(page, 'Ladder');
      assert.equal(rect.bottom, first.bottom, `at step ${step}`);
    }
  });
}

/** The colour of the Client's lifeline so far above the lower edge of the ladder. */
async function lifelineAbove(page, edge) {
  const { rect, items } = await listOf(page, 'Ladder');
  const picture = await lookAt(page);
  const badge = items.find(({ name }) => name === 'Client: ESTABLISHED').rect;
  const line = lifelineBeside(picture, 'Client', badge, stateColours.ESTABLISHED.light);
  return picture.at(line.x + line.width / 2, rect.bottom - edge);
}

scene('what is to come shows as a ghost, which fills in and can be turned off', async (page) => {
  await page.viewport({ width: 1280, height: 720 });
  await startWatched(page, `${fileAddress}#v=1&theme=light`);
  const near = async (hex) => distance(await lifelineAbove(page, 60), colourOf(hex)) < 6;
  const ghost = '#dcdfe4';
  assert.ok(await near(ghost), 'at the first step it is to come');
  await page.evaluate(() => { location.hash = '#v=1&theme=light&step=12'; });
  await restAtStep(page, 12);
  assert.ok(await near(stateColours.TIME_WAIT.light), 'at the last one it is there');
  await press(page, 'To start');
  await restAtStep(page, 1);
  await press(page, 'More');
  await press(page, 'Show the run to come');
  await atRest(page);
  assert.ok(await near('#ffffff'), 'turned off');
  await press(page, 'More');
  assert.equal(await page.role('button', 'Show the run to come').attribute('aria-pressed'), 'false');
});

scene('the first step says what there is to do', async (page) => {
  await startWatched(page, fileAddress);
  assert.equal(await page.text('#caption-hint'), '12 steps: press → or Play');
  await press(page, 'Step forward');
  await atStep(page, 2);
  assert.equal(await page.text('#caption-hint'), '');
});
