// The stage as its tests see it: what it says, where that is, what is drawn there, and when it has
// come to rest.

import assert from 'node:assert/strict';
import { atStep, running } from './harness.mjs';
import { colourOf, decodePng, distance } from './picture.mjs';

/**
 * To be run before the page: frames come as soon as they are asked for, and by their own clock each
 * is a sixtieth of a second after the last. How busy the machine is makes no difference then.
 */
export function quickFrames() {
  const { port1, port2 } = new MessageChannel();
  const asked = [];
  let now = performance.now();
  let last = 0;
  port1.onmessage = () => {
    now += 1000 / 60;
    asked.shift()?.(now);
  };
  window.requestAnimationFrame = (callback) => {
    asked.push(callback);
    port2.postMessage(null);
    last += 1;
    return last;
  };
}

/** To be run before the page: notes the frames that it asks for and has drawn. */
function watchFrames() {
  const [ask, cancel] = [window.requestAnimationFrame, window.cancelAnimationFrame];
  const waiting = new Set();
  const watch = window.framesForTest = { waiting, drawn: 0, time: 0, after: [] };
  window.requestAnimationFrame = (callback) => {
    const id = ask.call(window, (time) => {
      waiting.delete(id);
      watch.drawn += 1;
      watch.time = time;
      callback(time);
      for (const then of watch.after) then();
    });
    waiting.add(id);
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    waiting.delete(id);
    cancel.call(window, id);
  };
}

/** Opens an address with the frames watched, and waits for the stage's first rest. */
export async function startWatched(page, address) {
  await page.before(watchFrames);
  await page.open(address);
  await running(page);
  await atRest(page);
}

/** Waits until no more frames are requested: the effect of the last command has been drawn. */
export const atRest = (page) => page.waitFor(() => window.framesForTest.waiting.size === 0);

export async function restAtStep(page, number) {
  await atStep(page, number);
  await atRest(page);
}

/** Which steps the caption has shown since this call, in order. */
export async function recordSteps(page) {
  await page.evaluate(() => {
    const caption = document.querySelector('#caption');
    const stepNow = () => Number(/Step (\d+)/.exec(caption.textContent)?.[1]);
    let last = stepNow();
    window.stepsForTest = [];
    window.observerForTest?.disconnect();
    window.observerForTest = new MutationObserver(() => {
      if (stepNow() !== last) window.stepsForTest.push(last = stepNow());
    });
    const all = { childList: true, characterData: true, subtree: true };
    window.observerForTest.observe(caption, all);
  });
  return () => page.evaluate(() => window.stepsForTest);
}

export const press = (scope, name) => scope.role('button', name).click();

export const focusStage = (page) => page.evaluate(() =>
  document.querySelector('#box').focus({ preventScroll: true }));

/** The rectangle of one element in the viewport. */
export const rectOf = (page, selector) => page.evaluate((css) => {
  const { x, y, width, height } = document.querySelector(css).getBoundingClientRect();
  return { x, y, width, height, right: x + width, bottom: y + height };
}, selector);

/** The items of one of the stage's lists with their rectangles, and the list's own rectangle. */
export const listOf = (page, name) => page.evaluate((wanted) => {
  const rect = (element) => {
    const { x, y, width, height, right, bottom } = element.getBoundingClientRect();
    return { x, y, width, height, right, bottom };
  };
  const list = document.querySelector(`#twin [role="list"][aria-label="${wanted}"]`);
  const items = [...list.querySelectorAll('li, [role="listitem"]')].map((item) => ({
    name: (item.getAttribute('aria-label') ?? item.textContent).replace(/\s+/g, ' ').trim(),
    rect: rect(item),
  }));
  return { rect: rect(list), items };
}, name);

/** The title of the story that is shown, as the stage's button says it. */
export const storyShown = (scope) => scope.evaluate(() =>
  /^Story: (.*)$/.exec(document.querySelector('#twin [data-node="stories"]')
    .getAttribute('aria-label'))[1]);

/** Chooses a story in the stage's dialog; without an id it is the reader's own file. */
export const chooseStory = (scope, id = '') => scope.waitFor((wanted) => {
  document.querySelector('#twin [data-node="stories"]').click();
  document.querySelector(`#stories [data-story="${wanted}"]`).click();
  return true;
}, id);

/** What the dialog offers, in its order: of each story the group, the id and the title. */
export const storiesOffered = (scope) => scope.waitFor(() => {
  document.querySelector('#twin [data-node="stories"]').click();
  const offered = [...document.querySelectorAll('#stories section')].flatMap((group) =>
    [...group.querySelectorAll('[data-story]')].map((story) => ({
      group: group.querySelector('h3').textContent,
      id: story.dataset.story,
      title: story.querySelector('b').textContent,
    })));
  document.querySelector('#stories').close();
  return offered.length > 0 && offered;
});

/** What the segment counter is called. */
export const counterName = (page) => page.evaluate(() =>
  document.querySelector('#twin [role="group"][aria-label^="Segments"]')
    ?.getAttribute('aria-label') ?? 'no counter');

