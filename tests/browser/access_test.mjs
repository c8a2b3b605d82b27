// The page for everyone: what axe-core finds (nothing), the page by keyboard alone, in forced
// colours, on paper, and the article's controls with and without a stage.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { captionBegins, fileAddress, noProblems, scenes } from './harness.mjs';
import { atRest, press, restAtStep, startWatched, storyShown } from './stage.mjs';
import { catalogue, titleOf } from './story.mjs';

const scene = scenes('chromium');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const windows = { wide: { width: 1280, height: 860 }, narrow: { width: 390, height: 844 } };

const withoutStage = () => { delete globalThis.WebAssembly; };

async function openWithoutStage(page) {
  await page.before(withoutStage);
  await page.open(fileAddress);
  await page.waitFor(() => document.documentElement.dataset.stage === 'unavailable');
}

async function axeFindsNothing(page) {
  await page.run(`(() => { ${axe} })()`);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => `${id} (${help}): ${target} ${html.slice(0, 120)}`));
  });
  assert.equal(found.length, 0, `axe-core finds\n  ${found.slice(0, 20).join('\n  ')}`);
}

for (const [name, size] of Object.entries(windows)) {
  for (const theme of ['light', 'dark']) {
    scene(`axe-core finds nothing in the ${name} page, ${theme}`, async (page) => {
      await page.viewport(size);
      await page.media({ 'prefers-color-scheme': theme });
      await startWatched(page, `${fileAddress}#v=1&step=10&scenario=lost-final-ack`);
      await restAtStep(page, 10);
      await axeFindsNothing(page);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      await axeFindsNothing(page);
      const inMenu = ['This run as text', 'Keyboard shortcuts'].map((name) => ['More', name]);
      for (const way of [['Story: Lost final ACK'], ['More'], ...inMenu]) {
        for (const name of way) await press(page, name);
        await page.waitFor(() => document.querySelectorAll('dialog[open]').length === 1);
        await axeFindsNothing(page);
        await page.press('Escape');
        await page.waitFor(() => !document.querySelector('dialog[open]'));
      }
    });

    scene(`axe-core finds nothing beside the static figure, ${name} and ${theme}`, async (page) => {
      await page.viewport(size);
      await page.media({ 'prefers-color-scheme': theme });
      await openWithoutStage(page);
      await axeFindsNothing(page);
    });
  }
}

/** Runs in the page: numbers what Tab must reach, and says what that is. */
function numberStops() {
  const stops = [...document.querySelectorAll(
    'a[href], button, select, input, textarea, summary, [tabindex]')].filter((element) =>
    element.tabIndex >= 0 && !element.disabled && !element.closest('[inert], dialog:not([open])') &&
    element.checkVisibility({ checkVisibilityCSS: true }));
  stops.forEach((element, i) => { element.dataset.stopForTest = i; });
  return stops.map((element) =>
    element.getAttribute('aria-label') ?? element.textContent.replace(/\s+/g, ' ').trim());
}

/** Runs in the page: which stop has the focus, and what a reader would miss about it. */
function describeFocus() {
  const now = document.activeElement;
  if (now === document.body) return null;
  const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(now);
  const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1.5 &&
    !/^rgba.*, 0\)$/.test(outlineColor);
  const { left, right, top, bottom } = now.getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
  const hit = document.elementFromPoint(x, y);
  return {
    stop: Number(now.dataset.stopForTest ?? -1),
    scroller: now.scrollWidth > now.clientWidth || now.scrollHeight > now.clientHeight,
    name: now.getAttribute('aria-label') ?? now.textContent.replace(/\s+/g, ' ').trim(),
    visible: outlined || boxShadow !== 'none',
    inView: right > 0 && left < innerWidth && bottom > 0 && top < innerHeight,
    covered: hit && !now.contains(hit) && !hit.contains(now) && now.id !== 'box'
      ? hit.outerHTML.slice(0, 80) : '',
  };
}

