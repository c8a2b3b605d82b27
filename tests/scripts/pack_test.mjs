// scripts/pack.mjs and scripts/serve.mjs: the page that is made, and what is refused.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';

import { minifyCss } from '../../scripts/pack.mjs';
import { serve } from '../../scripts/serve.mjs';

const packPath = fileURLToPath(new URL('../../scripts/pack.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pack-'));
after(() => rmSync(folder, { recursive: true }));

const wasm = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 2, 3]);
const glue = 'var createStage = () => "✓";';
const shell = `<!doctype html>
<title>{{version}}</title>
{{policy}}
{{style}}
{{include part.html}}
{{notices}}
{{payload}}
{{script}}
`;

// Packs with the given files over the usual ones; null takes an argument's file away.
function pack(files = {}, more = []) {
  const all = {
    'shell.html': shell, 'part.html': '<p>Part {{version}}</p>\n', 'a.css': 'a { b: c; }\n',
    'a.js': 'const one = 1;', 'b.js': 'console.log(one);', 'notice.txt': 'You may <copy> & "use"',
    'stage.wasm': wasm, 'stage.js': `\n${glue}\n`, ...files,
  };
  mkdirSync(join(folder, 'out'), { recursive: true });
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  const result = spawnSync(process.execPath, [
    packPath, '--shell', 'shell.html', '--wasm', 'stage.wasm', '--glue', 'stage.js',
    '--style', 'a.css', '--script', 'a.js', '--script', 'b.js', '--notice', 'Library=notice.txt',
    '--version', '1.2.3', '--output', 'out/index.html', '--licenses', 'out/licenses.txt', ...more,
  ], { cwd: folder, encoding: 'utf8' });
  return { ...result, page: () => readFileSync(join(folder, 'out/index.html'), 'utf8') };
}

