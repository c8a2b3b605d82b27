// node scripts/measure.mjs [--sizes] PAGE BUILD-FOLDER: prints what the page weighs, how fast a run
// is computed, how fast all runs are gone through and how fast the page starts, as tables with
// budgets. With --sizes only what needs no browser.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { owners } from './measure_owners.mjs';

const { values: { sizes }, positionals: [pagePath, build] } = parseArgs({
  options: { sizes: { type: 'boolean' } },
  allowPositionals: true,
});
const built = (name) => readFileSync(join(build, 'web/web', name));
const page = readFileSync(pagePath);
const wasm = built('stage.wasm');
const glue = built('stage.js');
// By the program itself: node's zlib compresses 1 % better.
const gzip = (bytes) => execFileSync('gzip', ['-9'], { input: bytes, maxBuffer: 1 << 28 }).length;

// What a browser could ask for: the page's policy must forbid all of it, and nothing may name any.
function requests(html) {
  const policy = html.match(/default-src 'none'[^"]*/)?.[0] ?? '';
  const closed = policy !== '' && !/connect-src|frame-src|font-src/.test(policy);
  const elements = html.match(/<(?:script|img|image|use|iframe|link|source|video|audio)\b[^>]*>/gi);
  const named = (elements ?? []).filter((tag) => /\s(?:src|href)=(?!["']?(?:data:|#))/i.test(tag));
  return closed ? named.length : NaN;
}

const number = (n) => n.toLocaleString('en').padStart(12);
const line = (name, value, budget, verdict) =>
  `${name.padEnd(38)}${value}${budget.padStart(13)}  ${verdict}`.trimEnd();

let exceeded = false;
const verdict = (value, budget) => {
  if (value <= budget) return 'within';
  exceeded = true;
  return 'OVER';
};

function print(unit, rows) {
  console.log(line(`what, in ${unit}`, 'measured'.padStart(12), 'budget', ''));
  for (const [name, value, budget] of rows) {
    console.log(budget === undefined
      ? line(name, number(value), '', '')
      : line(name, number(value), number(budget), verdict(value, budget)));
  }
}

print('bytes', [
  ['index.html, raw', page.length, 315_000],
  ['index.html, gzip -9', gzip(page), 193_000],
  ['index.html, brotli', brotliCompressSync(page).length, 187_000],
  ['  WebAssembly, raw', wasm.length],
  ['  WebAssembly, gzip -9', gzip(wasm)],
  ['  glue JavaScript, raw', glue.length],
  ['  glue JavaScript, gzip -9', gzip(glue)],
]);
const count = requests(page.toString('utf8'));
console.log(line('requests after the page', String(count).padStart(12), '0', verdict(count, 0)));

console.log('To compare: the smallest pages with Dear ImGui that are public take 250,000 and\n'
  + '262,000 bytes gzip, without an article and an engine.\n');

const owned = built('owners.wasm');
print(`bytes of ${owned.length.toLocaleString('en')}, not inlined`, owners(owned,
  built('owners.js.symbols').toString(), built('owners.symbols').toString()));

/** The slowest scenario's median, and its name. */
function slowest(command, args) {
  const medians = execFileSync(command, args, { encoding: 'utf8' }).trim().split('\n')
    .map((text) => text.split('\t'));
  const [id, median] = medians.reduce((a, b) => (Number(a[1]) > Number(b[1]) ? a : b));
  return [id, Number(median)];
}
const [nativeId, native] = slowest(join(build, 'native/core/bench'), []);
const [webId, web] = slowest(process.execPath, [join(build, 'web/core/bench.js')]);
console.log('');
print('µs', [
  [`recomputing ${nativeId}`, native, 50],
  [`  in WebAssembly, ${webId}`, web, 200],
]);

/** What `teardown explore` says of the largest of its standard explorations. */
function exploring() {
  const began = performance.now();
  const said = execFileSync(join(build, 'native/core/teardown'), ['explore', '--octets', '1,1'],
    { encoding: 'utf8' });
  const took = performance.now() - began;
  const [transitions] = said.match(/[\d,]+(?= transitions, depth)/);
  const [megabytes] = said.match(/[\d,]+(?= MB)/);
  return {
    ns: Math.round(took * 1e6 / Number(transitions.replaceAll(',', ''))),
    ms: Math.round(took),
    megabytes: Number(megabytes.replaceAll(',', '')),
  };
}
const explored = exploring();
console.log('');
print('the unit named', [
  ['exploring: ns for each transition', explored.ns, 333],
  ['  ms, both ends sending an octet', explored.ms, 20_000],
  ['  MB, the graph', explored.megabytes, 2_048],
]);

if (!sizes) {
  const { measureStart } = await import('./measure_start.mjs');
  const { rows, remark } = await measureStart(page);
  console.log('');
  print('ms', rows);
  console.log(remark);
  const { measureFrames } = await import('./measure_frame.mjs');
  const { times, memory } = await measureFrames(pathToFileURL(pagePath).href);
  console.log('');
  print('µs of C++: a frame', times);
  console.log('');
  print('bytes', [['memory of the WebAssembly, at most', memory, 8 * 1024 * 1024]]);
}
process.exitCode = exceeded ? 1 : 0;
