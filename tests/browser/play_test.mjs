// Playing, scrubbing and changing the scenario: what the stage does by itself and what it stops
// doing, what it says meanwhile, and how it moves, or does not, for readers who want no motion.
// Longer than 300 lines: one browser plays, scrubs and changes the scenario.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { atStep, captionBegins, fileAddress, noProblems, scenes } from './harness.mjs';
import {
  atRest, chooseStory, focusStage, press, quickFrames, restAtStep, startWatched,
} from './stage.mjs';
import { captionOf, scenarios, steps } from './story.mjs';
import { leaveUnpainted } from './survey.mjs';

const scene = scenes('chromium');
const count = steps.length;
const button = (page, name) => page.role('button', name);

/** For tests that look at no picture: while the run plays, most of the work is painting. */
async function startUnpainted(page, address) {
  await page.before(leaveUnpainted);
  await startWatched(page, address);
}

/** Notes each step that the caption shows, with its frame's time, and each sentence announced. */
async function listenIn(page) {
  await page.evaluate(() => {
    const caption = document.querySelector('#caption');
    const live = document.querySelector('#live');
    const notes = window.notesForTest = { steps: [], said: [] };
    const stepNow = () => Number(/Step (\d+)/.exec(caption.textContent)?.[1]);
    let last = stepNow();
    const options = { childList: true, characterData: true, subtree: true };
    new MutationObserver(() => {
      if (stepNow() === last) return;
      last = stepNow();
      const { length } = [...document.querySelector('#caption-text').textContent];
      notes.steps.push({ step: last, length, ms: window.framesForTest.time });
    }).observe(caption, options);
    new MutationObserver(() => {
      const text = live.textContent.trim();
      if (text) notes.said.push(text);
    }).observe(live, options);
  });
  return {
    steps: async () => (await page.evaluate(() => window.notesForTest.steps)).map((n) => n.step),
    /** For each noted step but the last: how long it was shown, and the characters of its text. */
    shownFor: () => page.evaluate(() =>
      window.notesForTest.steps.slice(1).map(({ ms }, i) => {
        const before = window.notesForTest.steps[i];
        return { seconds: (ms - before.ms) / 1000, length: before.length };
      })),
    said: () => page.evaluate(() => window.notesForTest.said),
    /** Waits until a step has been shown: while it plays, it may be over when one looks. */
    shown: (step) => page.waitFor((wanted) =>
      window.notesForTest.steps.some((note) => note.step === wanted), step),
  };
}

const sentence = (page) => page.text('#caption-text');

/** Lets time pass: there is no condition to wait for when nothing is to happen. */
const framesIn = async (page, ms) => {
  const before = await page.evaluate(() => window.framesForTest.drawn);
  await new Promise((resolve) => setTimeout(resolve, ms));
  return await page.evaluate(() => window.framesForTest.drawn) - before;
};

scene('plays to the end, each step once, and stops there', async (page) => {
  await page.before(quickFrames);
  await startUnpainted(page, `${fileAddress}#v=1&speed=4`);
  const notes = await listenIn(page);
  await press(page, 'Play');
  await atStep(page, count);
  await button(page, 'Play').text();
  await atRest(page);
  assert.deepEqual(await notes.steps(), steps.map((_, i) => i + 1).slice(1));
  assert.equal(await framesIn(page, 1000), 0, 'no frame is drawn after the end');
  const ended = await sentence(page);
  const said = (await notes.said()).filter((text) => text !== ended);
  assert.deepEqual(said, [], 'where it stopped may be said, but nothing while it plays this fast');
  await noProblems(page);
});

scene('plays again from the end', async (page) => {
  await startUnpainted(page, `${fileAddress}#v=1&speed=4&step=12`);
  const notes = await listenIn(page);
  await press(page, 'Play');
  await notes.shown(1);
  await notes.shown(3);
});

scene('pauses at once, and stays where it is', async (page) => {
  await startUnpainted(page, `${fileAddress}#v=1&speed=4`);
  const notes = await listenIn(page);
  await press(page, 'Play');
  await notes.shown(3);
  await press(page, 'Pause');
  await button(page, 'Play').text();
  await atRest(page);
  const shown = await page.text('#caption');
  assert.ok(!shown.startsWith(`Step ${count} of `), 'it has not played to the end');
  assert.equal(await framesIn(page, 1000), 0, 'a paused stage rests');
  assert.equal(await page.text('#caption'), shown);
});

scene('pauses after each step where that is wanted, and goes on at once', async (page) => {
  await startUnpainted(page, `${fileAddress}#v=1&speed=4`);
  const notes = await listenIn(page);
  await press(page, 'Pause after each step');
  for (const step of [2, 3, 4]) {
    await press(page, 'Play');
    await atStep(page, step);
    await button(page, 'Play').text();
    await atRest(page);
  }
  assert.deepEqual(await notes.steps(), [2, 3, 4]);
  await focusStage(page);
  await page.press('p');
  await page.waitFor(() => document.querySelector('#twin [data-node="pause-each"]')
    .getAttribute('aria-pressed') === 'false');
  await press(page, 'Play');
  await notes.shown(6);
  await press(page, 'Pause');
});

