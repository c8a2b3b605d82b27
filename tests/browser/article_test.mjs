// The article and the engine are one thing: every story can be reached, every control leads to the
// moment that its sentence speaks of, and the calculator answers whatever is written into it.
// Longer than 300 lines: one browser walks through the whole article.

import assert from 'node:assert/strict';
import { fileAddress, noProblems, scenes } from './harness.mjs';
import { atRest, startWatched, storiesOffered } from './stage.mjs';
import { catalogue, titleOf } from './story.mjs';

const scene = scenes('chromium');

// --- Controls ------------------------------------------------------------------------------------

/** The article's controls without those of the step list: their text, and their address. */
const controls = (page) => page.evaluate(() =>
  [...document.querySelectorAll('article [data-address]')]
    .filter((control) => !control.closest('#step-list'))
    .map(({ dataset, textContent }) => ({
      address: dataset.address, name: textContent.replace(/\s+/g, ' ').trim(),
    })));

/** Presses one of them and waits until scenario, step and caption are those of the address. */
async function follow(page, { address }) {
  const wanted = new URLSearchParams(address);
  await page.evaluate((one) => {
    document.querySelector(`article [data-address="${one}"]`).click();
  }, address);
  return page.waitFor((title, step) => {
    const titles = [...document.querySelectorAll('#step-list b')].map((b) => b.textContent);
    const begins = `Step ${step} of ${titles.length} · ${titles[step - 1]}`;
    const button = document.querySelector('#twin [data-node="stories"]');
    const there = button.getAttribute('aria-label') === `Story: ${title}` &&
      document.querySelector('#caption-step').textContent === begins;
    return there && titles[step - 1];
  }, titleOf(wanted.get('scenario')), Number(wanted.get('step')));
}

scene('every control leads to the story and the step that it names', async (page) => {
  await page.media({ 'prefers-reduced-motion': 'reduce' });
  await startWatched(page, fileAddress);
  const all = await controls(page);
  const addresses = [...new Map(all.map((one) => [one.address, one])).values()];
  for (const control of addresses) {
    await follow(page, control).catch((cause) => {
      throw new Error(`“${control.name}” does not lead to ${control.address}`, { cause });
    });
  }
  assert.equal(await page.text('#notices'), '', 'the stage can do all that they ask');
  await noProblems(page);
});

// Where a control leads to a later moment than the beginning: the moment that the article's
// sentence speaks of, as the engine's title for it.
const moments = {
  'normal-close 1': 'ESTABLISHED',
  'normal-close 2': 'FIN →',
  'normal-close 6': 'Half-closed',
  'normal-close 11': 'TIME_WAIT',
  'lost-final-ack 12': 'Client receives the FIN again',
  'lost-final-ack 16': 'CLOSED',
  'delayed-ack 7': 'Too late to share',
  'no-time-wait 15': 'An error out of nothing',
  'old-duplicate 17': 'Forty wrong bytes',
  'simultaneous-close 7': 'The FINs have crossed',
  'simultaneous-close 11': 'Two who wait',
  'three-segments 4': 'FIN ←',
  'request-response 17': 'Who waits',
  'half-close 8': '200 bytes ←',
  'abort 5': 'Torn',
  'fin-wait-2-timeout 8': 'Gone without a word',
  'keepalive 3': 'Half-open',
  'abort-lost 4': 'RST lost',
};

scene('a control in a sentence leads to the moment that the sentence speaks of', async (page) => {
  await page.media({ 'prefers-reduced-motion': 'reduce' });
  await startWatched(page, fileAddress);
  const seen = {};
  for (const control of await controls(page)) {
    const wanted = new URLSearchParams(control.address);
    if (wanted.has('play')) continue;
    seen[`${wanted.get('scenario')} ${wanted.get('step')}`] = await follow(page, control);
  }
  assert.deepEqual(seen, moments);
});

scene('every scenario can be chosen on the stage, and is told in the article', async (page) => {
  await startWatched(page, fileAddress);
  const stories = (await storiesOffered(page)).map(({ id }) => id);
  const told = (await controls(page)).map(({ address }) =>
    new URLSearchParams(address).get('scenario'));
  assert.deepEqual(stories.sort(), [...catalogue].sort(), 'the list on the stage');
  assert.deepEqual([...new Set(told)].sort(), [...catalogue].sort(), 'the article');
});

