// The stage as a guest in a page: wheel, touch and keys do over it what they do anywhere, whether
// it has the focus or not; and what is meant for the stage acts exactly once.

import assert from 'node:assert/strict';
import { atStep, fileAddress, scenes, start } from './harness.mjs';
import { focusStage, listOf, recordSteps } from './stage.mjs';

const scene = scenes('chromium');

/** A page that surely can scroll, at step 3, with the stage's middle in view. */
async function openScrollable(page, focused) {
  await start(page, `${fileAddress}#v=1&step=3`);
  await atStep(page, 3);
  await page.evaluate(() => { document.body.style.minHeight = '4000px'; });
  if (focused) await focusStage(page);
  return page.evaluate(() => {
    const box = document.querySelector('#box').getBoundingClientRect();
    const bottom = Math.min(box.bottom, innerHeight);
    return { x: box.x + box.width / 2, y: (Math.max(box.y, 0) + bottom) / 2 };
  });
}

const scrolled = (page) => page.waitFor(() => window.scrollY > 50);

for (const focused of [false, true]) {
  const stage = focused ? 'the focused stage' : 'the unfocused stage';

  scene(`the wheel over ${stage} scrolls the page`, async (page) => {
    const middle = await openScrollable(page, focused);
    await page.wheel(middle, 300);
    await scrolled(page);
  });

  scene(`a finger moved over ${stage} scrolls the page`, async (page) => {
    await page.viewport({ width: 412, height: 823, touch: true });
    const middle = await openScrollable(page, focused);
    await page.panUp(middle, 200);
    await scrolled(page);
  });

  scene(`PageDown with ${stage} scrolls the page`, async (page) => {
    await openScrollable(page, focused);
    await page.press('PageDown');
    await scrolled(page);
  });

  scene(`F5, Ctrl and Alt with any key stay the browser's with ${stage}`, async (page) => {
    await page.before(() => {
      window.heardForTest = [];
      window.addEventListener('keydown', (event) => {
        // Checked later: by then every listener has run, whatever its order.
        setTimeout(() => window.heardForTest.push([event.key, event.defaultPrevented]));
      }, true);
    });
    await openScrollable(page, focused);
    const chords = [
      [[], 'F1'], [[], 'F5'], [[], 'F6'], [[], 'F11'], [[], 'Escape'], [[], 'Backspace'],
      [['Control'], 'r'], [['Control'], 'f'], [['Control'], 'p'], [['Control'], 'l'],
      [['Control'], 'c'], [['Control'], '+'], [['Control'], 'ArrowRight'], [['Control'], 'Home'],
      [['Control'], 'End'], [['Alt'], 'ArrowLeft'], [['Alt'], 'ArrowRight'],
      [['Meta'], 'ArrowLeft'],
    ];
    for (const [modifiers, key] of chords) await page.pressWith(modifiers, key);
    const expected = chords.reduce((sum, [modifiers]) => sum + modifiers.length + 1, 0);
    await page.waitFor((count) => window.heardForTest.length === count, expected);
    const prevented = await page.evaluate(() =>
      window.heardForTest.filter(([, wasPrevented]) => wasPrevented).map(([key]) => key));
    assert.deepEqual(prevented, [], 'the stage took these keys from the browser');
    assert.match(await page.text('#caption'), /^Step 3 of /, 'none of them is a step');
  });

  scene(`text beside ${stage} can be selected with the mouse`, async (page) => {
    const middle = await openScrollable(page, focused);
    const from = await page.evaluate(() => {
      const inView = ({ top, bottom }) => top >= 0 && bottom < innerHeight;
      const prose = [...document.querySelectorAll('main p, main h1')].find((element) =>
        !element.closest('#stage') && element.textContent.trim() &&
        inView(element.getBoundingClientRect()));
      const text = document.createRange();
      text.selectNodeContents(prose);
      const { left, top, height } = text.getClientRects()[0];
      return { x: left + 2, y: top + height / 2 };
    });
    const selection = () => page.evaluate(() => String(getSelection()).trim().length);
    await page.drag(from, { x: from.x + 80, y: from.y });
    assert.ok(await selection() > 0, 'a drag along a line selects it');
    await page.drag(from, middle);
    assert.ok(await selection() > 0, 'a drag that ends over the stage selects too');
  });
}