scene('plays and pauses with Space on the focused stage', async (page) => {
  await startUnpainted(page, `${fileAddress}#v=1&speed=4`);
  await focusStage(page);
  const notes = await listenIn(page);
  await page.press('Space');
  await button(page, 'Pause').text();
  await notes.shown(2);
  await page.press('Space');
  await button(page, 'Play').text();
  await atRest(page);
  assert.equal(await page.evaluate(() => scrollY), 0, 'Space has not scrolled the page');
});

scene('plays as fast as the speed says that was chosen', async (page) => {
  await page.before(quickFrames);
  await startUnpainted(page, fileAddress);
  const speed = page.role('combobox', 'Speed');
  assert.equal(await speed.value(), '1');
  for (const [choice, until] of [['0.5', 4], ['1', count], ['4', count]]) {
    await speed.choose(choice);
    await press(page, 'To start');
    await restAtStep(page, 1);
    const notes = await listenIn(page);
    await press(page, 'Play');
    await notes.shown(until);
    const measured = (await notes.shownFor()).slice(0, until - 2);
    assert.equal(measured.length, until - 2);
    for (const [i, { seconds, length }] of measured.entries()) {
      const wanted = Math.min(Math.max(1.2, 0.06 * length), 7) / Number(choice);
      assert.ok(Math.abs(seconds - wanted) < 0.02,
        `at ${choice} step ${i + 2} takes ${wanted} s, not ${seconds}`);
    }
  }
});

scene('can be scrubbed with the pointer, silently', async (page) => {
  await startUnpainted(page, fileAddress);
  const { x, width, middle } = await page.role('slider', 'Step').reveal();
  const notes = await listenIn(page);
  const ends = { left: { x: x + 8, y: middle.y }, right: { x: x + width - 3, y: middle.y } };
  await page.drag(ends.left, ends.right, async () => {
    await atStep(page, count);
    assert.deepEqual(await notes.said(), [], 'nothing is announced while scrubbing');
  });
  const seen = await notes.steps();
  assert.ok(seen.length >= 5, `steps between are shown on the way: ${seen}`);
  await restAtStep(page, count);
  await page.drag(ends.right, { x: x + width / 2, y: middle.y });
  await page.waitFor(() => /^Step [67] of /.test(document.querySelector('#caption').textContent));
  await noProblems(page);
});

scene('can be scrubbed with the keyboard, and says which step it is at', async (page) => {
  await startUnpainted(page, fileAddress);
  const slider = page.role('slider', 'Step');
  await slider.focus();
  for (const [key, number] of [
    ['ArrowRight', 2], ['ArrowUp', 3], ['ArrowLeft', 2], ['End', count], ['Home', 1],
    ['ArrowRight', 2],
  ]) {
    await page.press(key);
    await restAtStep(page, number);
    assert.equal(await slider.attribute('aria-valuetext'), captionOf(number));
    assert.equal(await slider.value(), String(number));
  }
  assert.equal(await slider.attribute('min'), '1');
  assert.equal(await slider.attribute('max'), String(count));
});

const golden = (id) => readFileSync(
  new URL(`../golden/${id}.txt`, import.meta.url), 'utf8');
const lines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

scene('another scenario brings its own steps, ladder and text', async (page) => {
  await startUnpainted(page, `${fileAddress}#v=1&numbers=real`);
  for (const { id, title, steps: length } of [...scenarios].reverse()) {
    await chooseStory(page, id);
    await page.waitFor((name, wanted) =>
      document.querySelector('#caption').textContent.includes(` of ${wanted} `) &&
      document.querySelector('#steps-of').textContent.includes(name) &&
      document.querySelectorAll('#step-list button').length === wanted, title, length);
    await press(page, 'To end');
    await restAtStep(page, length);
    const { last, text } = await page.evaluate(() => ({
      last: [...document.querySelectorAll('#step-list button')].at(-1).textContent,
      text: document.querySelector('#ladder-text').textContent,
    }));
    assert.match(last, /^\s*CLOSED/, `${title} ends in the article's list too`);
    assert.deepEqual(lines(text), lines(golden(id)), `the text version of ${title}`);
    const items = (await page.role('list', 'Ladder').items()).join('\n');
    const sent = lines(text).filter((line) => line.includes('<SEQ=')).length;
    assert.equal(items.match(/^Segment \d/gm).length, sent, `${title}'s segments:\n${items}`);
    assert.equal(await page.role('slider', 'Step').attribute('max'), String(length));
    await press(page, 'To start');
    await captionBegins(page, `Step 1 of ${length} `);
  }
});

