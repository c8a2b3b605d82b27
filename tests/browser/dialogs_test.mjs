// The dialogs: the stories, the menu "More", the run as text, the help. By keyboard alone, by
// finger, in small windows, with large letters, on paper, and in a frame that allows scripts only.
// Longer than 300 lines: one browser opens every dialog.

import assert from 'node:assert/strict';
import { captionBegins, fileAddress, noProblems, running, scenes, start } from './harness.mjs';
import { chooseStory, focusStage, press, rectOf, storyShown } from './stage.mjs';
import { catalogue, titleOf } from './story.mjs';

const scene = scenes('chromium');

const isOpen = (scope, id, wanted = true) => scope.waitFor((dialog, is) =>
  document.getElementById(dialog).open === is, id, wanted);

/** What has the focus: a story by its id, a control of the stage, or another element by its id. */
const focused = (scope) => scope.evaluate(() => {
  const { dataset, id } = document.activeElement;
  return dataset.story ?? dataset.node ?? id;
});

/** The stories that the search has left, by their ids. */
const left = (page) => page.evaluate(() =>
  [...document.querySelectorAll('#stories [data-story]')].filter((story) =>
    story.checkVisibility()).map(({ dataset }) => dataset.story));

const searchFor = async (page, text) => {
  await page.evaluate(() => {
    document.querySelector('#stories-search').value = '';
    document.querySelector('#stories-search').focus();
  });
  for (const letter of text) await page.press(letter);
};

// --- Stories -------------------------------------------------------------------------------------

scene('a story is chosen by keyboard alone', async (page) => {
  await start(page, `${fileAddress}#v=1&scenario=lost-final-ack&step=4`);
  await captionBegins(page, 'Step 4 of 16 ');
  await focusStage(page);
  await page.press('s');
  await isOpen(page, 'stories');
  assert.equal(await focused(page), 'lost-final-ack', 'the focus begins at the current one');
  const order = await left(page);
  const place = order.indexOf('lost-final-ack');
  for (const [key, by] of [['ArrowDown', 1], ['ArrowDown', 2], ['ArrowUp', 1]]) {
    await page.press(key);
    assert.equal(await focused(page), order[place + by], key);
  }
  assert.match(await page.text('#caption'), /^Step 4 of 16 /, 'the stage stays where it is');
  await page.press('Enter');
  await isOpen(page, 'stories', false);
  await page.waitFor((title) => document.querySelector('#twin [data-node="stories"]')
    .getAttribute('aria-label') === `Story: ${title}`, titleOf(order[place + 1]));
  await captionBegins(page, 'Step 1 of ');
  assert.equal(await focused(page), 'stories', 'the focus is on the button again');
  await noProblems(page);
});

scene('Escape leaves the story as it is, and the focus goes back to the button', async (page) => {
  await start(page, `${fileAddress}#v=1&step=3`);
  await page.role('button', 'Story: Normal close').focus();
  await page.press('Enter');
  await isOpen(page, 'stories');
  await page.press('ArrowDown');
  await page.press('Escape');
  await isOpen(page, 'stories', false);
  assert.equal(await focused(page), 'stories');
  await captionBegins(page, 'Step 3 of 12 ');
});

scene('the current story, chosen again, begins again', async (page) => {
  await start(page, `${fileAddress}#v=1&step=3`);
  await captionBegins(page, 'Step 3 of ');
  await chooseStory(page, 'normal-close');
  await captionBegins(page, 'Step 1 of ');
});