for (const [direction, modifiers] of [['forward', []], ['backward', ['Shift']]]) {
  scene(`Tab leads ${direction} into the stage, through it and out of it`, async (page) => {
    await start(page, `${fileAddress}#v=1&step=3`);
    const visited = [];
    while (visited.length < 300 && visited.at(-1)?.place !== 'end') {
      await page.pressWith(modifiers, 'Tab');
      visited.push(await page.evaluate(() => {
        const now = document.activeElement;
        if (now === document.body) return { place: 'end' };
        const place = document.querySelector('#box').contains(now) ? 'stage' : 'outside';
        return { place, name: now.getAttribute('aria-label') ?? now.textContent.trim() };
      }));
    }
    const places = visited.map(({ place }) => place);
    assert.equal(places.at(-1), 'end', 'the focus leaves the page in the end');
    const entries = places.filter((place, i) => place === 'stage' && places[i - 1] !== 'stage');
    assert.equal(entries.length, 1, `one way in and one way out: ${places.join(' ')}`);
    const names = visited.filter(({ place }) => place === 'stage').map(({ name }) => name);
    for (const name of ['To start', 'Step back', 'Step forward', 'To end']) {
      assert.equal(names.filter((other) => other === name).length, 1, `"${name}" is reached once`);
    }
  });
}

scene('the stage does not take the focus when the page opens', async (page) => {
  await start(page, fileAddress);
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
  assert.equal(await page.evaluate(() => window.scrollY), 0);
});

const waysToPress = {
  'a mouse click': async (page, place) => page.mouseClick(place.middle),
  'a tap': async (page, place) => page.tap(place.middle),
  'a click from assistive technology': async (page) => page.role('button', 'Step forward').click(),
  'Enter on the button': async (page) => {
    await page.role('button', 'Step forward').focus();
    await page.press('Enter');
  },
  'Space on the button': async (page) => {
    await page.role('button', 'Step forward').focus();
    await page.press('Space');
  },
};

for (const [way, act] of Object.entries(waysToPress)) {
  scene(`${way} on "Step forward" steps exactly once`, async (page) => {
    await page.viewport({ width: 1280, height: 800, touch: way === 'a tap' });
    await start(page, fileAddress);
    await atStep(page, 1);
    const stepsSeen = await recordSteps(page);
    for (const step of [2, 3, 4]) {
      await act(page, await page.role('button', 'Step forward').reveal());
      await atStep(page, step);
    }
    // A surplus step would still come before the effect of a later command.
    await page.role('button', 'Step back').click();
    await atStep(page, 3);
    assert.deepEqual(await stepsSeen(), [2, 3, 4, 3]);
  });
}

scene('five quick clicks are five steps, without any further input', async (page) => {
  await start(page, fileAddress);
  const { middle } = await page.role('button', 'Step forward').reveal();
  await page.moveTo(middle);
  await page.evaluate(async () => { // until what the start and the move brought has been drawn
    for (let frame = 0; frame < 20; frame += 1) await new Promise(requestAnimationFrame);
  });
  await Promise.all([1, 2, 3, 4, 5].map(() => page.mouseClick(middle)));
  await atStep(page, 6);
});

scene('a mouse press that is let go elsewhere does not step', async (page) => {
  await start(page, fileAddress);
  const stepsSeen = await recordSteps(page);
  const { middle } = await page.role('button', 'Step forward').reveal();
  await page.drag(middle, { x: middle.x, y: middle.y - 120 });
  // Nor is anything left half done: the next click, from assistive technology here, counts.
  await page.role('button', 'To end').click();
  await atStep(page, 12);
  assert.deepEqual(await stepsSeen(), [12]);
});

