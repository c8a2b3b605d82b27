// What helps while reading: a term opens its meaning where it stands, and who was led to the stage
// finds the way back to the sentence.

import assert from 'node:assert/strict';
import { atStep, fileAddress, scenes } from './harness.mjs';
import { press, rectOf, startWatched } from './stage.mjs';

const scene = scenes('chromium');

/** The meaning that is open: its words, and whether it lies in the window. */
const meaning = (page) => page.evaluate(() => {
  const open = document.querySelector(':popover-open');
  if (!open) return null;
  const { left, top, right, bottom } = open.getBoundingClientRect();
  return {
    words: open.textContent.replace(/\s+/g, ' '),
    inView: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
    focused: open.contains(document.activeElement),
  };
});

for (const width of [1280, 320]) {
  scene(`a term opens its meaning where it stands, ${width} px wide`, async (page) => {
    await page.viewport({ width, height: 700 });
    await startWatched(page, fileAddress);
    const terms = await page.evaluate(() =>
      document.querySelectorAll('article section a[href^="#g-"]').length);
    assert.ok(terms > 20, `${terms} terms`);
    for (let i = 0; i < terms; i += 5) {
      const { text, meant, before } = await page.evaluate((index) => {
        const link = document.querySelectorAll('article section a[href^="#g-"]')[index];
        const around = link.closest('details');
        if (around) around.open = true;
        link.scrollIntoView({ block: index % 2 ? 'start' : 'end' });
        link.focus({ preventScroll: true });
        const term = document.querySelector(link.hash);
        const meant = term.textContent + term.nextElementSibling.textContent;
        return { text: link.textContent, meant: meant.replace(/\s+/g, ' '), before: scrollY };
      }, i);
      await page.press('Enter');
      const open = await meaning(page);
      assert.ok(open?.inView && open.focused, `${text}: ${JSON.stringify(open)}`);
      assert.equal(open.words, meant);
      assert.equal(await page.evaluate(() => scrollY), before, 'the page does not move');
      await page.press('Escape');
      assert.equal(await meaning(page), null);
      assert.equal(await page.evaluate(() => document.activeElement.textContent), text);
    }
    assert.equal(await page.evaluate(() => location.hash), '');
  });
}

scene('a term in a meaning opens in its place', async (page) => {
  await startWatched(page, fileAddress);
  await page.evaluate(() => {
    const link = document.querySelector('article section a[href="#g-fin"]');
    link.scrollIntoView({ block: 'center' });
    link.click();
    const inside = document.createElement('a');
    inside.href = '#g-msl';
    document.querySelector('#meaning').append(inside);
    inside.click();
  });
  const open = await meaning(page);
  assert.ok(open?.inView && open.focused, JSON.stringify(open));
  assert.match(open.words, /^MSL/);
});

/** Presses the control in the text that leads to the half-closed moment. */
const lookAtThatMoment = (page) => page.evaluate(() => {
  const control = document.querySelector('#intuition button[data-address]');
  control.scrollIntoView({ block: 'center' });
  control.focus({ preventScroll: true });
  control.click();
});
const wayBack = (page) => page.evaluate(() => {
  const button = document.querySelector('#way-back');
  const { top, bottom } = button.getBoundingClientRect();
  return !button.hidden && top >= 0 && bottom <= innerHeight;
});
const sentenceInView = (page) => page.waitFor(() => {
  const control = document.querySelector('#intuition button[data-address]');
  const { top, bottom } = control.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight && document.querySelector('#way-back').hidden;
});

scene('on a phone the caption leads back to the sentence', async (page) => {
  await page.viewport({ width: 390, height: 844, touch: true });
  await startWatched(page, fileAddress);
  assert.equal(await wayBack(page), false, 'nobody has come from anywhere');
  await lookAtThatMoment(page);
  await atStep(page, 6);
  assert.ok(await wayBack(page));
  await press(page, 'Back to the text');
  await sentenceInView(page);
  assert.match(await page.evaluate(() => document.activeElement.textContent),
    /^Look at that\s+moment$/);
  await lookAtThatMoment(page);
  assert.ok(await wayBack(page));
  await page.evaluate(() => {
    document.querySelector('#intuition button[data-address]').scrollIntoView({ block: 'center' });
  });
  await sentenceInView(page);
});

scene('the list of steps offers no way back', async (page) => {
  await page.viewport({ width: 390, height: 844, touch: true });
  await startWatched(page, fileAddress);
  await page.evaluate(() => {
    const step = document.querySelector('#step-list li:last-child button');
    step.scrollIntoView();
    step.click();
  });
  await atStep(page, 12);
  const { y, bottom } = await rectOf(page, '#stage');
  assert.ok(y >= -1 && bottom <= 845, `the stage is in view: ${y} to ${bottom}`);
  assert.equal(await wayBack(page), false);
});

scene('beside the stage no way back is needed', async (page) => {
  await page.viewport({ width: 1280, height: 860 });
  await startWatched(page, fileAddress);
  await lookAtThatMoment(page);
  await atStep(page, 6);
  assert.equal(await wayBack(page), false);
});