scene('the edge cases carry the titles and stand in the groups of the list', async (page) => {
  await startWatched(page, fileAddress);
  const told = await page.evaluate(() => {
    const groups = {};
    let group = null;
    for (const child of document.querySelector('#edge-cases').children) {
      if (child.tagName === 'H3') group = groups[child.textContent] = [];
      for (const button of child.querySelectorAll('dt button')) {
        group.push(button.textContent.replace(/\s+/g, ' ').trim());
      }
    }
    return groups;
  });
  const listed = {};
  for (const { group, title } of await storiesOffered(page)) (listed[group] ??= []).push(title);
  for (const [group, titles] of Object.entries(listed)) {
    const wanted = titles.filter((title) => title !== 'Normal close').sort();
    assert.deepEqual(told[group]?.sort(), wanted, group);
  }
  assert.deepEqual(Object.keys(told).sort(), Object.keys(listed).sort());
});

scene('an edge case plays on the stage', async (page) => {
  await startWatched(page, `${fileAddress}#v=1&speed=4`);
  await page.evaluate(() =>
    document.querySelector('#edge-cases [data-address*="scenario=abort&"]').click());
  await page.waitFor(() =>
    /^Step [2-9] of /.test(document.querySelector('#caption').textContent) &&
    document.querySelector('#steps-of').textContent.startsWith('Abort:'));
  await noProblems(page);
});

// --- The calculator ------------------------------------------------------------------------------

const answer = (page) => page.evaluate(() =>
  [...document.querySelectorAll('#ports-answer p')]
    .map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()));

/** What stands in the fields that are shown, by what they are labelled. */
const fields = (page) => page.evaluate(() => Object.fromEntries(
  [...document.querySelectorAll('#ports p:not([hidden]) label')].map(({ textContent, control }) =>
    [textContent, control.tagName === 'SELECT'
      ? control.selectedOptions[0].textContent : control.value])));

/** The sentences beside fields, by label, and whether the field is marked as wrong. */
const problems = (page) => page.evaluate(() => Object.fromEntries(
  [...document.querySelectorAll('#ports label')].flatMap(({ textContent, control }) => {
    const note = document.getElementById(control.getAttribute('aria-describedby'));
    if (!note?.textContent) return [];
    const marked = control.getAttribute('aria-invalid') === 'true';
    return [[textContent, marked ? note.textContent : `not marked: ${note.textContent}`]];
  })));

const focusField = (page, label) => page.evaluate((wanted) => {
  [...document.querySelectorAll('#ports label')]
    .find(({ textContent }) => textContent === wanted).control.focus();
}, label);

/** Writes into a field with the keyboard, over what stands there. */
async function write(page, label, text) {
  await focusField(page, label);
  await page.pressWith(['Control'], 'a');
  await page.press('Delete');
  for (const key of text) await page.press(key);
}

const choose = (page, label, option) => page.evaluate((wanted, title) => {
  const { control } = [...document.querySelectorAll('#ports label')]
    .find(({ textContent }) => textContent === wanted);
  control.value = [...control.options].find(({ text }) => text === title).value;
  for (const type of ['input', 'change']) {
    control.dispatchEvent(new Event(type, { bubbles: true }));
  }
}, label, option);

const systems = [
  { system: 'FreeBSD', ports: '55,536', wait: '60', most: '925.6' },
  { system: 'macOS', ports: '16,384', wait: '30', most: '546.1' },
  { system: 'Windows', ports: '16,384', wait: '120', most: '136.5' },
  { system: 'RFC 9293', ports: '16,384', wait: '240', most: '68.2' },
  { system: 'Linux', ports: '28,232', wait: '60', most: '470.5' },
];

scene('a system fills in its ports and its TIME_WAIT, and the engine answers', async (page) => {
  await startWatched(page, fileAddress);
  for (const { system, ports, wait, most } of systems) {
    await choose(page, 'System', system);
    const filled = await fields(page);
    assert.equal(filled['Ports of the Client'], ports, system);
    assert.equal(filled['TIME_WAIT in seconds'], wait, system);
    assert.equal((await answer(page))[0],
      `With ${ports} ports to 1 destination, each blocked for ${wait} s after its close, ` +
      `${most} new connections a second are possible.`);
  }
  await noProblems(page);
});