for (const [name, size] of Object.entries(windows)) {
  scene(`Tab visits everything once, and where it is can be seen, ${name}`, async (page) => {
    await page.viewport(size);
    await startWatched(page, `${fileAddress}#v=1&step=3`);
    await restAtStep(page, 3);
    const stops = await page.evaluate(numberStops);
    const visited = [];
    const faults = [];
    for (let i = 0; i < stops.length + 20; i += 1) {
      await page.press('Tab');
      const focus = await page.evaluate(describeFocus);
      if (!focus) break;
      if (focus.stop >= 0) visited.push(focus.stop);
      else if (!focus.scroller) faults.push(`"${focus.name}" was not there before`);
      if (!focus.visible) faults.push(`the focus on "${focus.name}" cannot be seen`);
      if (!focus.inView) faults.push(`"${focus.name}" is not scrolled into view`);
      if (focus.covered) faults.push(`"${focus.name}" is covered by ${focus.covered}`);
    }
    assert.deepEqual(visited.map((i) => stops[i]), stops, 'each once, in the order of the page');
    assert.deepEqual(faults, []);
    assert.match(await page.text('#caption'), /^Step 3 of 12 /, 'and nothing has happened by that');
  });
}

scene('a step of the article and a scenario are chosen by keyboard alone', async (page) => {
  await startWatched(page, fileAddress);
  await page.evaluate(() => document.querySelectorAll('#step-list button')[4].focus());
  await page.press('Enter');
  await restAtStep(page, 5);
  assert.ok(await page.evaluate(() => document.activeElement ===
    document.querySelectorAll('#step-list button')[4]), 'the focus stays in the article');
  await page.role('button', 'Story: Normal close').focus();
  for (const key of ['Enter', 'ArrowDown', 'Enter']) await page.press(key);
  await captionBegins(page, 'Step 1 of 9 ');
});

/** Runs in the page: texts whose colour is too near to what is behind them. */
function faintTexts() {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) =>
      (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const opaque = (colour) => (channels(colour)[3] ?? 1) > 0.99;
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (opaque(backgroundColor)) return backgroundColor;
    }
    return getComputedStyle(document.documentElement).colorScheme.includes('dark')
      ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)';
  };
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const said = node.textContent.trim().slice(0, 40);
    if (!said || element.closest('#twin, svg, script, style, noscript')) continue;
    if (!element.checkVisibility({ checkVisibilityCSS: true }) || element.disabled) continue;
    const [a, b] = [getComputedStyle(element).color, behind(element)].map(light)
      .sort((one, other) => other - one);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) faults.push(`${said}: ${contrast.toFixed(1)}`);
  }
  return [...new Set(faults)];
}

for (const theme of ['light', 'dark']) {
  scene(`forced colours keep every text and control visible, ${theme}`, async (page) => {
    await page.media({ 'forced-colors': 'active', 'prefers-color-scheme': theme });
    await startWatched(page, `${fileAddress}#v=1&step=6`);
    await restAtStep(page, 6);
    assert.equal(await page.evaluate(() => matchMedia('(forced-colors: active)').matches), true);
    assert.deepEqual(await page.evaluate(faintTexts), []);
    const painted = await page.evaluate(() =>
      [...document.querySelectorAll('#twin, #twin *')].filter((element) => {
        const { color, backgroundColor, opacity } = getComputedStyle(element);
        const paints = (colour) => !/^rgba.*, 0\)$/.test(colour);
        return opacity !== '0' && element.textContent.trim() && element.children.length === 0 &&
          (paints(color) || paints(backgroundColor)) && element.tagName !== 'OPTION';
      }).map((element) => element.textContent.trim()));
    assert.deepEqual(painted, [], 'no second text is painted over the picture');
    await openWithoutStage(page);
    assert.deepEqual(await page.evaluate(faintTexts), []);
  });
}

scene('prints the article with the ladder of the run as text, and no stage', async (page) => {
  await startWatched(page, `${fileAddress}#v=1&scenario=lost-final-ack&step=4`);
  await restAtStep(page, 4);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.media({}, 'print');
  const seen = await page.evaluate(() => {
    const visible = (selector) => {
      const element = document.querySelector(selector);
      const { width, height } = element.getBoundingClientRect();
      return element.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: true }) &&
        width > 0 && height > 0;
    };
    return ['h1', 'article h2', 'article p', '#ladder-text', '#box'].map(visible);
  });
  assert.deepEqual(seen, [true, true, true, true, false]);
  assert.match(await page.text('#ladder-text'), /CTL=FIN,ACK.* x /s, 'it is the run that is shown');
  assert.deepEqual(await page.evaluate(faintTexts), []);
});