scene('typing searches title, question, group and id', async (page) => {
  await start(page, fileAddress);
  await focusStage(page);
  await page.press('s');
  await isOpen(page, 'stories');
  assert.equal(await page.text('#stories-left'), '34 of 34 stories');
  await page.press('F');
  assert.equal(await focused(page), 'stories-search', 'a letter goes to the search');
  for (const letter of 'orged') await page.press(letter);
  assert.deepEqual(await left(page), ['blind-reset'], 'by the title');
  assert.equal(await page.text('#stories-left'), '1 of 34 stories');
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('#stories h3')]
    .filter((heading) => heading.checkVisibility()).map(({ textContent }) => textContent)),
  ['Old segments and attackers'], 'no group stands there without a story');
  for (const [text, wanted] of [['crossing', 'simultaneous-lost-ack'], ['-healed', null],
    ['ACK crossing', 'simultaneous-lost-ack'], ['both at once LOST fin', null]]) {
    await searchFor(page, text);
    assert.deepEqual(await left(page),
      [wanted ?? (text === '-healed' ? 'lost-first-ack-healed' : 'simultaneous-lost-fin')], text);
  }
  await searchFor(page, 'qqq');
  assert.deepEqual(await left(page), []);
  assert.equal(await page.text('#stories-left'), 'No story matches.');
  await page.press('Enter');
  await isOpen(page, 'stories');
  await searchFor(page, 'half-close');
  assert.equal((await left(page))[0], 'half-close');
  await page.press('ArrowDown');
  assert.equal(await focused(page), 'half-close');
  await page.press('ArrowUp');
  assert.equal(await focused(page), 'stories-search');
  await page.press('Enter');
  await isOpen(page, 'stories', false);
  await captionBegins(page, 'Step 1 of 21 ');
  assert.equal(await focused(page), 'stories');
  await page.press('Enter');
  await isOpen(page, 'stories');
  assert.equal((await left(page)).length, catalogue.length, 'the next search begins afresh');
});

for (const id of ['normal-close', 'keepalive', 'zero-window']) {
  scene(`${id} is marked as the current story, and in view`, async (page) => {
    await start(page, `${fileAddress}#v=1&scenario=${id}`);
    await press(page, `Story: ${titleOf(id)}`);
    await isOpen(page, 'stories');
    assert.deepEqual(await page.evaluate(() => {
      const marked = [...document.querySelectorAll('#stories [aria-current="true"]')];
      const { top, bottom } = marked[0].getBoundingClientRect();
      const list = document.querySelector('#stories-list').getBoundingClientRect();
      return {
        marked: marked.map(({ dataset }) => dataset.story),
        inView: top >= list.top && bottom <= list.bottom,
        scrolled: scrollY,
      };
    }), { marked: [id], inView: true, scrolled: 0 });
  });
}

scene('a story shows its question, what becomes of its segments, and its shape', async (page) => {
  await start(page, fileAddress);
  await press(page, 'Story: Normal close');
  await isOpen(page, 'stories');
  const cards = await page.evaluate(() => Object.fromEntries(
    [...document.querySelectorAll('#stories [data-story]')].map((card) => [card.dataset.story, {
      said: card.textContent.replace(/\s+/g, ' ').trim(),
      lines: card.querySelectorAll('path:not(.life, .dots)').length,
      bad: card.querySelectorAll('.bad').length,
      resets: card.querySelectorAll('.reset').length,
      more: card.querySelectorAll('.dots').length,
    }])));
  assert.deepEqual(cards['lost-final-ack'], {
    said: 'Lost final ACK What if the very last ACK never arrives? ' +
      '6 segments · 1 lost · 2 repeated',
    lines: 6, bad: 1, resets: 0, more: 0,
  });
  assert.deepEqual(cards['simultaneous-abort'], {
    said: 'Both abort at once Who answers when two RSTs cross? ' +
      '2 segments · reset by the Client · reset by the Server',
    lines: 2, bad: 2, resets: 2, more: 0,
  });
  for (const [id, { said, lines, more }] of Object.entries(cards)) {
    const segments = Number(/(\d+) segments?\b/.exec(said)[1]);
    assert.equal(lines, Math.min(segments, 12), id);
    assert.equal(more, segments > 12 ? 1 : 0, id);
  }
});

scene('previous and next go through the stories, and stop at both ends', async (page) => {
  await start(page, `${fileAddress}#v=1&step=5`);
  const { x } = await page.role('button', 'Next story').rect();
  const disabled = (name) => page.role('button', name).attribute('aria-disabled');
  assert.equal(await disabled('Previous story'), 'true');
  await press(page, 'Previous story');
  const order = await page.evaluate(() => {
    document.querySelector('#twin [data-node="stories"]').click();
    const titles = [...document.querySelectorAll('#stories b')].map((b) => b.textContent);
    document.querySelector('#stories').close();
    return titles;
  });
  assert.match(await page.text('#caption'), /^Step 5 of 12 /);
  for (const title of order.slice(1)) {
    await press(page, 'Next story');
    await page.role('button', `Story: ${title}`).text();
    assert.equal((await page.role('button', 'Next story').rect()).x, x, 'it stays in its place');
  }
  await captionBegins(page, 'Step 1 of ');
  assert.equal(await disabled('Next story'), 'true');
  await press(page, 'Previous story');
  await page.role('button', `Story: ${order.at(-2)}`).text();
  await noProblems(page);
});

