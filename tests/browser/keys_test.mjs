// Which keys are the stage's: all of its own while it has the focus, two arrows from anywhere on
// the page, and Space where nothing else wants it.

import assert from 'node:assert/strict';
import { atStep, fileAddress, scenes, start } from './harness.mjs';
import { atRest, focusStage, quickFrames, recordSteps, rectOf, startWatched } from './stage.mjs';

const scene = scenes('chromium');

scene('arrows, Home and End step when the stage has the focus', async (page) => {
  await start(page, `${fileAddress}#v=1&step=3`);
  await focusStage(page);
  for (const [key, step] of [['ArrowRight', 4], ['ArrowLeft', 3], ['End', 12], ['Home', 1]]) {
    await page.press(key);
    await atStep(page, step);
  }
});

/** Presses keys one after another, and says which steps they led to: so many are waited for. */
async function stepsAfter(page, keys, many = 0) {
  const stepsSeen = await recordSteps(page);
  for (const key of keys) {
    await page.press(key);
    await atRest(page); // of two steps in one frame only the second would be seen
  }
  await page.waitFor((wanted) => window.stepsForTest.length >= wanted, many);
  await atRest(page);
  return stepsSeen();
}

const focusOn = (page, selector) => page.evaluate((wanted) => {
  const element = document.querySelector(wanted);
  for (const around of document.querySelectorAll('details')) {
    if (around.contains(element)) around.open = true;
  }
  if (element.tabIndex < 0) element.tabIndex = 0;
  element.focus({ preventScroll: true });
  if (document.activeElement !== element) throw new Error(`${wanted} cannot have the focus`);
}, selector);

scene('arrows step wherever the focus is, Home and End only on the stage', async (page) => {
  await startWatched(page, `${fileAddress}#v=1&step=3`);
  await atStep(page, 3);
  const keys = ['ArrowRight', 'ArrowLeft', 'End', 'Home'];
  assert.deepEqual(await stepsAfter(page, keys, 2), [4, 3], 'when nothing has it');
  for (const place of ['main a', '#minute button', '#intuition']) {
    await focusOn(page, place);
    assert.deepEqual(await stepsAfter(page, keys, 2), [4, 3], place);
  }
});

scene('arrows keep their own meaning in fields, lists and what scrolls sideways', async (page) => {
  await page.viewport({ width: 360, height: 640 });
  await startWatched(page, `${fileAddress}#v=1&step=3`);
  await atStep(page, 3);
  const sideways = await page.evaluate(() => {
    document.querySelector('#run-text').showModal();
    const text = document.querySelector('#ladder-text');
    return text.scrollWidth > text.clientWidth;
  });
  assert.ok(sideways, 'the run as text is wider than a phone');
  const none = async (place) => {
    await focusOn(page, place);
    assert.deepEqual(await stepsAfter(page, ['ArrowRight', 'ArrowLeft', 'ArrowRight']), [], place);
  };
  await none('#ladder-text');
  await page.evaluate(() => document.querySelector('#run-text').close());
  for (const place of ['#ports-rate', '#theme']) await none(place);
  await page.evaluate(() => document.querySelector('#help').showModal());
  assert.deepEqual(await stepsAfter(page, ['ArrowRight']), [], 'in a dialog');
});

scene('after a click in the list of steps the arrows go on from there', async (page) => {
  await startWatched(page, fileAddress);
  await page.evaluate(() => document.querySelector('#step-list').scrollIntoView());
  const { x, y } = await rectOf(page, '#step-list li:nth-child(6) button');
  await page.mouseClick({ x: x + 9, y: y + 9 });
  await atStep(page, 6);
  await page.press('ArrowRight');
  await atStep(page, 7);
});

scene('Space plays when the stage is in view and nothing else wants it', async (page) => {
  await page.before(quickFrames);
  await startWatched(page, `${fileAddress}#v=1&speed=4`);
  const playing = (wanted) => page.waitFor((name) =>
    document.querySelector(`#twin [aria-label="${name}"]`), wanted ? 'Pause' : 'Play');
  await page.press('Space');
  await atStep(page, 12);
  await playing(false);
  await focusOn(page, '#step-list li:nth-child(3) button');
  assert.deepEqual((await stepsAfter(page, ['Space'], 2)).slice(0, 2), [1, 2],
    'on a step of the list it plays, and does not go to that step');
  await atStep(page, 12);
  await page.press('Enter');
  await atStep(page, 3);
  await focusOn(page, 'footer summary');
  assert.deepEqual(await stepsAfter(page, ['Space']), [], 'a drawer is opened');
  await page.viewport({ width: 390, height: 700 });
  await page.evaluate(() => {
    document.activeElement.blur();
    document.querySelector('#terms').scrollIntoView();
  });
  assert.deepEqual(await stepsAfter(page, ['Space']), [], 'out of view it scrolls the page');
});
