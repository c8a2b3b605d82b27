// The normal close as the stage shows it, reached in every way there is; and the numbers, counter
// and colours of the figure. What is drawn is looked at in screenshots, of Chromium or of what the
// first argument names.

import assert from 'node:assert/strict';
import { fileAddress, noProblems, scenes } from './harness.mjs';
import {
  atRest, checkBadge, counterName, focusStage, lifelineBeside, listOf, lookAt, markedSteps, press,
  rectOf, restAtStep, startWatched, stateColours,
} from './stage.mjs';
import { captionOf, counterAt, pipesAt, stateAt, steps } from './story.mjs';

const scene = scenes(process.argv[2] ?? 'chromium');
const ends = ['Client', 'Server'];
const numbers = steps.map((_, i) => i + 1);

async function openWide(page, address = '#v=1&theme=light') {
  await page.viewport({ width: 1280, height: 860 });
  await startWatched(page, fileAddress + address);
}

/** The badges of an end, in the order in which they were dropped. */
function badgesOf(items, end) {
  const name = new RegExp(`^${end}: (${Object.keys(stateColours).join('|')})$`);
  return items.flatMap((item) => {
    const state = name.exec(item.name)?.[1];
    return state ? [{ end, state, rect: item.rect }] : [];
  });
}

/** Everything that must hold at a step of the normal close, whichever way led there. */
async function checkStep(page, number, theme = 'light') {
  await restAtStep(page, number);
  const at = `at step ${number}`;
  assert.match(await page.text('#caption'), new RegExp(`^${captionOf(number)}`), at);
  assert.equal(await counterName(page), counterAt(number), at);
  assert.deepEqual(await page.role('list', 'Pipes').items(), pipesAt(number), at);
  assert.deepEqual(await markedSteps(page), [number], `the step marked in the article ${at}`);
  await checkBadges(page, number, theme);
}

async function checkBadges(page, number, theme) {
  const { rect: view, items } = await listOf(page, 'Ladder');
  const picture = await lookAt(page);
  const lines = ends.map((end) => {
    const badges = badgesOf(items, end);
    const wanted = [...new Set(numbers.slice(0, number).map((step) => stateAt(step, end)))];
    assert.deepEqual(badges.map(({ state }) => state), wanted, `${end} at step ${number}`);
    checkOrder(badges);
    const { state, rect } = badges.at(-1);
    assert.ok(rect.y >= view.y - 1 && rect.bottom <= view.bottom + 1,
      `${end}'s badge ${state} is in view at step ${number}`);
    return checkBadge(picture, { end, state, rect, theme });
  });
  assert.ok(lines[0].x + lines[0].width < lines[1].x, 'the Client stands left of the Server');
}

function checkOrder(badges) {
  for (let i = 1; i < badges.length; i += 1) {
    const [above, below] = [badges[i - 1], badges[i]];
    assert.ok(below.rect.y >= above.rect.bottom - 1,
      `${below.end}: ${below.state} stands below ${above.state}`);
  }
}

const ways = {
  "the article's steps": async (page, number) => {
    const { title, middle } = await page.evaluate((at) => {
      const button = document.querySelectorAll('#step-list button')[at - 1];
      button.scrollIntoView({ block: 'nearest' });
      const { x, y, width, height } = button.getBoundingClientRect();
      return {
        title: button.querySelector('b').textContent.trim(),
        middle: { x: x + width / 2, y: y + height / 2 },
      };
    }, number);
    assert.equal(title, steps[number - 1].title, `entry ${number} of the article`);
    await page.mouseClick(middle);
  },
  'the keyboard': async (page, number) => {
    await focusStage(page);
    await page.press(number === 1 ? 'Home' : 'ArrowRight');
  },
  "the stage's transport": async (page, number) => {
    const name = number === 1 ? 'To start' : 'Step forward';
    await page.mouseClick((await page.role('button', name).reveal()).middle);
  },
};

for (const [way, go] of Object.entries(ways)) {
  scene(`shows each of the twelve steps as it must be, by ${way}`, async (page) => {
    await openWide(page);
    for (const number of numbers) {
      // At the first step already, To start cannot act: it is pressed where it can.
      if (number === 1) {
        await press(page, 'Step forward');
        await restAtStep(page, 2);
      }
      await go(page, number);
      await checkStep(page, number);
    }
    await noProblems(page);
  });
}

for (const [width, height] of [[1000, 700], [1500, 900], [1900, 900], [390, 844]]) {
  scene(`is seen whole, ${width}x${height}`, async (page) => {
    await page.viewport({ width, height });
    await startWatched(page, `${fileAddress}#v=1&theme=light`);
    for (const number of [1, 2, 3]) {
      await restAtStep(page, number);
      await checkBadges(page, number, 'light');
      await press(page, 'Step forward');
    }
  });
}

scene('shows the badges in the colours for dark paper too', async (page) => {
  await openWide(page, '#v=1&theme=dark');
  for (const number of [1, 2, 3, 5, 7, 8, 10, 12]) {
    await page.evaluate((step) => { location.hash = `#v=1&theme=dark&step=${step}`; }, number);
    await restAtStep(page, number);
    await checkBadges(page, number, 'dark');
  }
});

scene('colours each lifeline by the states that its end went through', async (page) => {
  await openWide(page, '#v=1&theme=light&step=12');
  const { rect: view, items } = await listOf(page, 'Ladder');
  const picture = await lookAt(page);
  for (const end of ends) {
    const badges = badgesOf(items, end).filter(({ rect }) => rect.y >= view.y);
    const lines = badges.map(({ state, rect }) =>
      lifelineBeside(picture, end, rect, stateColours[state].light));
    for (const [i, line] of lines.entries()) {
      assert.ok(line.width >= 3, `${end}'s lifeline at ${badges[i].state}`);
      assert.ok(Math.abs(line.x - lines[0].x) <= 1, `${end}'s lifeline is straight`);
    }
  }
});

