// scripts/pack.mjs with join_modules.mjs, and scripts/serve.mjs: the page that is made, and what is
// refused.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';

import { minifyCss, scriptOf } from '../../scripts/pack.mjs';
import { serve } from '../../scripts/serve.mjs';
import { joinStreams } from '../../web/page/join.js';

const packPath = fileURLToPath(new URL('../../scripts/pack.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pack-'));
after(() => rmSync(folder, { recursive: true }));

const wasm = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 10, 4, 1, 2, 0, 0x0b]);
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
    'page.js': "import { one } from './a.js';\nconsole.log(one);\n",
    'a.js': 'export const one = 1;\n', 'notice.txt': 'You may <copy> & "use"',
    'stage.wasm': wasm, 'stage.js': `\n${glue}\n`, ...files,
  };
  mkdirSync(join(folder, 'out'), { recursive: true });
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  const result = spawnSync(process.execPath, [
    packPath, '--shell', 'shell.html', '--wasm', 'stage.wasm', '--glue', 'stage.js',
    '--style', 'a.css', '--script', 'page.js', '--notice', 'Library=notice.txt',
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

test('a figure is filled in, with commas, and one that is not known is refused', () => {
  const files = { 'part.html': '<p>{{figure many}} and {{figure few}}</p>\n' };
  const figures = ['--figures', 'figures.json'];
  const { status, page, stderr } = pack({ ...files, 'figures.json': '{"many": 859194, "few": 8}' },
    figures);
  assert.equal(status, 0, stderr);
  assert.match(page(), /<p>859,194 and 8<\/p>/);
  const other = pack({ ...files, 'figures.json': '{"many": 859194}' }, figures);
  assert.equal(other.status, 1);
  assert.match(other.stderr, /there is no number for \{\{figure few\}\}/);
});

test('the payload holds WebAssembly and glue', () => {
  const base64 = pack().page()
    .match(/<script type="application\/octet-stream" id="payload">([^<]*)<\/script>/)[1];
  const joined = joinStreams(inflateSync(Buffer.from(base64, 'base64')));
  assert.deepEqual(Buffer.from(joined.wasm), wasm);
  assert.equal(Buffer.from(joined.glue).toString('utf8'), glue);
});

test('WebAssembly that cannot be taken apart is refused, with the place', () => {
  const vector = Buffer.from(wasm);
  vector[13] = 0xfd;
  refused({ 'stage.wasm': vector },
    /stage\.wasm: at byte 13: the packer does not know the opcode 0xfd/);
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

/** The script of a page that is made of these files, without the function around it. */
const joined = (files) => {
  const { status, page, stderr } = pack(files);
  assert.equal(status, 0, stderr);
  const [, script] = page().match(/<script>\(\(\) => \{\n'use strict';\n([^]*?)\}\)\(\);\n</);
  return script.split('\n').filter(Boolean);
};

test('the modules share one function scope, each once, after what it imports', () => {
  assert.deepEqual(joined({}), ['const one = 1;', 'console.log(one);']);
  assert.deepEqual(joined({
    'page.js': "// Head.\nimport './a.js';\nimport {\n  two,\n  three,\n} from './b.js';\n"
      + 'console.log(two, three);\n',
    'a.js': "import { two } from './b.js';\nconsole.log(two);\n",
    'b.js': 'export const two = 2;\nexport function three() {}\n',
  }), [
    'const two = 2;', 'function three() {}', 'console.log(two);', '// Head.',
    'console.log(two, three);',
  ]);
});

test('of a JSON file those members go in that are named', () => {
  const table = {
    'page.js': "import { words } from './a.js';\nwords('hello');\nwords('bye', {});\n",
    'a.js': "import text from './en.json' with { type: 'json' };\n"
      + 'export const words = (id) => text.page[id];\n',
    'en.json': '{ "page": { "hello": "Hello", "bye": "Bye" }, "tool": { "help": "Help" } }',
  };
  const [first] = joined(table);
  assert.equal(first, 'const text = {"page":{"hello":"Hello","bye":"Bye"}};');
  const less = { ...table, 'en.json': '{ "page": { "hello": "Hello" } }' };
  refused(less, /words\('bye'\): the table of words has no such entry/);
  const more = { ...table, 'page.js': table['page.js'].replace("words('bye', {})", '// bye') };
  refused(more, /the table of words has "bye", which the page does not use/);
  const hidden = { ...table, 'page.js': table['page.js'].replace("'bye'", 'bye') };
  refused(hidden, /words\(…: the id must stand there as text/);
});

const badModules = [
  ['a cycle', { 'a.js': "import './page.js';\n" },
    /a\.js: imports page\.js, which imports it in turn/],
  ['a name that two modules declare', {
    'page.js': "import { one } from './a.js';\nconst two = one;\n",
    'a.js': 'export const one = 1;\nconst two = 2;\n',
  }, /page\.js: the modules cannot be joined: Identifier 'two' has already been declared/],
  ['a name that is not exported', { 'a.js': 'const one = 1;\n' },
    /page\.js: imports one, which a\.js does not export/],
  ['an import that is not used', { 'page.js': "import { one } from './a.js';\n// one\n" },
    /page\.js: imports one and does not use it/],
  ['an export that is not used', { 'a.js': 'export const one = 1;\nexport const two = 2;\n' },
    /a\.js: exports two, which no module imports/],
  ['a renamed import', { 'page.js': "import { one as two } from './a.js';\nconsole.log(two);\n" },
    /page\.js: "one as two" is not a plain name/],
  ['a default import', { 'page.js': "import one from './a.js';\nconsole.log(one);\n" },
    /page\.js: "\.\/a\.js": a default import/],
  ['an export list', { 'a.js': 'const one = 1;\nexport { one };\n' },
    /a\.js: "export \{ one \};" cannot be joined/],
  ['a module that is not there', { 'page.js': "import './none.js';\n" },
    /none\.js: cannot be read/],
];

for (const [what, files, sentence] of badModules) {
  test(`${what} is refused`, () => refused(files, sentence));
}

test('every module of the page is part of it, and every word of the page is used', () => {
  const modules = fileURLToPath(new URL('../../web/page/', import.meta.url));
  const { files } = scriptOf(join(modules, 'page.js'));
  const there = readdirSync(modules).filter((name) => name.endsWith('.js'));
  assert.deepEqual(files.sort(), there.map((name) => join(modules, name)).sort());
});

test('the same parts give the same page', () => {
  assert.equal(pack().page(), pack().page());
});

test('text that looks like a replacement pattern stays as it is', () => {
  assert.match(pack({ 'a.js': 'export const one = "$& $1 $$";' }).page(), /"\$& \$1 \$\$"/);
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
  refused({ 'a.js': 'export const one = "</script>";' }, /contain <\/script/);
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