scene('the answer stands there without a stage, and the fields cannot be used', async (page) => {
  await startWatched(page, fileAddress);
  const running = [await answer(page), await fields(page)];
  assert.equal(running[0].length, 2);
  await page.before(() => { delete globalThis.WebAssembly; });
  await page.open(fileAddress);
  await page.waitFor(() => document.documentElement.dataset.stage === 'unavailable');
  assert.deepEqual([await answer(page), await fields(page)], running);
  assert.equal(await page.evaluate(() =>
    document.querySelectorAll('#ports :is(input, select):enabled').length), 0);
});

scene('figures are written with the keyboard, and are answered at once', async (page) => {
  await startWatched(page, fileAddress);
  await write(page, 'Connections wanted a second', '10000');
  assert.match((await answer(page))[1], /would have to hold 600,000 sockets at the Client/);
  assert.match((await answer(page))[1], /connect\(\) fails with EADDRNOTAVAIL/);
  await write(page, 'Destinations', '25');
  assert.match((await answer(page))[1], /TIME_WAIT holds 600,000 sockets .* room for 705,800\.$/);
  await write(page, 'TIME_WAIT in seconds', '240');
  assert.equal((await fields(page)).System, 'Your own');
  await write(page, 'Destinations', '1');
  assert.match((await answer(page))[0], /117\.6 new connections a second/);
  await write(page, 'TIME_WAIT in seconds', '60');
  assert.equal((await fields(page)).System, 'Linux', 'its figures again');
  await focusField(page, 'System');
  await page.press('ArrowDown');
  await page.waitFor(() => document.querySelector('#ports-ports').value === '55,536');
  await noProblems(page);
});

scene('when the Server closes first, the Server waits and the ports are free', async (page) => {
  await startWatched(page, fileAddress);
  await choose(page, 'Who closes first', 'Server');
  assert.match((await answer(page))[0], /sets it no limit\.$/);
  await write(page, 'Connections wanted a second', '400');
  assert.match((await answer(page))[1], /holds 24,000 sockets at the Server/);
});

scene('sockets in TIME_WAIT are asked from, and no figure gets lost', async (page) => {
  await startWatched(page, fileAddress);
  await write(page, 'Connections wanted a second', '400');
  await choose(page, 'What you know', 'Sockets in TIME_WAIT');
  const shown = await fields(page);
  assert.equal(shown['Sockets in TIME_WAIT'], '40,000');
  assert.equal('Connections wanted a second' in shown, false, 'its field has made room');
  assert.match((await answer(page))[0], /^With .* 60 s, about 667 closes a second keep 40,000 /);
  assert.match((await answer(page))[2], /^There is room for 28,232 sockets\. The rest, 11,768, /);
  await write(page, 'Destinations', '2');
  assert.match((await answer(page))[2], /takes 70\.8% of it and leaves 16,464 /);
  await choose(page, 'Who closes first', 'Server');
  assert.match((await answer(page))[0], / waiting at the Server, /);
  assert.match((await answer(page))[2], / Linux holds at most 262,144 /);
  await write(page, 'Sockets in TIME_WAIT', 'many');
  assert.match((await problems(page))['Sockets in TIME_WAIT'], / from 1 to 100,000,000, in digits/);
  await choose(page, 'What you know', 'New connections a second');
  assert.deepEqual(await problems(page), {}, 'what is not asked from cannot be wrong');
  assert.equal((await fields(page))['Connections wanted a second'], '400');
  assert.match((await answer(page))[1], /^At 400 a second, /);
  await choose(page, 'What you know', 'Sockets in TIME_WAIT');
  assert.equal((await fields(page))['Sockets in TIME_WAIT'], 'many');
  assert.equal(Object.keys(await problems(page)).length, 1);
  await noProblems(page);
});

const wrong = [
  { text: '', says: 'Enter a whole number from 1 to 65,535.' },
  { text: '-5', says: 'This is too small. Write a whole number from 1 to 65,535.' },
  { text: '0', says: 'This is too small. Write a whole number from 1 to 65,535.' },
  { text: 'many', says: 'This is not a whole number. Write one from 1 to 65,535, in digits.' },
  { text: '1.5', says: 'This is not a whole number. Write one from 1 to 65,535, in digits.' },
  { text: '"<&', says: 'This is not a whole number. Write one from 1 to 65,535, in digits.' },
  { text: '65536', says: 'This is too large. Write a whole number from 1 to 65,535.' },
  { text: '9'.repeat(50), says: 'This is too large. Write a whole number from 1 to 65,535.' },
];

