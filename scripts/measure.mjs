// node scripts/measure.mjs PAGE STAGE-FOLDER: prints the page's sizes as a table, with their
// budgets.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const [pagePath, stageFolder] = process.argv.slice(2);
const page = readFileSync(pagePath);
const wasm = readFileSync(join(stageFolder, 'stage.wasm'));
const glue = readFileSync(join(stageFolder, 'stage.js'));
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;

// What a browser could ask for: the page's policy must forbid all of it, and nothing may name any.
function requests(html) {
  const policy = html.match(/default-src 'none'[^"]*/)?.[0] ?? '';
  const closed = policy !== '' && !/connect-src|frame-src|font-src/.test(policy);
  const elements = html.match(/<(?:script|img|image|use|iframe|link|source|video|audio)\b[^>]*>/gi);
  const named = (elements ?? []).filter((tag) => /\s(?:src|href)=(?!["']?(?:data:|#))/i.test(tag));
  return closed ? named.length : NaN;
}

const rows = [
  ['index.html, raw', page.length, 400_000],
  ['index.html, gzip -9', gzip(page), 245_000],
  ['index.html, brotli', brotliCompressSync(page).length],
  ['  WebAssembly, raw', wasm.length],
  ['  WebAssembly, gzip -9', gzip(wasm)],
  ['  glue JavaScript, raw', glue.length],
  ['  glue JavaScript, gzip -9', gzip(glue)],
];

const number = (n) => n.toLocaleString('en').padStart(12);
const line = (name, value, budget, verdict) =>
  `${name.padEnd(28)}${value}${budget.padStart(13)}  ${verdict}`.trimEnd();

let exceeded = false;
const verdict = (value, budget) => {
  if (value <= budget) return 'within';
  exceeded = true;
  return 'OVER';
};

console.log(line('what', 'bytes'.padStart(12), 'budget', ''));
for (const [name, value, budget] of rows) {
  console.log(budget === undefined
    ? line(name, number(value), '', '')
    : line(name, number(value), number(budget), verdict(value, budget)));
}
const count = requests(page.toString('utf8'));
console.log(line('requests after the page', String(count).padStart(12), '0', verdict(count, 0)));
process.exitCode = exceeded ? 1 : 0;
