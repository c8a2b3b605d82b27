// The page's own policy: nothing from outside, nothing that was not in the page when it was built,
// and nothing from the address becomes markup.

import assert from 'node:assert/strict';
import { captionBegins, fileAddress, noProblems, running, scenes, start } from './harness.mjs';
import { captionOf } from './story.mjs';

const scene = scenes('chromium');

const violation = (page, directive) => page.waitFor((wanted) =>
  window.violationsForTest.some((seen) => seen.startsWith(wanted)), directive);

async function openWatched(page, address) {
  await page.before(() => {
    window.violationsForTest = [];
    window.addEventListener('securitypolicyviolation', (event) =>
      window.violationsForTest.push(event.effectiveDirective));
  });
  await start(page, address);
}

scene('the policy allows hashed script and style, WebAssembly and data pictures only',
  async (page) => {
    await page.open(fileAddress);
    const policies = await page.evaluate(() =>
      [...document.querySelectorAll('meta[http-equiv="Content-Security-Policy" i]')]
        .map((meta) => ({ text: meta.content, inHead: meta.parentElement === document.head,
          scriptsBefore: [...document.querySelectorAll('script, style')].filter((element) =>
            element.compareDocumentPosition(meta) & Node.DOCUMENT_POSITION_FOLLOWING).length })));
    assert.equal(policies.length, 1, 'one policy');
    const [{ text, inHead, scriptsBefore }] = policies;
    assert.ok(inHead, 'it is in the head');
    assert.equal(scriptsBefore, 0, 'no script or style stands before it');
    const directives = new Map(text.split(';').map((part) => part.trim().split(/\s+/))
      .filter(([name]) => name).map(([name, ...sources]) => [name, sources]));
    assert.deepEqual(directives.get('default-src'), ['\'none\'']);
    const hash = /^'sha(256|384|512)-[A-Za-z0-9+/]+=*'$/;
    const allowed = {
      'default-src': /^'none'$/,
      'script-src': new RegExp(`${hash.source}|^'wasm-unsafe-eval'$`),
      'style-src': hash,
      'img-src': /^data:$/,
      'base-uri': /^'none'$/,
      'form-action': /^'none'$/,
    };
    for (const [name, sources] of directives) {
      assert.ok(allowed[name], `the policy has no need of ${name}`);
      for (const source of sources) assert.match(source, allowed[name], `${name} allows ${source}`);
    }
    for (const name of ['base-uri', 'form-action']) {
      assert.ok(directives.has(name), `default-src does not cover ${name}`);
    }
  });

scene('a script that is brought into the page does not run', async (page) => {
  await openWatched(page, fileAddress);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injectedForTest = true';
    document.head.append(script);
  });
  await violation(page, 'script-src');
  assert.equal(await page.evaluate(() => 'injectedForTest' in window), false);
});

scene('neither an event attribute nor text as code runs', async (page) => {
  await openWatched(page, fileAddress);
  await page.evaluate(() => {
    const button = document.createElement('button');
    button.setAttribute('onclick', 'window.injectedForTest = true');
    document.body.append(button);
    button.click();
  });
  await violation(page, 'script-src-attr');
  await page.evaluate(() => {
    window.violationsForTest.length = 0;
    setTimeout('window.injectedForTest = true');
  });
  await violation(page, 'script-src');
  assert.equal(await page.evaluate(() => 'injectedForTest' in window), false);
});

scene('nothing can be fetched, not even from where the page came from', async (page, server) => {
  await openWatched(page, server.page);
  server.requests.length = 0;
  await page.evaluate((origin) => {
    fetch(`${origin}/fetched`).catch(() => {});
    new Image().src = `${origin}/picture.png`;
    const add = (tag, attributes) =>
      document.head.append(Object.assign(document.createElement(tag), attributes));
    add('script', { src: `${origin}/script.js` });
    add('link', { rel: 'stylesheet', href: `${origin}/style.css` });
    add('iframe', { src: `${origin}/frame.html` });
  }, server.origin);
  for (const directive of ['connect-src', 'img-src', 'script-src', 'style-src', 'frame-src']) {
    await violation(page, directive);
  }
  assert.deepEqual(server.requests, [], 'no request reached the server');
});

const markup = '<img src=x onerror="window.injectedForTest=1"><b>bold</b>';
const hostile = {
  'a scenario': `#v=1&scenario=${encodeURIComponent(markup)}`,
  'a scenario, not encoded': `#v=1&scenario=${markup}`,
  'a step': `#v=1&step=${encodeURIComponent(markup)}`,
  'a theme': `#v=1&theme=${encodeURIComponent(markup)}`,
  'a key': `#v=1&${encodeURIComponent(markup)}`,
  'the version': `#v=${encodeURIComponent(markup)}`,
};

for (const [place, hash] of Object.entries(hostile)) {
  scene(`markup in the address, as ${place}, never becomes part of the page`, async (page) => {
    await openWatched(page, fileAddress + hash);
    await page.waitFor(() => document.querySelector('#notices').textContent.trim() !== '');
    const grown = await page.evaluate(() =>
      [...document.querySelectorAll('#stage :is(img, b), #notices :is(img, b), #live *')]
        .map((element) => element.outerHTML));
    assert.deepEqual(grown, []);
    assert.doesNotMatch(await page.text('#notices'), /&lt;/, 'escaped once too often');
    assert.deepEqual(await page.evaluate(() => window.violationsForTest), []);
    assert.equal(await page.evaluate(() => 'injectedForTest' in window), false);
  });
}

scene('a notice names an unknown key in the very characters of the address', async (page) => {
  await openWatched(page, `${fileAddress}#v=1&${encodeURIComponent('<b>key</b>')}=1`);
  await page.waitFor(() => document.querySelector('#notices').textContent.includes('<b>key</b>'));
});

for (const characters of [100_000, 1_000_000]) {
  scene(`an address of ${characters} characters gives a short notice`, async (page) => {
    await openWatched(page, `${fileAddress}#v=1&theme=${'a'.repeat(characters)}`);
    await page.waitFor(() => document.querySelector('#notices').textContent.trim() !== '');
    assert.ok((await page.text('#notices')).length < 300, 'what is too long is not repeated');
    await page.role('button', 'Step forward').click();
    await captionBegins(page, captionOf(2));
    await noProblems(page);
  });
}

scene('an address with a thousand unknown keys does not bury the page in notices', async (page) => {
  const keys = Array.from({ length: 1000 }, (_, number) => `key${number}=1`).join('&');
  await openWatched(page, `${fileAddress}#v=1&${keys}`);
  await page.waitFor(() => document.querySelector('#notices').textContent.includes('key0'));
  const count = await page.evaluate(() => document.querySelector('#notices').children.length);
  assert.ok(count <= 20, `${count} notices`);
});

scene('a hostile address does not stop the page', async (page) => {
  const nonsense = [
    '#%', '#%E0%A4%A', '#v=1&&&==&step', '#v=1&step=-1', '#v=1&step=1e9', '#v=1&step=3&step=4',
    '#v=1&__proto__=1', '#v=1&constructor=1', `#v=1&scenario=${'a'.repeat(100_000)}`,
    '#v=1&step=99999999999999999999', '#v=1&scenario=../secret', '#v=1&step=\u202E4',
  ];
  await openWatched(page, fileAddress);
  for (const hash of nonsense) {
    await page.evaluate((value) => { location.hash = value; }, hash);
    for (const step of [5, 2]) {
      await page.evaluate((number) => { location.hash = `#v=1&step=${number}`; }, step);
      await captionBegins(page, captionOf(step));
    }
  }
  await running(page);
  await noProblems(page);
});