/** Which entries of the article's step list are marked as the current one, counted from 1. */
export const markedSteps = (page) => page.evaluate(() =>
  [...document.querySelectorAll('#step-list button')].flatMap((button, i) =>
    button.getAttribute('aria-current') === 'step' ? [i + 1] : []));

/** The states' colours as shapes, on light and on dark paper. */
export const stateColours = {
  ESTABLISHED: { light: '#1f8a5b', dark: '#3fbf86' },
  FIN_WAIT_1: { light: '#b87a00', dark: '#f0b429' },
  FIN_WAIT_2: { light: '#83410b', dark: '#c97530' },
  CLOSE_WAIT: { light: '#1693bf', dark: '#2c86ac' },
  LAST_ACK: { light: '#6e68d6', dark: '#cfc4f0' },
  CLOSING: { light: '#a72c47', dark: '#b67081' },
  TIME_WAIT: { light: '#9a3b8f', dark: '#e07ad3' },
  CLOSED: { light: '#6e747f', dark: '#8b94a3' },
};
const paper = { light: '#ffffff', dark: '#1b2027' };
const surely = 12; // how far off a plain colour may be

/** A picture of the stage, asked by CSS pixels of the viewport. */
export async function lookAt(page) {
  const { x, y, width, height } = await rectOf(page, '#box');
  const clip = { x: Math.ceil(x), y: Math.ceil(y), width: Math.floor(width), height };
  const picture = decodePng(await page.screenshot({ clip }));
  const scale = picture.width / clip.width;
  return {
    at: (column, row) => picture.pixel((column - clip.x) * scale, (row - clip.y) * scale),
    step: 1 / scale,
  };
}

/**
 * The stage's picture once two in a row are the same: no frame is on its way any more. Its corners
 * are square: how the browser rounds them is not the stage's doing.
 */
export async function stillPicture(page) {
  await page.evaluate(() => { document.querySelector('#stage').style.borderRadius = '0'; });
  const { x, y, width, height } = await rectOf(page, '#box');
  const picture = async () =>
    Buffer.from(await page.screenshot({ clip: { x, y, width, height } }));
  let last = await picture();
  for (let i = 0; i < 100; i += 1) {
    const next = await picture();
    if (next.equals(last)) return next;
    last = next;
  }
  throw new Error('the stage never came to rest');
}

/**
 * The most of a colour that a pixel in a rectangle has, 0 to 1: a thin line is smoothed, so that
 * its pixels are mixtures with the paper. Other mixtures do not count.
 */
function mostOf(picture, hex, ground, { x, y, width, height }) {
  const from = colourOf(ground);
  const toColour = colourOf(hex).map((value, i) => value - from[i]);
  const length = Math.hypot(...toColour);
  let most = 0;
  for (let row = y; row < y + height; row += picture.step) {
    for (let column = x; column < x + width; column += picture.step) {
      const seen = picture.at(column, row);
      if (!seen) continue;
      const share = seen.reduce((sum, value, i) => sum + (value - from[i]) * toColour[i], 0) /
        length ** 2;
      const mixed = from.map((value, i) => value + share * toColour[i]);
      if (distance(seen, mixed) <= surely) most = Math.max(most, share);
    }
  }
  return most;
}

/** The left edge of the widest run of exactly this colour in a row of pixels, and its width. */
function widestRun(picture, colour, { x, width }, y) {
  let best = { width: 0 };
  let from = null;
  for (let column = x; column <= x + width; column += picture.step) {
    const seen = picture.at(column, y);
    const same = column < x + width && seen && distance(seen, colour) <= surely;
    if (same) from ??= column;
    else if (from !== null) {
      if (column - from > best.width) best = { x: from, width: column - from };
      from = null;
    }
  }
  return best;
}

/**
 * Where the lifeline beside a badge has its state's colour: looked for in the rows below the line
 * that leads from the badge's middle, where the state begins.
 */
export function lifelineBeside(picture, end, { x, y, right, height, bottom }, hex) {
  const reach = 80;
  const strip = end === 'Client' ? { x: right, width: reach } : { x: x - reach, width: reach };
  let best = { width: 0 };
  for (let row = y + height / 2 + 2; row < bottom + 4; row += 1) {
    const run = widestRun(picture, colourOf(hex), strip, row);
    if (run.width > best.width) best = { ...run, y: row };
  }
  return best;
}

/** Whether a badge is drawn where its element is, in its state's colour, at its lifeline. */
export function checkBadge(picture, { end, state, rect, theme = 'light' }) {
  const hex = stateColours[state][theme];
  const { x, y, right, width, height } = rect;
  const where = `${end}'s badge ${state} at ${Math.round(x)},${Math.round(y)}`;
  assert.ok(width > 20 && height >= 12, `${where} is large enough to be read: ${width}x${height}`);
  const middle = { y: y + height / 2 - 2, height: 4, width: 6 };
  for (const edge of [x, right]) {
    const share = mostOf(picture, hex, paper[theme], { ...middle, x: edge - 3 });
    assert.ok(share > 0.4, `${where}: at most ${Math.round(100 * share)} % ${hex} at its border`);
  }
  const line = lifelineBeside(picture, end, rect, hex);
  assert.ok(line.width >= 3, `${where}: the lifeline beside it is ${hex} from there on`);
  return line;
}