scene('says one sentence a step, and no more', async (page) => {
  await page.before(quickFrames);
  await startUnpainted(page, fileAddress);
  const wanted = [];
  for (const number of [2, 3, 4, 5, 6]) {
    await press(page, 'Step forward');
    await restAtStep(page, number);
    wanted.push(await sentence(page));
  }
  await press(page, 'To start');
  await restAtStep(page, 1);
  const notes = await listenIn(page);
  for (const number of [2, 3, 4]) {
    await press(page, 'Step forward');
    await restAtStep(page, number);
  }
  assert.deepEqual(await notes.said(), wanted.slice(0, 3));
  await press(page, 'Play');
  await notes.shown(6);
  await press(page, 'Pause');
  await atRest(page);
  // It may have come further before it was told to pause.
  const said = (await notes.said()).slice(0, wanted.length);
  assert.deepEqual(said, wanted, 'playing as fast as it can be heard');
});

/** Opens an address and notes how many different pictures are drawn at each step: small ones. */
async function startPictured(page, address) {
  await page.viewport({ width: 390, height: 600 });
  await startWatched(page, address);
  await page.evaluate(notePictures);
}

/** Runs in the page. */
function notePictures() {
  const gl = document.querySelector('#stage canvas').getContext('webgl2');
  const pictures = window.picturesForTest = {};
  const clear = gl.clear;
  let drawn = false;
  gl.clear = (...what) => {
    drawn = true;
    clear.apply(gl, what);
  };
  window.framesForTest.after.push(() => {
    if (!drawn) return;
    drawn = false;
    const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
    const pixels = new Uint32Array(width * height);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(pixels.buffer));
    const mix = pixels.reduce((sum, pixel) => (Math.imul(sum, 31) + pixel) | 0, 7);
    const step = /Step (\d+)/.exec(document.querySelector('#caption').textContent)[1];
    (pictures[step] ??= new Set()).add(mix);
  });
}

const picturesAt = (page) => page.evaluate(() => Object.fromEntries(
  Object.entries(window.picturesForTest).map(([step, pictures]) => [step, pictures.size])));

scene('moves from step to step while it plays', async (page) => {
  await page.before(quickFrames);
  await startPictured(page, `${fileAddress}#v=1&speed=2`);
  const notes = await listenIn(page);
  await press(page, 'Play');
  await notes.shown(3);
  await page.evaluate(() => { location.hash = '#v=1&speed=2&step=11'; });
  await restAtStep(page, 11);
  await press(page, 'Play');
  await atStep(page, count);
  const pictures = await picturesAt(page);
  assert.ok(pictures[2] >= 5, `the first segment travels: ${JSON.stringify(pictures)}`);
  assert.ok(pictures[11] >= 5, `the countdown runs: ${JSON.stringify(pictures)}`);
});

scene('jumps from step to step where motion is not wanted', async (page) => {
  await page.media({ 'prefers-reduced-motion': 'reduce' });
  await page.before(quickFrames);
  await startPictured(page, `${fileAddress}#v=1&speed=4`);
  await press(page, 'Play');
  await atStep(page, count);
  await button(page, 'Play').text();
  await atRest(page);
  const pictures = await picturesAt(page);
  assert.equal(Object.keys(pictures).length, count, `every step: ${JSON.stringify(pictures)}`);
  for (const [step, drawn] of Object.entries(pictures)) {
    // One more where the button changes between Play and Pause.
    assert.ok(drawn <= 2, `step ${step} is one picture, not ${drawn}`);
  }
});

scene('plays by itself when the address asks for it, once', async (page) => {
  const address = `${fileAddress}#v=1&speed=4&step=2&play=1`;
  await page.before(quickFrames);
  await page.before(leaveUnpainted);
  await page.open(address);
  await atStep(page, count);
  await button(page, 'Play').text();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assert.match(await page.text('#caption'), /^Step 12 of 12 /, 'it does not begin again');
  assert.equal(await page.evaluate(() => location.href), address, 'the address is left alone');
});

scene('does not play by itself without play=1, nor with it when motion is reduced',
  async (page) => {
    await startUnpainted(page, `${fileAddress}#v=1&speed=4`);
    assert.equal(await framesIn(page, 700), 0);
    await page.media({ 'prefers-reduced-motion': 'reduce' });
    await startUnpainted(page, `${fileAddress}?again#v=1&speed=4&play=1`);
    assert.equal(await button(page, 'Play').count(), 1);
    assert.equal(await framesIn(page, 700), 0);
    assert.match(await page.text('#caption'), /^Step 1 of /);
  });

scene('the help names every key, and closes by its button and by Escape', async (page) => {
  await startUnpainted(page, fileAddress);
  const open = (wanted) => page.waitFor((is) =>
    document.querySelector('#help').open === is, wanted);
  await press(page, 'More');
  await press(page, 'Keyboard shortcuts');
  await open(true);
  const text = await page.text('#help');
  for (const key of ['Space', 'Home', 'End', 'P', 'S', 'N', '?', 'Escape']) {
    assert.ok(text.includes(key), `${key} is not in: ${text}`);
  }
  await press(page, 'Close');
  await open(false);
  await focusStage(page);
  await page.press('?');
  await open(true);
  await page.press('Escape');
  await open(false);
});