// --- More ----------------------------------------------------------------------------------------

scene('the menu is worked by keyboard alone', async (page) => {
  await start(page, fileAddress);
  await page.role('button', 'More').focus();
  await page.press('Enter');
  await isOpen(page, 'more');
  const seen = [await focused(page)];
  for (let i = 0; i < 5; i += 1) {
    await page.press('ArrowDown');
    seen.push(await focused(page));
  }
  assert.deepEqual(seen, ['more-text', 'file', 'more-preview', 'more-help', 'more-licences',
    'more-licences']);
  await page.press('ArrowUp');
  await page.press('Enter');
  await isOpen(page, 'help');
  await isOpen(page, 'more', false);
  await page.press('Escape');
  await isOpen(page, 'help', false);
  assert.equal(await focused(page), 'more');
  await page.press('Space');
  await isOpen(page, 'more');
  await page.press('Escape');
  await isOpen(page, 'more', false);
  assert.equal(await focused(page), 'more');
  assert.match(await page.text('#caption'), /^Step 1 of /);
});

scene('the menu hangs below its button, and a click beside it closes it', async (page) => {
  await start(page, fileAddress);
  const { middle } = await page.role('button', 'More').rect();
  await page.mouseClick(middle);
  await isOpen(page, 'more');
  const [menu, button] = [await rectOf(page, '#more'), await rectOf(page, '[data-node="more"]')];
  assert.ok(Math.abs(menu.y - button.bottom) <= 1 && Math.abs(menu.right - button.right) <= 1,
    JSON.stringify([menu, button]));
  await page.mouseClick({ x: menu.x - 40, y: menu.bottom + 40 });
  await isOpen(page, 'more', false);
  assert.match(await page.text('#caption'), /^Step 1 of /, 'and nothing else was clicked');
});

scene('"Licences" opens them at the foot of the page, and the way leads back', async (page) => {
  await start(page, `${fileAddress}#v=1&step=4`);
  await press(page, 'More');
  await press(page, 'Licences');
  await page.waitFor(() => {
    const summary = document.querySelector('footer summary');
    const { top, bottom } = summary.getBoundingClientRect();
    return summary.parentElement.open && document.activeElement === summary &&
      top >= 0 && bottom <= innerHeight;
  });
  await isOpen(page, 'more', false);
  await page.evaluate(() => history.back());
  await page.waitFor(() => scrollY === 0);
  assert.match(await page.text('#caption'), /^Step 4 of /, 'the stage is where it was');
});

// --- The run as text -----------------------------------------------------------------------------

const openText = async (scope) => {
  await press(scope, 'More');
  await press(scope, 'This run as text');
  await isOpen(scope, 'run-text');
};

scene('the run as text is copied', async (page) => {
  await page.before(() => {
    Object.defineProperty(navigator, 'clipboard',
      { value: { writeText: async (text) => { window.copiedForTest = text; } } });
  });
  await start(page, `${fileAddress}#v=1&scenario=lost-final-ack`);
  const before = await rectOf(page, '#box');
  await openText(page);
  assert.equal(await focused(page), 'ladder-text');
  await press(page, 'Copy');
  await page.waitFor(() => document.querySelector('#copied').textContent === 'Copied.');
  assert.equal(await page.evaluate(() => window.copiedForTest),
    await page.evaluate(() => document.querySelector('#ladder-text').textContent));
  assert.match(await page.evaluate(() => window.copiedForTest), /CTL=FIN,ACK.* x\n/s);
  assert.deepEqual(await rectOf(page, '#box'), before, 'the stage has kept its room');
  await page.press('Escape');
  await isOpen(page, 'run-text', false);
  assert.equal(await focused(page), 'more');
  await openText(page);
  assert.equal(await page.text('#copied'), '', 'what was said of the last copy is gone');
});

