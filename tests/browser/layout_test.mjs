// Every scenario at every width: nothing is cut, nothing overlaps, no text is too small, and the page
// never scrolls sideways; with the reader's own size of letters as well. At three sizes, a small
// phone, a phone with large letters and a desk, every step of every scenario is looked at; at the
// others every step of four scenarios, and the last step of the rest, which shows the whole ladder.

import assert from 'node:assert/strict';
import { fileAddress, scenes } from './harness.mjs';
import { quickFrames, startWatched } from './stage.mjs';
import { catalogue, scenarios, titleOf } from './story.mjs';
import { faultsOf, leaveUnpainted, smallTexts, survey } from './survey.mjs';

const scene = scenes('chromium');
const height = 860;
const narrow = 560;
const usualLetters = 16;
const shown = 20;

const smallestAt = (width) => (width < narrow ? 11 : 12);

function check(faults, what) {
  const listing = faults.slice(0, shown).map((fault) => `\n  ${fault}`).join('');
  const more = faults.length > shown ? `\n  and ${faults.length - shown} more` : '';
  assert.equal(faults.length, 0, `${faults.length} faults ${what}:${listing}${more}`);
}

async function openAt(page, width, letters) {
  await page.viewport({ width, height });
  if (letters !== usualLetters) await page.letters(letters);
  await page.before(quickFrames);
  await page.before(leaveUnpainted);
  await startWatched(page, `${fileAddress}#v=1&theme=light`);
  const root = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  assert.equal(root, `${letters}px`, "the page follows the reader's size of letters");
}

const at = (letters, wholeAt) => (width) => ({ width, letters, whole: wholeAt.includes(width) });
const sizes = [
  ...[320, 390, 768, 1000, 1280, 1600, 2560].map(at(usualLetters, [320, 1280])),
  ...[320, 390, 1000, 1280].map(at(2 * usualLetters, [390])),
];
const always = scenarios.map(({ id }) => id);

for (const { width, letters, whole } of sizes) {
  const what = `${width} px wide${letters === usualLetters ? '' : ' with letters twice the size'}`;

  scene(`every ${whole ? 'step of every ' : ''}scenario has its room, ${what}`, async (page) => {
    await openAt(page, width, letters);
    const faults = [];
    for (const id of catalogue) {
      const all = whole || always.includes(id);
      const seen = await page.evaluate(survey, id, titleOf(id), all);
      assert.ok(seen.length > (all ? 2 : 0), `${seen.length} steps of ${id} were looked at`);
      for (const [i, now] of seen.entries()) {
        for (const fault of faultsOf(now, seen[i - 1] ?? now, smallestAt(width))) {
          faults.push(`${id} step ${now.step}: ${fault}`);
        }
      }
    }
    faults.push(...await page.evaluate(smallTexts, smallestAt(width)));
    check(faults, what);
  });
}

for (const width of [320, 390, 768, 1280]) {
  scene(`the figure that stands for the stage can be read, ${width} px wide`, async (page) => {
    await page.viewport({ width, height });
    await page.before(() => { delete globalThis.WebAssembly; });
    await page.open(fileAddress);
    await page.waitFor(() => document.documentElement.dataset.stage === 'unavailable');
    assert.ok(await page.visible('#figure svg'));
    const faults = await page.evaluate(smallTexts, smallestAt(width));
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) {
      faults.push('the page scrolls sideways');
    }
    check(faults, `${width} px wide`);
  });
}