const refused = (files, sentence) => {
  const { status, stderr } = pack(files);
  assert.equal(status, 1);
  assert.match(stderr, sentence);
  assert.equal(stderr.trim().split('\n').filter((line) => !line.includes('zopfli')).length, 1);
};

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('every marker is replaced', () => {
  const { status, page, stderr } = pack();
  assert.equal(status, 0, stderr);
  assert.doesNotMatch(page(), /\{\{/);
  assert.match(page(), /<title>1\.2\.3<\/title>/);
  assert.match(page(), /<p>Part 1\.2\.3<\/p>/);
  assert.match(page(), /<style>a\{b: c\}<\/style>/);
  assert.match(page(), /<pre>Library\n=======\n\nYou may &lt;copy&gt; &amp; &quot;use&quot;/);
  assert.match(readFileSync(join(folder, 'out/licenses.txt'), 'utf8'), /You may <copy> & "use"/);
});

test('the payload holds length, WebAssembly and glue', () => {
  const base64 = pack().page()
    .match(/<script type="application\/octet-stream" id="payload">([^<]*)<\/script>/)[1];
  const bytes = inflateRawSync(Buffer.from(base64, 'base64'));
  const length = bytes.readUInt32LE(0);
  assert.deepEqual(bytes.subarray(4, 4 + length), wasm);
  assert.equal(bytes.subarray(4 + length).toString('utf8'), glue);
});

test('the policy has the hash of every style and script, and of the glue', () => {
  const inline = '<script>inline()</script>\n<style>p{}</style>\n';
  const page = pack({ 'part.html': inline }).page();
  const policy = page.match(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/)[1];
  const [, script] = page.match(/<script>(\(\(\)[^]*?)<\/script>/);
  assert.deepEqual(policy.split('; '), [
    "default-src 'none'",
    `script-src ${[glue, 'inline()', script].map(hash).join(' ')} 'wasm-unsafe-eval'`,
    `style-src ${['a{b: c}', 'p{}'].map(hash).join(' ')}`,
    'img-src data:', "base-uri 'none'", "form-action 'none'",
  ]);
});

test('the scripts share one function scope', () => {
  const [, script] = pack().page().match(/<script>(\(\(\)[^]*?)<\/script>/);
  assert.equal(
    script, "(() => {\n'use strict';\nconst one = 1;\nconsole.log(one);\n})();\n");
});

test('the same parts give the same page', () => {
  assert.equal(pack().page(), pack().page());
});

test('text that looks like a replacement pattern stays as it is', () => {
  assert.match(pack({ 'a.js': 'const one = "$& $1 $$";' }).page(), /"\$& \$1 \$\$"/);
});

test('an unknown marker is refused, with its place', () => {
  refused({ 'shell.html': `${shell}{{load}}\n` }, /shell\.html:9: unknown marker \{\{load\}\}/);
  refused({ 'shell.html': `${shell}<p>{{script}}</p>\n` }, /unknown marker \{\{script\}\}/);
  refused({ 'part.html': '<p>{{title}}</p>' }, /unknown marker \{\{title\}\}/);
});

test('a missing or repeated marker is refused', () => {
  refused({ 'shell.html': shell.replace('{{style}}\n', '') }, /marker \{\{style\}\} is missing/);
  refused({ 'shell.html': `${shell}{{payload}}\n` }, /\{\{payload\}\} stands here a second time/);
});

test('what the policy would block is refused', () => {
  refused({ 'part.html': '<p style="color: red">' }, /part\.html: a style attribute/);
  refused({ 'part.html': '<p\n onclick="x()">' }, /an event handler attribute/);
  refused({ 'part.html': '<img src="a.png">' }, /a reference to another file/);
  refused({ 'shell.html': `<link rel="icon" href="i.png">${shell}` }, /a link to another file/);
});

test('a reference to the page itself, or to data, is not refused', () => {
  const part = '<svg><use href="#a"/></svg><img src="data:,"><a href="https://example.org">x</a>';
  assert.equal(pack({ 'part.html': part }).status, 0);
});

test('a file that is not there is named', () => {
  refused({ 'shell.html': shell.replace('part.html', 'none.html') }, /none\.html: cannot be read/);
});

test('a script that would end its own element is refused', () => {
  refused({ 'a.js': 'const one = "</script>";' }, /contain <\/script/);
});

test('wrong arguments print the usage and exit with 2', () => {
  const { status, stderr } = pack({}, ['--nonsense']);
  assert.equal(status, 2);
  assert.match(stderr, /Usage: node scripts\/pack\.mjs/);
});

test('CSS loses what nobody needs, and nothing else', () => {
  const rows = [
    ['a { b : c ; }', 'a{b : c}'],
    ['/* x */ a > b , c {}', 'a>b,c{}'],
    ['a::before { content: "/* ; */  }" }', 'a::before{content: "/* ; */  }"}'],
    ['a :hover {}', 'a :hover{}'],
    ['a { width: calc(1px + 2px); }', 'a{width: calc(1px + 2px)}'],
    ['@media (width >= 1000px) { a { b: c; } }', '@media (width>= 1000px){a{b: c}}'],
  ];
  for (const [before, expected] of rows) assert.equal(minifyCss(before), expected);
});

test('the server gives files of its folder, and nothing else', async () => {
  writeFileSync(join(folder, 'out/index.html'), 'hello');
  writeFileSync(join(folder, 'secret'), 'secret');
  const server = await serve(join(folder, 'out'));
  try {
    const page = await fetch(server.url);
    assert.equal(await page.text(), 'hello');
    assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
    for (const path of ['none.html', '%2e%2e/secret', '..%2fsecret', '%00', '%']) {
      assert.equal((await fetch(server.url + path)).status, 404, path);
    }
    assert.equal((await fetch(server.url, { method: 'POST' })).status, 404);
    assert.match(await raw(server.url, 'GET /../secret HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 404/);
    assert.ok(server.requests.includes('/none.html'));
  } finally {
    await server.close();
  }
});

// A request exactly as written; fetch() would tidy the path.
function raw(url, text) {
  return new Promise((done, failed) => {
    let answer = '';
    connect(Number(new URL(url).port), '127.0.0.1')
      .on('data', (data) => { answer += data; })
      .on('end', () => done(answer))
      .on('error', failed)
      .end(text);
  });
}

test('a port that is taken is one sentence', async () => {
  const server = await serve(folder);
  try {
    const path = fileURLToPath(new URL('../../scripts/serve.mjs', import.meta.url));
    const { status, stderr } = spawnSync(
      process.execPath, [path, '--port', new URL(server.url).port, folder], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /^serve: port \d+ is in use; choose another, or none for a free one\.\n$/);
  } finally {
    await server.close();
  }
});