scene('the run as text is selected where the page may not copy', async (page, server) => {
  await page.open(server.host);
  const frame = await page.frame('iframe');
  await running(frame);
  await openText(frame);
  await press(frame, 'Copy');
  await frame.waitFor(() => document.querySelector('#copied').textContent.startsWith('Selected.'));
  assert.equal(await frame.evaluate(() => String(getSelection()).trim()),
    await frame.evaluate(() => document.querySelector('#ladder-text').textContent.trim()));
  await press(frame, 'Close');
  await isOpen(frame, 'run-text', false);
  await chooseStory(frame, 'half-close');
  await captionBegins(frame, 'Step 1 of 21 ');
  // Chromium itself says that the frame may not copy.
  assert.deepEqual((await page.problems()).filter((line) => !line.includes('Clipboard API')), []);
});

scene('a selection that is drawn out of the text does not close its dialog', async (page) => {
  await start(page, fileAddress);
  await openText(page);
  const { x, y, bottom } = await rectOf(page, '#ladder-text');
  await page.drag({ x: x + 40, y: y + 40 }, { x: x - 60, y: bottom + 80 });
  assert.ok(await page.evaluate(() => String(getSelection()).length > 0));
  await isOpen(page, 'run-text');
  await page.mouseClick({ x: x - 60, y: bottom + 80 });
  await isOpen(page, 'run-text', false);
});

scene('a dialog that is open is not printed, and is there again after that', async (page) => {
  await start(page, fileAddress);
  await openText(page);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.media({}, 'print');
  assert.deepEqual(await page.evaluate(() => {
    const { position } = getComputedStyle(document.querySelector('#run-text'));
    const { top } = document.querySelector('#ladder-text').getBoundingClientRect();
    return { position, below: top > document.querySelector('h1').getBoundingClientRect().bottom };
  }), { position: 'static', below: true });
  await page.media({}, '');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await isOpen(page, 'run-text');
});

// --- Room ----------------------------------------------------------------------------------------

const ways = {
  stories: ['Story: CLOSE_WAIT and a new SYN'],
  more: ['More'],
  'run-text': ['More', 'This run as text'],
  help: ['More', 'Keyboard shortcuts'],
};

/** Runs in the page: what of a dialog cannot be pressed by a finger, or is cut. */
function faultsOfDialog(id, least) {
  const dialog = document.getElementById(id);
  const faults = [];
  const { left: from, right, top, bottom } = dialog.getBoundingClientRect();
  const edges = [from, innerWidth - right, top, innerHeight - bottom];
  if (edges.some((room) => room < 0)) faults.push(`it is cut: ${edges}`);
  if (dialog.scrollTop > 0) faults.push('it does not begin at its beginning');
  if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways');
  for (const part of [dialog, ...dialog.querySelectorAll('*')]) {
    if (part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0 &&
      !part.matches('pre, pre *, svg, svg *, input, span, b, small')) {
      faults.push(`${part.tagName} ${part.id} is cut: ${part.scrollWidth} ${part.clientWidth}`);
    }
    if (!part.matches('button, input') || !part.checkVisibility()) continue;
    const rect = part.getBoundingClientRect();
    const what = `"${part.textContent || part.id}"`;
    if (rect.height < least) faults.push(`${what} is ${rect.height} px high`);
    if (rect.left < from || rect.right > right) faults.push(`${what} leaves the dialog`);
  }
  return faults;
}

const sizes = [[320, 640, 16], [360, 640, 16], [390, 844, 16], [390, 844, 32], [320, 640, 32],
  [1280, 860, 16], [1280, 860, 32], [1366, 650, 16]];
for (const [width, height, letters] of sizes) {
  scene(`dialogs have their room, ${width} by ${height} px, letters of ${letters} px`,
    async (page) => {
      const touch = width < 700;
      await page.viewport({ width, height, touch });
      await page.letters(letters);
      await start(page, `${fileAddress}#v=1&scenario=close-wait-port-reuse`);
      assert.equal(await page.evaluate(() => matchMedia('(pointer: coarse)').matches), touch);
      for (const [id, names] of Object.entries(ways)) {
        for (const name of names) await press(page, name);
        await isOpen(page, id);
        assert.deepEqual(await page.evaluate(faultsOfDialog, id, touch ? 44 : 24), [], id);
        if (id === 'stories' && width <= 390) {
          const { x, y, width: wide, height: high } = await rectOf(page, '#stories');
          assert.deepEqual([x, y, wide, high], [0, 0, width, height], 'it fills a phone');
        }
        await page.press('Escape');
        await isOpen(page, id, false);
      }
      assert.equal(await storyShown(page), titleOf('close-wait-port-reuse'));
    });
}
