// The architecture's one rule, read from the includes: each room includes itself and the rooms that
// are named beside it here, and no other. Only the platform's seam touches SDL, GL, Emscripten or
// JavaScript.
//   node layers_test.mjs   (node:test)

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

const sources = (folder) => readdirSync(path.join(root, folder), { withFileTypes: true })
  .flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(name);
    return /\.(cpp|hpp|c|h)$/.test(name) ? [name] : [];
  });

const includes = (file) => [...readFileSync(path.join(root, file), 'utf8')
  .matchAll(/^\s*#\s*include\s+(<[^>]+>|"[^"]+")/gm)]
  .map(([, name]) => ({ name: name.slice(1, -1), ours: name.startsWith('"') }));

const screen = /^(imgui|SDL|GL|emscripten|misc\/freetype)/;

// A room of core may include those to its left, as core/README.md shows them.
const rooms = {
  base: [],
  tcp: ['base'],
  scenario: ['base', 'tcp'],
  sim: ['base', 'tcp', 'scenario'],
  narrate: ['base', 'tcp', 'scenario', 'sim'],
  output: ['base', 'tcp', 'scenario', 'sim', 'narrate'],
  explore: ['base', 'tcp', 'scenario', 'sim', 'output'],
  tools: ['base', 'tcp', 'scenario', 'sim', 'narrate', 'output', 'explore'],
};

const none = /^$/;
const layers = [
  ...Object.entries(rooms).map(([room, known]) => ({
    of: new RegExp(`^core/${room}/`),
    // The ids of the table of words are in a file that the build writes.
    ours: new RegExp(`^core/(${[room, ...known].join('|')})/|^text_ids[.]hpp$`),
    libraries: /^nlohmann\//,
  })),
  { of: /^web\/app\//, ours: /^(core|app)\//, libraries: none },
  {
    of: /^web\/ui\/kit\/(label_placement|theme)\./,
    ours: /^(core\/|ui\/kit\/(label_placement|theme)\.)/,
    libraries: none,
  },
  { of: /^web\/ui\/kit\//, ours: /^(core|app|ui\/kit)\//, libraries: /^imgui(_internal)?\.h$/ },
  {
    of: /^web\/ui\/ladder\//,
    ours: /^(core|app|ui\/kit|ui\/ladder)\//,
    libraries: /^imgui(_internal)?\.h$/,
  },
  { of: /^web\/ui\//, ours: /^(core|app|ui)\//, libraries: /^imgui(_internal)?\.h$/ },
  {
    of: /^web\/platform\/(stage|main)\./,
    ours: /^(core|app|ui|platform)\//,
    libraries: /^imgui\.h$/,
  },
  {
    of: /^web\/platform\/sdl_(driver|guest)\.c$/,
    ours: /^((events|render|video)\/)?SDL/,
    libraries: /./,
  },
  { of: /^web\/platform\//, ours: /^(core|app|ui|platform)\//, libraries: /./ },
];

const isLibrary = (name) => name.includes('/') || screen.test(name) || name.endsWith('.h');

test('each layer includes only itself and what lies to its left', () => {
  const files = [...sources('core'), ...sources('web')];
  assert.ok(files.length > 30, 'the sources were found');
  for (const file of files) {
    const layer = layers.find(({ of }) => of.test(file));
    assert.ok(layer, `${file} belongs to a layer`);
    for (const { name, ours } of includes(file)) {
      if (ours) {
        assert.match(name, layer.ours, `${file} includes "${name}"`);
      } else if (isLibrary(name)) {
        assert.match(name, layer.libraries, `${file} includes <${name}>`);
      }
    }
  }
});

test('only what reads and writes files knows the JSON library', () => {
  const users = sources('core')
    .filter((file) => includes(file).some(({ name }) => /nlohmann|json_read/.test(name)));
  assert.deepEqual(users.sort(), [
    'core/base/json_read.cpp', 'core/base/json_read.hpp', 'core/base/json_tree.cpp',
    'core/scenario/read_scenario.cpp', 'core/scenario/read_script.hpp',
    'core/scenario/read_words.hpp', 'core/scenario/write.cpp',
  ]);
});

test('core prints nothing, reads no clock and keeps no state; only the tools do I/O', () => {
  for (const file of sources('core').filter((name) => !name.startsWith('core/tools/'))) {
    const text = readFileSync(path.join(root, file), 'utf8');
    const outside = /\b(printf|puts|fopen|rand|time)\s*\(|std::c(out|err)|<chrono>/;
    assert.doesNotMatch(text, outside, file);
    const state = /^\s*(static|thread_local) (?!constexpr|const )[\w:<>, ]+ \w+( =|;)/m;
    assert.doesNotMatch(text, state, file);
  }
});

test('no colour and no pixel stands in a view outside the theme', () => {
  for (const file of sources('web/ui').filter((name) => !name.includes('theme'))) {
    const text = readFileSync(path.join(root, file), 'utf8');
    assert.doesNotMatch(text, /IM_COL32|0x[0-9a-f]{6}/i, file);
  }
});

const everyFile = (folder) => readdirSync(path.join(root, folder), { withFileTypes: true })
  .filter(({ name }) => name !== 'node_modules')
  .flatMap((entry) => (entry.isDirectory() ? everyFile(`${folder}/${entry.name}`)
    : [`${folder}/${entry.name}`]));

test('no file is long unless its head says why', () => {
  const files = ['core', 'web', 'tests', 'scripts'].flatMap(everyFile)
    .filter((name) => /\.([ch]pp|[ch]|m?js|sh)$/.test(name));
  assert.ok(files.length > 150, 'the files were found');
  for (const file of files) {
    const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
    const ofTcp = file.startsWith('core/tcp/');
    const reason = lines.slice(0, 20).some((line) => /^\/\/ Longer than 300 lines: ./.test(line));
    const long = lines.length - 1 > (ofTcp ? 350 : 300);
    assert.ok(!long || (reason && !ofTcp), `${file} has ${lines.length - 1} lines`);
  }
});
