// node mutate.mjs list | copy FOLDER | run FOLDER TREE JOBS, each with [--only REGEX]: breaks the
// engine in the small ways of mutations.txt, one after the other, and says which unit test notices
// each. Works in a copy of the sources, FOLDER, from which the build tree TREE was configured, and
// never in the sources themselves: whatever interrupts it, the next `copy` makes the copy whole.

import { spawnSync } from 'node:child_process';
import {
  mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { broken, readMutations } from './mutations.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const project = path.join(here, '../..');
const { values: { only }, positionals: [command, folder, tree, jobs] } = parseArgs({
  options: { only: { type: 'string', default: '' } },
  allowPositionals: true,
});

/** The breakages that are asked for. */
function chosen() {
  const all = readMutations(readFileSync(path.join(here, 'mutations.txt'), 'utf8'));
  const some = all.filter(({ name, file }) => new RegExp(only).test(`${file} ${name}`));
  if (some.length > 0) return some;
  console.error(`No breakage is called anything like "${only}".`);
  process.exit(2);
}

// --- The copy ------------------------------------------------------------------------------------

const notSources = new Set(['.git', 'build', 'dist', 'node_modules']);

function filesBelow(root, below = '') {
  return readdirSync(path.join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(below, entry.name);
    if (notSources.has(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(root, name) : [name];
  });
}

/** Makes the copy equal to the sources. What is the same already keeps its time of change. */
function copySources(to) {
  mkdirSync(to, { recursive: true });
  const wanted = new Set(filesBelow(project));
  for (const name of filesBelow(to)) {
    if (!wanted.has(name)) rmSync(path.join(to, name));
  }
  for (const name of wanted) {
    const source = path.join(project, name);
    const content = readFileSync(source);
    const copy = path.join(to, name);
    const known = statSync(copy, { throwIfNoEntry: false });
    if (known?.isFile() && readFileSync(copy).equals(content)) continue;
    mkdirSync(path.dirname(copy), { recursive: true });
    writeFileSync(copy, content, { mode: statSync(source).mode });
  }
}

// --- Building and testing ------------------------------------------------------------------------

const memory = 4_000_000; // kB; a breakage may ask for all there is
const shortest = 0.1; // seconds: tests that take longer are asked last

function build() {
  const { status, stdout } = spawnSync(
    'cmake', ['--build', tree, '--target', 'unit_tests', '--parallel', jobs],
    { encoding: 'utf8', maxBuffer: Infinity },
  );
  return { builds: status === 0, log: stdout };
}

/** Runs the unit tests up to the first assertion that fails: { failed, log }. */
function test(options, seconds) {
  const { error, status, stdout } = spawnSync(
    'sh', ['-c', `ulimit -v ${memory} 2>/dev/null; exec "$0" "$@"`,
      path.join(tree, 'tests/unit_tests'), '--abort-after=1', ...options],
    { encoding: 'utf8', maxBuffer: Infinity, timeout: 1000 * seconds, killSignal: 'SIGKILL' },
  );
  if (error?.code === 'ETIMEDOUT') return { failed: `no test: it runs for over ${seconds} s` };
  if (status === 0) return { log: stdout };
  // The test is named before what is wrong in it, and with durations all the others are too.
  const before = (stdout ?? '').split('ERROR: ', 1)[0];
  const names = [...before.matchAll(/^TEST CASE: {2}(.*)$/gm)];
  return { failed: names.at(-1)?.[1] ?? 'no test: it dies before the first one', log: stdout };
}

/** The quick tests, and the slow ones, which need only see what the quick ones miss. */
function measure() {
  const begin = performance.now();
  const { failed, log } = test(['--duration=true'], 600);
  if (failed !== undefined) {
    console.error(`The engine is red before anything is broken: ${failed}`);
    process.exit(1);
  }
  const all = (performance.now() - begin) / 1000;
  const slow = [...log.matchAll(/^([\d.]+) s: (.*)$/gm)]
    .filter(([, seconds]) => Number(seconds) > shortest);
  const slowly = slow.reduce((sum, [, seconds]) => sum + Number(seconds), 0);
  // Names are filters here, in which a comma would begin the next one.
  const names = slow.map(([, , name]) => name.replaceAll(',', '?')).join(',');
  // What takes ten times as long as it should, and some seconds, never ends.
  const limit = (seconds) => Math.ceil(10 * seconds) + 5;
  if (names === '') return [{ options: [], seconds: limit(all) }];
  return [
    { options: [`--test-case-exclude=${names}`], seconds: limit(all - slowly) },
    { options: [`--test-case=${names}`], seconds: limit(slowly) },
  ];
}

/** "caught by …" and the like for one breakage, whose text is in the copy. */
function verdict(tests) {
  const { builds, log } = build();
  if (!builds) {
    const error = log.match(/^.*error:.*$/m)?.[0] ?? 'the build fails';
    return { kind: 'unbuilt', words: `DOES NOT COMPILE  ${error}` };
  }
  for (const { options, seconds } of tests) {
    const { failed } = test(options, seconds);
    if (failed !== undefined) return { kind: 'caught', words: `caught by  ${failed}` };
  }
  return { kind: 'survived', words: 'SURVIVED' };
}

function run() {
  const mutations = chosen();
  const tests = measure();
  const count = { caught: 0, survived: 0, unbuilt: 0 };
  for (const [index, mutation] of mutations.entries()) {
    const place = path.join(folder, mutation.file);
    const whole = readFileSync(place, 'utf8');
    const number = `${index + 1}/${mutations.length}`.padStart(7);
    process.stdout.write(`${number}  ${mutation.name.padEnd(72)}  `);
    const begin = performance.now();
    writeFileSync(place, broken(mutation, whole));
    const { kind, words } = verdict(tests);
    writeFileSync(place, whole);
    const seconds = Math.round((performance.now() - begin) / 1000);
    console.log(`${String(seconds).padStart(3)} s  ${words}`);
    count[kind] += 1;
  }
  if (count.unbuilt > 0) console.log(`${count.unbuilt} did not compile, and say nothing`);
  console.log(`${count.caught} caught, ${count.survived} survived`);
  process.exitCode = count.caught === mutations.length ? 0 : 1;
}

switch (command) {
  case 'list':
    for (const { name, file } of chosen()) console.log(`${file.padEnd(22)}${name}`);
    break;
  case 'copy': copySources(folder); break;
  case 'run': run(); break;
  default:
    console.error('Usage: node mutate.mjs list | copy FOLDER | run FOLDER TREE JOBS');
    process.exitCode = 2;
}