scene('links to places in the article leave the stage as it is', async (page) => {
  await startWatched(page, `${fileAddress}#v=1&scenario=lost-final-ack&step=4`);
  await restAtStep(page, 4);
  const links = await page.evaluate(() =>
    [...document.querySelectorAll('main a[href^="#"]')].map((link) => link.getAttribute('href'))
      .filter((href) => !href.includes('=')));
  assert.ok(links.includes('#g-rcv-nxt'), `the glossary is linked to: ${links}`);
  for (const href of new Set(links)) {
    await page.evaluate((wanted) => {
      if (!document.getElementById(wanted.slice(1))) throw new Error(`${wanted} leads nowhere`);
      // A term opens its meaning in place; its address is for pages without script, and by hand.
      if (wanted.startsWith('#g-')) location.hash = wanted;
      else document.querySelector(`main a[href="${wanted}"]`).click();
    }, href);
    await page.waitFor((wanted) => location.hash === wanted, href);
    await atRest(page);
    assert.match(await page.text('#caption'), /^Step 4 of 16 /, `after ${href}`);
    assert.equal(await storyShown(page), titleOf('lost-final-ack'));
  }
  await page.evaluate(() => { location.hash = ''; });
  await page.waitFor(() => location.hash === '');
  await atRest(page);
  assert.match(await page.text('#caption'), /^Step 4 of 16 /, 'an empty address is none');
  assert.equal(await page.text('#notices'), '', 'and nobody complains of a bad address');
});

const controls = (page) => page.evaluate(() =>
  [...document.querySelectorAll('main [data-address]')].filter((e) => !e.closest('#stage'))
    .map(({ dataset, disabled, tagName }) => ({ address: dataset.address, disabled, tagName })));

scene('every control of the article takes the stage where it says', async (page) => {
  await startWatched(page, fileAddress);
  const all = await controls(page);
  const spoken = new Set(all.map(({ address }) =>
    new URLSearchParams(address).get('scenario')).filter(Boolean));
  assert.deepEqual([...spoken].sort(), [...catalogue].sort(),
    'the article has a control for each scenario');
  // The list of the steps comes first: another scenario replaces it. The others stay in their order.
  const ofList = all.filter(({ address }) => address.startsWith('step='));
  const ofText = all.filter(({ address }) => !address.startsWith('step='));
  assert.equal(ofList.length, 12);
  const sets = [['#step-list [data-address]', ofList],
    ['main [data-address]:not(#stage *, #step-list *)', ofText]];
  const each = sets.flatMap(([selector, list]) =>
    list.map(({ address }, i) => ({ selector, i, address })));
  for (const { selector, i, address } of each) {
    assert.equal(await page.evaluate((css, at) => {
      const control = document.querySelectorAll(css)[at];
      control.click();
      return control.dataset.address;
    }, selector, i), address);
    const wanted = new URLSearchParams(address);
    if (wanted.has('scenario')) {
      await page.role('button', `Story: ${titleOf(wanted.get('scenario'))}`).text();
    }
    if (wanted.has('step')) await captionBegins(page, `Step ${wanted.get('step')} of `);
  }
  assert.equal(await page.text('#notices'), '', 'no control says what the stage cannot do');
  await noProblems(page);
});

scene('the controls of the article are plain text while there is no stage', async (page) => {
  await openWithoutStage(page);
  const { able, adorned } = await page.evaluate(() => {
    const list = [...document.querySelectorAll('main [data-address]')];
    const clear = (colour) => /^rgba.*, 0\)$/.test(colour);
    return {
      able: list.filter((control) => !control.disabled).map((control) => control.textContent),
      adorned: list.filter((control) => {
        const style = getComputedStyle(control);
        const inherited = getComputedStyle(control.parentElement);
        const bordered = parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== 'none' &&
          !clear(style.borderTopColor);
        return bordered || !clear(style.backgroundColor) || style.color !== inherited.color ||
          style.textDecorationLine !== 'none' || style.cursor === 'pointer';
      }).map((control) => control.textContent),
    };
  });
  assert.deepEqual(able, [], 'none of them can be pressed');
  assert.deepEqual(adorned, [], 'none of them looks as if it could');
});

scene('no control of the article can be pressed while the stage is lost', async (page) => {
  await startWatched(page, fileAddress);
  const able = () => page.evaluate(() =>
    [...document.querySelectorAll('main [data-address]:not(:disabled)')].length);
  assert.ok(await able() > 0);
  await page.evaluate(() => {
    const context = document.querySelector('#stage canvas').getContext('webgl2');
    window.losingForTest = context.getExtension('WEBGL_lose_context');
    window.losingForTest.loseContext();
  });
  await page.waitFor(() => document.documentElement.dataset.stage === 'lost');
  assert.equal(await able(), 0, 'while it is lost');
  await page.evaluate(() => window.losingForTest.restoreContext());
  await page.waitFor(() => document.documentElement.dataset.stage === 'running');
  assert.ok(await able() > 0, 'once it is back');
});
