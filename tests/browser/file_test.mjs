// A scenario file of the reader's own, in one engine, named by the first argument: it is chosen in
// the page or dropped on it, played like any other run, and what is wrong with it is said as
// text.
// Longer than 300 lines: one browser opens every kind of file.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after } from 'node:test';
import { engines } from './driver.mjs';
import {
  atStep, captionBegins, fileAddress, noProblems, running, scenes, start,
} from './harness.mjs';
import { removeFolder, temporaryFolder } from './processes.mjs';
import {
  atRest, chooseStory, focusStage, lookAt, rectOf, restAtStep, startWatched, stateColours,
  storiesOffered, storyShown,
} from './stage.mjs';
import { colourOf, distance } from './picture.mjs';
import { captionOf, titleOf } from './story.mjs';

const engine = process.argv[2] ?? 'chromium';
assert.ok(engines.includes(engine), `the argument is one of: ${engines.join(', ')}`);
const scene = scenes(engine);
const folder = temporaryFolder();
after(() => removeFolder(folder));

/** A file on disk with this text. */
function onDisk(name, text) {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const scenario = (members) => JSON.stringify({
  format: 1, id: 'from-a-file', title: 'From a file', script: [], ...members,
});
const closing = [{ at_ms: 50, side: 'client', do: 'close' }];

/** A reader's close of one end only: five steps, and a name that no catalogue would accept. */
const good = onDisk('found (1).json', scenario({ script: closing, question: 'Who waits here?' }));
const goodSteps = 5;

/** Two ends in TIME_WAIT that answer every ACK: it goes on until the engine ends it. */
const endless = onDisk('endless.json', scenario({
  title: 'Two ends that answer each other',
  policy: { time_wait_answers: 'every_ack' },
  client: { state: 'TIME_WAIT', snd_nxt: 101, rcv_nxt: 301 },
  server: { state: 'TIME_WAIT', snd_nxt: 301, rcv_nxt: 101 },
  script: [{
    at_ms: 10, side: 'client', do: 'inject',
    segment: { flags: 'ACK', seq: 'rcv_nxt', ack: 'snd_nxt' },
  }],
}));

const markup = '<img src=x onerror="window.injectedForTest = 1">';

const opens = (scope, title) => scope.waitFor((wanted) =>
  document.querySelector('#steps-of').textContent.startsWith(wanted), title);
const notices = (scope) => scope.evaluate(() =>
  [...document.querySelectorAll('#notices span')].map((span) => span.textContent));
const noticed = (scope, words) => scope.waitFor((wanted) =>
  document.querySelector('#notices').textContent.includes(wanted), words);
const own = (title) => ({ group: 'Your file', id: '', title });

async function playsTheFile(scope) {
  await captionBegins(scope, `Step 1 of ${goodSteps} · ESTABLISHED`);
  assert.equal(await scope.text('#steps-of'), 'From a file: Who waits here?');
  assert.equal(await scope.evaluate(() =>
    document.querySelectorAll('#step-list button').length), goodSteps);
  assert.match(await scope.text('#ladder-text'), /CTL=FIN,ACK/);
  assert.deepEqual((await storiesOffered(scope))[0], own('From a file'));
  assert.equal(await storyShown(scope), 'From a file');
  await scope.role('button', 'Step forward').click();
  await captionBegins(scope, `Step 2 of ${goodSteps} · FIN →`);
  await scope.role('button', 'To end').click();
  await atStep(scope, goodSteps);
}

scene('a file that is chosen in the page is played, without any request', async (page) => {
  await start(page, fileAddress);
  await page.upload('#file', good);
  await opens(page, 'From a file');
  await playsTheFile(page);
  assert.deepEqual(await page.requests(), []);
  assert.deepEqual(await notices(page), []);
  await noProblems(page);
});

scene('a file can be opened in an iframe that allows scripts and nothing else',
  async (page, server) => {
    await page.open(server.host);
    const frame = await page.frame('iframe');
    await running(frame);
    await frame.upload('#file', good);
    await opens(frame, 'From a file');
    await playsTheFile(frame);
    await noProblems(page);
  });

scene('a file that is no scenario changes nothing, and is told with its place', async (page) => {
  await start(page, `${fileAddress}#v=1&scenario=lost-final-ack&step=4`);
  await atStep(page, 4);
  await page.upload('#file', onDisk('bad.json', scenario({
    id: markup, [markup]: 1, script: [{ at_ms: 1, side: markup, do: 'close' }], beats: 7, more: 1,
  })));
  await noticed(page, 'bad.json');
  const [said, ...others] = await notices(page);
  assert.deepEqual(others, []);
  assert.match(said, /^“bad\.json” was not opened: it is not a scenario\.\nAt \/<img src=x /);
  assert.ok(said.includes(`found "${markup.slice(0, 40)}`), said);
  assert.match(said, /\nThere are 2 more mistakes\.$/);
  assert.equal(said.split('\n').length, 5, 'three of them are told');
  assert.match(await page.text('#caption'), /^Step 4 of 16 /);
  const [notice, stage] = [await rectOf(page, '#notices'), await rectOf(page, '#stage')];
  assert.ok(notice.right <= stage.x, 'what is said covers nothing of the stage');
  assert.equal(await storyShown(page), titleOf('lost-final-ack'));
  assert.ok(!(await storiesOffered(page)).some(({ group }) => group === 'Your file'));
  assert.deepEqual(await page.evaluate(() =>
    [document.querySelectorAll('#notices img').length, 'injectedForTest' in window]), [0, false]);
  // A good one takes the notice away.
  await page.upload('#file', good);
  await opens(page, 'From a file');
  await page.waitFor(() => document.querySelector('#notices').children.length === 0);
  await noProblems(page);
});

scene('markup in a title is shown as text', async (page) => {
  await start(page, fileAddress);
  await page.upload('#file', onDisk('markup.json', scenario({ title: markup, question: '<b>?' })));
  await opens(page, markup);
  assert.equal(await page.text('#steps-of'), `${markup}: <b>?`);
  assert.deepEqual((await storiesOffered(page))[0], own(markup));
  assert.deepEqual(await page.evaluate(() =>
    [document.querySelectorAll('#stage img, #stories img, #step-list img, #steps-of *').length,
      'injectedForTest' in window]), [0, false]);
  await noProblems(page);
});

if (engine === 'chromium') {
  const unreadable = {
    'an empty file': ['', 'it is empty'],
    'a picture': [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), 'it is not text in UTF-8'],
    'text in UTF-16': [Buffer.from('\uFEFF{}', 'utf16le'), 'it is not text in UTF-8'],
    'text that is not JSON': ['{\n  "format": 1,\n  oops', 'unexpected text at line 3, column 3'],
    '3 MB of text': [' '.repeat(3_000_000), 'larger than 1 MB'],
    '2 MB of letters of two bytes': [`"${'é'.repeat(1_000_000)}`, 'larger than 1 MB'],
  };
  for (const [what, [content, words]] of Object.entries(unreadable)) {
    scene(`${what} gives a sentence that says so`, async (page) => {
      await start(page, fileAddress);
      await page.upload('#file', onDisk('other.json', content));
      await noticed(page, words);
      await page.role('button', 'Step forward').click();
      await captionBegins(page, captionOf(2));
      await noProblems(page);
    });
  }

  scene('a scenario of almost a megabyte is opened', async (page) => {
    await start(page, fileAddress);
    const whole = `${scenario({ script: closing })}${' '.repeat(1_000_000)}`.slice(0, 1_000_000);
    await page.upload('#file', onDisk('large.json', whole));
    await captionBegins(page, `Step 1 of ${goodSteps} `);
    await noProblems(page);
  });

  scene('a file is opened by keyboard alone, and again when it has changed', async (page) => {
    await start(page, fileAddress);
    const name = 'mended.json';
    const file = onDisk(name, '{');
    const goTo = async () => {
      await page.role('button', 'More').focus();
      await page.press('Enter');
      await page.press('ArrowDown');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'file');
    };
    await goTo();
    const ring = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.querySelector('#file + *'));
      return `${outlineStyle} ${outlineWidth}`;
    });
    assert.equal(ring, 'solid 2px', 'the focus is shown around what is seen');
    await page.answerChooser(() => page.press('Enter'), file);
    await noticed(page, 'the text ends too early');
    onDisk(name, scenario({ script: closing }));
    await goTo();
    await page.answerChooser(() => page.press('Space'), file);
    await opens(page, 'From a file');
    assert.equal(await page.evaluate(() => document.querySelector('#more').open), false);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.node), 'more');
    assert.match(await page.text('#live'), /^Both ends are in ESTABLISHED/, 'and it is spoken');
    await focusStage(page);
    for (const [key, step] of [['ArrowRight', 2], ['End', goodSteps], ['Home', 1]]) {
      await page.press(key);
      await atStep(page, step);
    }
  });

  scene('a file that is dropped on the stage is opened', async (page) => {
    await start(page, fileAddress);
    const { middle } = await page.role('group', 'Client').rect();
    const over = () => page.evaluate(() => 'drop' in document.querySelector('#stage').dataset);
    const text = [{ mimeType: 'text/plain', data: 'words' }];
    await page.dragFiles('dragEnter', middle, [], text);
    await page.dragFiles('dragOver', middle, [], text);
    assert.equal(await over(), false, 'words are not for the stage');
    await page.dragFiles('dragCancel', middle, [], text);
    await page.dragFiles('dragEnter', middle, [good]);
    await page.dragFiles('dragOver', middle, [good]);
    assert.equal(await over(), true, 'it shows that the file may be dropped');
    await page.dragFiles('dragOver', { x: 20, y: 20 }, [good]);
    await page.waitFor(() => !('drop' in document.querySelector('#stage').dataset));
    await page.dragFiles('dragOver', middle, [good]);
    await page.dragFiles('drop', middle, [good]);
    await opens(page, 'From a file');
    assert.equal(await over(), false);
    await playsTheFile(page);
    await noProblems(page);
  });

  scene('a file that is dropped beside the stage is opened too', async (page) => {
    await start(page, fileAddress);
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await page.dragFiles(type, { x: 20, y: 20 }, [good]);
    }
    await opens(page, 'From a file');
    await noProblems(page);
  });

  scene('a folder that is dropped on the stage cannot be read, and that is said', async (page) => {
    await start(page, fileAddress);
    const { middle } = await page.role('group', 'Client').rect();
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await page.dragFiles(type, middle, [folder]);
    }
    await noticed(page, 'was not opened: it could not be read.');
    await noProblems(page);
  });

  scene('another scenario is chosen, and the file again, which may have the same id',
    async (page) => {
      await start(page, `${fileAddress}#v=1&scenario=half-close`);
      const same = { id: 'normal-close', title: 'Not the normal close', script: closing };
      await page.upload('#file', onDisk('same.json', scenario(same)));
      await opens(page, same.title);
      await chooseStory(page, 'normal-close');
      await captionBegins(page, captionOf(1));
      assert.equal(await storyShown(page), titleOf('normal-close'));
      await chooseStory(page);
      await opens(page, same.title);
      await captionBegins(page, `Step 1 of ${goodSteps} `);
      assert.equal(await storyShown(page), same.title);
      // The article and the address name the catalogue.
      await page.evaluate(() =>
        document.querySelector('main [data-address="scenario=normal-close&step=6"]').click());
      await captionBegins(page, captionOf(6));
      await chooseStory(page);
      await opens(page, same.title);
      await page.evaluate(() => { location.hash = '#v=1&scenario=normal-close&step=3'; });
      await captionBegins(page, captionOf(3));
      // The next file takes its place.
      await page.upload('#file', good);
      await opens(page, 'From a file');
      assert.deepEqual((await storiesOffered(page))[0], own('From a file'));
      assert.equal(await page.text('#notices'), '');
      await noProblems(page);
    });

  for (const size of [{ width: 1280, height: 860 }, { width: 390, height: 844 }]) {
    scene(`a run of two thousand steps works like any other, ${size.width} px wide`,
      async (page) => {
        await page.viewport(size);
        await startWatched(page, `${fileAddress}#v=1&theme=light`);
        await page.upload('#file', endless);
        await captionBegins(page, 'Step 1 of 2001 ');
        await page.role('button', 'To end').click();
        await restAtStep(page, 2001);
        assert.ok((await page.text('#ladder-text')).includes(' 1000. TIME_WAIT'), 'as text');
        const drawn = async (name, hex) => {
          const { x, y, height } = await page.role('button', name).reveal();
          const picture = await lookAt(page);
          const seen = picture.at(x + 5, y + height / 2);
          assert.ok(distance(seen, colourOf(hex)) <= 12, `"${name}" is drawn: ${seen}`);
        };
        await drawn('Play', '#0d5fa8');
        const lines = await page.evaluate(() => {
          const ladder = document.querySelector('#twin [aria-label="Ladder"]');
          const { bottom } = ladder.getBoundingClientRect();
          return { bottom, named: [...ladder.children].map((item) => item.textContent) };
        });
        assert.ok(lines.named.some((name) => name.startsWith('Segment 1001: ACK again')));
        assert.ok(lines.named.length < 200, `${lines.named.length} things are named at a time`);
        const picture = await lookAt(page);
        const shape = colourOf(stateColours.TIME_WAIT.light);
        const { x, y, width, height } = await page.evaluate(() => {
          const box = document.querySelector('#twin [aria-label="Ladder"]').getBoundingClientRect();
          return { x: box.x, y: box.y, width: box.width, height: box.height };
        });
        let found = 0;
        for (let column = x; column < x + width; column += picture.step) {
          const seen = picture.at(column, y + height / 4);
          if (seen && distance(seen, shape) <= 12) found += 1;
        }
        assert.ok(found >= 8, `both lifelines are drawn: ${found} pixels`);
        await page.role('button', 'Step back').click();
        await restAtStep(page, 2000);
        await page.evaluate(() => document.querySelectorAll('#step-list button')[999].click());
        await restAtStep(page, 1000);
        await page.role('button', 'Play').click();
        await atStep(page, 1001);
        await page.role('button', 'Pause').click();
        await atRest(page);
        await chooseStory(page, 'half-close');
        await captionBegins(page, 'Step 1 of 21 ');
        await noProblems(page);
      });
  }

  scene('without a stage no file can be opened', async (page) => {
    await page.before(() => { delete globalThis.WebAssembly; });
    await page.open(fileAddress);
    await page.waitFor(() => document.documentElement.dataset.stage === 'unavailable');
    assert.equal(await page.evaluate(() => document.querySelector('#file').disabled), true);
  });

  scene('a stage that is lost and comes back still has the file', async (page) => {
    await startWatched(page, fileAddress);
    await page.upload('#file', good);
    await opens(page, 'From a file');
    await page.evaluate(() => {
      const context = document.querySelector('#stage canvas').getContext('webgl2');
      window.losingForTest = context.getExtension('WEBGL_lose_context');
      window.losingForTest.loseContext();
    });
    await page.waitFor(() => document.documentElement.dataset.stage === 'lost');
    assert.equal(await page.evaluate(() => document.querySelector('#file').disabled), true);
    await page.evaluate(() => window.losingForTest.restoreContext());
    await page.waitFor(() => document.documentElement.dataset.stage === 'running');
    assert.equal(await page.evaluate(() => document.querySelector('#file').disabled), false);
    await playsTheFile(page);
  });

  scene('a saved story of the catalogue is the same run when it is opened', async (page) => {
    const story = new URL('../../assets/scenarios/lost-final-ack.json', import.meta.url);
    await start(page, `${fileAddress}#v=1&scenario=lost-final-ack`);
    await atStep(page, 1);
    const before = await page.text('#ladder-text');
    await page.upload('#file', onDisk('lost-final-ack (2).json', readFileSync(story)));
    await page.waitFor(() =>
      document.querySelector('#twin [data-node="previous"]').ariaDisabled === 'true');
    assert.deepEqual((await storiesOffered(page))[0], own(titleOf('lost-final-ack')));
    assert.equal(await page.text('#ladder-text'), before);
  });
}