scene('marks the half-closed band, and the 2·MSL timer at its end of the ladder', async (page) => {
  await openWide(page, '#v=1&step=12');
  const { rect: view, items } = await listOf(page, 'Ladder');
  const find = (start) => items.find(({ name }) => name.startsWith(start));
  const middle = view.x + view.width / 2;
  const band = find('Half-closed').rect;
  assert.ok(band.x < middle && band.right > middle, 'the band stands between the lifelines');
  assert.ok(find('Client: 2·MSL timer').rect.right < middle, "the timer is the Client's");
  assert.ok(find('Client application').rect.right < middle, "so is the Client's call");
  assert.ok(find('Server application').rect.x > middle, "the Server's call is on its side");
});

scene('lists what happened in the order in which it happened', async (page) => {
  await openWide(page, '#v=1&step=12');
  const names = await page.role('list', 'Ladder').items();
  const listing = `\n  ${names.join('\n  ')}`;
  let last = -1;
  for (const [i, { gains }] of steps.entries()) {
    const places = gains.map((gain) => names.findIndex((name) => name.startsWith(gain)));
    if (places.length === 0) continue;
    assert.ok(Math.min(...places) > last, `step ${i + 1} stands too early in the list:${listing}`);
    last = Math.max(...places);
  }
});

const lostAck = [
  [1, 'Segments 0 of 6'], [5, 'Segments 2 of 6'], [9, 'Segments 3 of 6'],
  [10, 'Segments 4 of 6, 1 lost'], [12, 'Segments 5 of 6, 1 lost, 1 repeated'],
  [14, 'Segments 6 of 6, 1 lost, 2 repeated'], [16, 'Segments 6 of 6, 1 lost, 2 repeated'],
];

scene('counts the segments of the lost final ACK, lost and repeated ones too', async (page) => {
  await openWide(page, '#v=1&scenario=lost-final-ack');
  for (const [number, wanted] of lostAck) {
    await page.evaluate((step) => {
      location.hash = `#v=1&scenario=lost-final-ack&step=${step}`;
    }, number);
    await restAtStep(page, number);
    assert.equal(await counterName(page), wanted, `at step ${number}`);
  }
  const names = (await listOf(page, 'Ladder')).items.map(({ name }) => name);
  for (const wanted of [
    'Segment 4: ACK from Client to Server, seq=u+1 ack=w+1, lost',
    'Segment 5: FIN,ACK again from Server to Client, seq=w ack=u+1, delivered',
  ]) assert.ok(names.includes(wanted), `${wanted}\nis not among\n${names.join('\n')}`);
});

const segments = {
  symbolic: ['seq=u ack=w', 'seq=w ack=u+1', 'seq=w ack=u+1', 'seq=u+1 ack=w+1'],
  real: ['seq=100 ack=300', 'seq=300 ack=101', 'seq=300 ack=101', 'seq=101 ack=301'],
};

async function checkNumbers(page, kind) {
  const wanted = JSON.stringify(segments[kind]);
  await page.role('button', 'Real sequence numbers').attribute('aria-pressed').then((pressed) =>
    assert.equal(pressed, String(kind === 'real')));
  const items = await page.role('list', 'Ladder').items();
  const shown = items.flatMap((name) => /^Segment \d.*, (seq=.*), /.exec(name)?.[1] ?? []);
  assert.equal(JSON.stringify(shown), wanted, `${kind} numbers`);
}

scene('shows symbolic numbers, and real ones by switch, key and address', async (page) => {
  await openWide(page, '#v=1&step=12');
  await checkNumbers(page, 'symbolic');
  for (const kind of ['real', 'symbolic']) {
    await press(page, 'Real sequence numbers');
    await atRest(page);
    await checkNumbers(page, kind);
  }
  await focusStage(page);
  for (const kind of ['real', 'symbolic']) {
    await page.press('n');
    await atRest(page);
    await checkNumbers(page, kind);
  }
  await page.evaluate(() => { location.hash = '#v=1&step=11&numbers=real'; });
  await restAtStep(page, 11);
  await checkNumbers(page, 'real');
});

scene('brings the stage into view when a step of the article is chosen below it', async (page) => {
  await page.viewport({ width: 390, height: 844 });
  await startWatched(page, fileAddress);
  await page.evaluate(() => {
    const button = document.querySelectorAll('#step-list button')[6];
    button.scrollIntoView({ block: 'center' });
    button.click();
  });
  await restAtStep(page, 7);
  await page.waitFor(() => {
    const { top, bottom } = document.querySelector('#box').getBoundingClientRect();
    return Math.min(bottom, innerHeight) - Math.max(top, 0) > 300;
  });
  assert.ok((await rectOf(page, '#caption')).height > 0, 'with its caption');
});

scene('chooses light, dark and the system by the switch', async (page) => {
  await page.media({ 'prefers-color-scheme': 'dark' });
  await startWatched(page, fileAddress);
  const theme = page.role('combobox', 'Theme');
  for (const [choice, wanted] of [['light', 'light'], ['dark', 'dark'], ['system', 'dark']]) {
    await theme.choose(choice);
    await page.waitFor((name) => document.documentElement.dataset.theme === name, wanted);
  }
  await page.media({ 'prefers-color-scheme': 'light' });
  await page.waitFor(() => document.documentElement.dataset.theme === 'light');
});
