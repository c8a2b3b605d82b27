// The page in one engine, named by the first argument: it starts wherever it is opened from, is
// stepped through by role and name, and follows its address.

import assert from 'node:assert/strict';
import { engines } from './driver.mjs';
import {
  atStep, captionBegins, fileAddress, noProblems, running, scenes, start,
} from './harness.mjs';
import { chooseStory } from './stage.mjs';
import { captionOf, ladderAfter, ladderAt, scenarios, steps } from './story.mjs';

const engine = process.argv[2] ?? 'chromium';
assert.ok(engines.includes(engine), `the argument is one of: ${engines.join(', ')}`);
const scene = scenes(engine);

const press = (scope, name) => scope.role('button', name).click();
const ladder = (scope) => scope.role('list', 'Ladder').items();
const theme = (scope) => scope.evaluate(() => document.documentElement.dataset.theme);

scene('opens from a web server, without an error and without a second request',
  async (page, server) => {
    await start(page, server.page);
    await press(page, 'Step forward');
    await captionBegins(page, captionOf(2));
    assert.deepEqual(await page.requests(), [], 'nothing may be requested after the document');
    assert.deepEqual(server.requests, ['/index.html']);
    await noProblems(page);
  });

scene('opens from a folder, without an error and without any request', async (page) => {
  await start(page, fileAddress);
  await press(page, 'Step forward');
  await captionBegins(page, captionOf(2));
  assert.deepEqual(await page.requests(), [], 'nothing may be requested after the document');
  await noProblems(page);
});

scene('opens in an iframe that allows scripts and nothing else', async (page, server) => {
  await page.open(server.host);
  const frame = await page.frame('iframe');
  await running(frame);
  assert.equal(await frame.evaluate(() => window.origin), 'null', 'the sandbox is in force');
  await press(frame, 'Step forward');
  await captionBegins(frame, captionOf(2));
  assert.deepEqual(server.requests, ['/host.html', '/index.html']);
  await noProblems(page);
});

scene('the figure gives way to the stage', async (page) => {
  await start(page, fileAddress);
  assert.equal(await page.visible('#figure'), false, 'the figure is hidden');
  assert.equal(await page.visible('#stage canvas'), true, 'the canvas is shown');
});

scene('steps through the normal close and back, caption and ladder following', async (page) => {
  await start(page, fileAddress);
  const forward = [];
  for (let number = 1; number <= steps.length; number += 1) {
    if (number > 1) await press(page, 'Step forward');
    await captionBegins(page, captionOf(number));
    const items = await ladder(page);
    checkLadder(items, number);
    forward[number] = items;
  }
  assert.equal(await page.role('button', 'Step forward').attribute('aria-disabled'), 'true');
  for (let number = steps.length - 1; number >= 1; number -= 1) {
    await press(page, 'Step back');
    await captionBegins(page, captionOf(number));
    assert.deepEqual(await ladder(page), forward[number], `step ${number}, the second time`);
  }
  assert.equal(await page.role('button', 'Step back').attribute('aria-disabled'), 'true');
  await noProblems(page);
});

function checkLadder(items, number) {
  const shown = (text) => items.some((item) => item.startsWith(text));
  // A state may come back later in a run: what is absent now is what no step so far has brought.
  const known = ladderAt(number);
  const missing = known.filter((text) => !shown(text));
  const early = ladderAfter(number).filter((text) => !known.includes(text) && shown(text));
  const listing = `step ${number} shows:\n  ${items.join('\n  ')}`;
  assert.deepEqual(missing, [], `missing; ${listing}`);
  assert.deepEqual(early, [], `shown too early; ${listing}`);
}

scene('goes to the end and to the start at once', async (page) => {
  await start(page, fileAddress);
  assert.equal(await page.role('button', 'To start').attribute('aria-disabled'), 'true');
  await press(page, 'To end');
  await captionBegins(page, captionOf(steps.length));
  assert.equal(await page.role('button', 'To end').attribute('aria-disabled'), 'true');
  await press(page, 'To start');
  await captionBegins(page, captionOf(1));
});

scene('plays to the end by itself, and stops there', async (page) => {
  await start(page, `${fileAddress}#v=1&speed=4&step=9`);
  await press(page, 'Play');
  await page.role('button', 'Pause').text();
  await captionBegins(page, captionOf(steps.length));
  await page.role('button', 'Play').text();
  checkLadder(await ladder(page), steps.length);
  await noProblems(page);
});

scene('tells the story that is chosen', async (page) => {
  await start(page, fileAddress);
  for (const { id, steps: length } of scenarios) {
    await chooseStory(page, id);
    await page.waitFor((wanted) =>
      document.querySelectorAll('#step-list button').length === wanted, length);
    await press(page, 'To end');
    await captionBegins(page, `Step ${length} of ${length} · CLOSED`);
  }
  await noProblems(page);
});

scene('takes scenario, step and theme from the address', async (page) => {
  await start(page, `${fileAddress}#v=1&scenario=lost-final-ack&step=4&theme=dark`);
  await atStep(page, 4);
  assert.equal(await theme(page), 'dark');
  assert.equal(await page.text('#notices'), '', 'a good address gives no notice');
  await press(page, 'To end');
  await page.waitFor(() => /TIME_WAIT|CLOSED/.test(document.querySelector('#caption').textContent));
  const items = await ladder(page);
  assert.ok(items.some((item) => /^Segment 4: .*(lost|dropped)/.test(item)),
    `the final ACK, segment 4, is lost in this story:\n  ${items.join('\n  ')}`);
});

scene('follows a change of the address while it is open', async (page) => {
  await start(page, `${fileAddress}#v=1&theme=light`);
  await captionBegins(page, captionOf(1));
  await page.evaluate(() => { location.hash = '#v=1&step=7&theme=dark'; });
  await captionBegins(page, captionOf(7));
  assert.equal(await theme(page), 'dark');
  await page.evaluate(() => { location.hash = '#v=1&scenario=three-segments&step=2'; });
  await atStep(page, 2);
  assert.match(await page.text('#caption'), /^Step 2 of (?!12 )/, 'another story is told');
  await noProblems(page);
});

const badAddresses = [
  { hash: '#v=1&colour=blue', key: 'colour', step: 1 },
  { hash: '#v=1&scenario=no-such-story', key: 'scenario', step: 1 },
  { hash: '#v=1&step=999', key: 'step', step: 12 },
  { hash: '#v=1&step=abc', key: 'step', step: 1 },
  { hash: '#v=2&step=3', key: 'v' },
  { hash: '#normal-close', key: 'normal-close', step: 1 },
  { hash: '#no-such-place', key: 'no-such-place', step: 1 },
];

for (const { hash, key, step } of badAddresses) {
  scene(`names the key in a notice and goes on, when the address says ${hash}`, async (page) => {
    await start(page, fileAddress + hash);
    await page.waitFor((name) =>
      new RegExp(`\\b${name}\\b`).test(document.querySelector('#notices').textContent), key);
    if (step) await captionBegins(page, captionOf(step));
    await press(page, 'To end');
    await captionBegins(page, captionOf(steps.length));
    await press(page, 'Step back');
    await captionBegins(page, captionOf(steps.length - 1));
    await press(page, 'Dismiss');
    await page.waitFor(() => document.querySelector('#notices').textContent.trim() === '');
    await noProblems(page);
  });
}