scene('a click on the stage gives it the focus, so that its keys work', async (page) => {
  const middle = await openScrollable(page, false);
  await page.mouseClick(middle);
  await page.waitFor(() => document.querySelector('#box').contains(document.activeElement));
  await page.press('ArrowRight');
  await atStep(page, 4);
});

/** A ladder that is too long for the stage, at its end; and the middle of what is seen of it. */
const longest = 28; // steps of a story that no phone shows whole

async function openLong(page, touch = false) {
  await page.viewport({ width: 412, height: 660, touch });
  await start(page, `${fileAddress}#v=1&scenario=old-duplicate&step=${longest}`);
  await atStep(page, longest);
  // The browser scrolls what it has painted: before that a wheel would move the page.
  await page.evaluate(() => new Promise((painted) => {
    requestAnimationFrame(() => requestAnimationFrame(painted));
  }));
  const { rect } = await listOf(page, 'Ladder');
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}

/** Waits until a badge of the ladder is seen, or is not. */
const badgeSeen = (page, name, wanted) => page.waitFor((named, seen) => {
  const ladder = document.querySelector('#twin [role="list"][aria-label="Ladder"]');
  const view = ladder.getBoundingClientRect();
  const badge = [...ladder.children].find((item) => item.textContent === named);
  const { top, bottom } = badge?.getBoundingClientRect() ?? {};
  return (top >= view.top - 1 && bottom <= view.bottom + 1) === seen;
}, name, wanted);

/** The ladder shows its first step, or the current one; and where the ladder goes, the page stays. */
async function showsFirst(page, first) {
  await badgeSeen(page, 'Client: ESTABLISHED', first);
  await badgeSeen(page, 'Client: CLOSED', !first);
  assert.equal(await page.evaluate(() => scrollY), 0, 'the page has not scrolled');
  assert.match(await page.text('#caption'), new RegExp(`^Step ${longest} of `), 'and this is no step');
}

scene('a ladder that is too long scrolls under the wheel', async (page) => {
  const middle = await openLong(page);
  await showsFirst(page, false);
  await page.wheel(middle, -3000);
  await showsFirst(page, true);
  await page.wheel(middle, 3000);
  await showsFirst(page, false);
});

scene('a ladder that is too long scrolls under a finger', async (page) => {
  const middle = await openLong(page, true);
  for (let pans = 0; pans < 6; pans += 1) await page.panUp({ ...middle, y: middle.y - 60 }, -130);
  await showsFirst(page, true);
});

scene('a ladder that is too long scrolls by keys, and keeps the stage\'s own', async (page) => {
  await openLong(page);
  await page.role('list', 'Ladder').focus();
  for (let pages = 0; pages < 6; pages += 1) await page.press('PageUp');
  await showsFirst(page, true);
  await page.press('ArrowLeft');
  await atStep(page, longest - 1);
});

scene('a step brings a ladder that was scrolled back to where it is', async (page) => {
  const middle = await openLong(page);
  await page.wheel(middle, -3000);
  await showsFirst(page, true);
  await page.role('button', 'Step back').click();
  await atStep(page, longest - 1);
  await badgeSeen(page, 'Client: ESTABLISHED', false);
  await page.role('button', 'To start').click();
  await badgeSeen(page, 'Client: ESTABLISHED', true);
  const tabindex = await page.role('list', 'Ladder').attribute('tabindex');
  assert.equal(tabindex, null, 'what does not scroll is no stop for Tab');
});

scene('a ladder that fills its room exactly does not scroll', async (page) => {
  await page.viewport({ width: 2560, height: 1440 });
  await start(page, `${fileAddress}#v=1&scenario=lost-final-ack&step=16`);
  await badgeSeen(page, 'Client: ESTABLISHED', true);
  assert.equal(await page.role('list', 'Ladder').attribute('tabindex'), null);
});

scene('the keys go on working when a ladder that has the focus fits again', async (page) => {
  await openLong(page);
  await page.role('list', 'Ladder').focus();
  await page.press('Home');
  await atStep(page, 1);
  await page.press('End');
  await atStep(page, longest);
});