scene('a figure that cannot be counted with is named where it stands', async (page) => {
  await startWatched(page, fileAddress);
  for (const { text, says } of wrong) {
    await write(page, 'Ports of the Client', text);
    assert.deepEqual(await problems(page), { 'Ports of the Client': says }, text);
    assert.match((await answer(page)).join(' '), /^The answer returns once /, text);
  }
  await write(page, 'Destinations', '');
  assert.equal(Object.keys(await problems(page)).length, 2, 'both are named');
  await write(page, 'Destinations', '1');
  await write(page, 'Ports of the Client', '28,232');
  assert.deepEqual(await problems(page), {});
  assert.equal((await answer(page)).length, 2);
  await noProblems(page);
});

scene('a text longer than any number is answered like any other', async (page) => {
  await startWatched(page, fileAddress);
  await page.evaluate(() => {
    const field = document.querySelector('#ports-ports');
    field.value = 'é'.repeat(1_000_000);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  assert.match((await problems(page))['Ports of the Client'], /^This is not a whole number\./);
  await noProblems(page);
});

scene('an answer is announced once a figure is settled, not at every key', async (page) => {
  await startWatched(page, fileAddress);
  const live = () => page.evaluate(() => document.querySelector('#live').textContent);
  await write(page, 'Connections wanted a second', '500');
  assert.equal(await live(), '', 'not while it is written');
  await page.press('Tab');
  assert.match(await live(), /^With 28,232 ports .* At 500 a second, /);
  await write(page, 'Destinations', 'x');
  await page.press('Tab');
  assert.match(await live(), /^This is not a whole number\. Write one from 1 to 1,000,000/);
});

scene('the calculator leaves the stage alone', async (page) => {
  await startWatched(page, `${fileAddress}#v=1&step=3`);
  await write(page, 'Destinations', '7');
  for (const key of ['Home', 'ArrowLeft', 'ArrowRight', 'End', 'Enter', 'n']) await page.press(key);
  await atRest(page);
  assert.match(await page.text('#caption'), /^Step 3 of 12 /);
});

for (const width of [320, 390, 1280]) {
  scene(`the calculator has its room, also when all is wrong, ${width} px wide`, async (page) => {
    await page.viewport({ width, height: 844, touch: true });
    await startWatched(page, fileAddress);
    for (const label of [
      'Connections wanted a second', 'Destinations', 'Ports of the Client', 'TIME_WAIT in seconds',
    ]) {
      await write(page, label, 'x');
    }
    assert.equal(Object.keys(await problems(page)).length, 4, 'all is wrong');
    const { coarse, low, cut, sideways } = await page.evaluate(() => {
      const controls =
        [...document.querySelectorAll('#ports p:not([hidden]) :is(input, select)')];
      const rect = (element) => element.getBoundingClientRect();
      const frame = rect(document.querySelector('#ports'));
      return {
        coarse: matchMedia('(pointer: coarse)').matches,
        low: controls.filter((one) => rect(one).height < 44).map(({ id }) => id),
        cut: [...document.querySelectorAll('#ports :is(input, select, label, .problem, p)')]
          .filter((one) => rect(one).right > frame.right || one.scrollWidth > one.clientWidth + 1)
          .map(({ id, tagName }) => id || tagName),
        sideways: document.documentElement.scrollWidth > innerWidth,
      };
    });
    assert.equal(coarse, true, 'it is a finger that points');
    assert.deepEqual({ low, cut, sideways }, { low: [], cut: [], sideways: false });
  });
}

scene('paper shows the fields, the answer and the table of the profiles', async (page) => {
  await startWatched(page, fileAddress);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.media({}, 'print');
  for (const shown of ['#ports-ports', '#ports-answer p', '#profiles td']) {
    assert.equal(await page.visible(shown), true, shown);
  }
  await page.media({});
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  assert.equal(await page.evaluate(() => document.querySelector('#profiles').open), false);
});
