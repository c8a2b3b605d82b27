// node mutate.mjs list | run, with --seed N --count N --only REGEX. `run` also wants --tree FOLDER,
// in which `unit_tests` has been built, --folder FOLDER for what is made, and --jobs N. With
// --tests GLOB only the test cases of source files that match are asked.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { readEquivalents } from './equivalent.mjs';
import { shuffled } from './identity.mjs';
import { inParallel } from './process.mjs';
import { Program } from './program.mjs';
import { allMutants } from './rooms.mjs';
import { failuresOf, scoreOf, table } from './summary.mjs';
import { Trial } from './trial.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const project = path.join(here, '../..');
const { values: options, positionals: [command] } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '400' },
    only: { type: 'string', default: '' },
    tree: { type: 'string' },
    folder: { type: 'string' },
    tests: { type: 'string', default: '*' },
    jobs: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const count = Number(options.count);
const jobs = Number(options.jobs);

/** All that `--only` leaves, in the order of the seed. */
function candidates() {
  const wanted = new RegExp(options.only);
  const some = allMutants(project).filter(({ id }) => wanted.test(id));
  if (some.length > 0) return shuffled(some, options.seed);
  console.error(`No mutant is called anything like "${options.only}".`);
  process.exit(2);
}

const byFile = (mutants) => {
  const files = new Map();
  for (const mutant of mutants) files.set(mutant.file, [...files.get(mutant.file) ?? [], mutant]);
  return [...files];
};

// The first `count` candidates that compile, numbered from 1.
async function chosen(program) {
  const all = candidates();
  all.forEach((mutant, index) => { mutant.number = index + 1; });
  const good = new Set();
  let taken = 0;
  while (taken < all.length && good.size < count) {
    taken = Math.min(all.length, taken + Math.ceil(1.1 * (count - good.size)));
    // All of a file compile together, so those that did are tried once more with the new ones.
    const known = all.slice(0, taken).filter((mutant) => good.has(mutant) || !mutant.tried);
    for (const mutant of known) mutant.tried = true;
    good.clear();
    await inParallel(jobs, byFile(known), async ([file, mutants]) => {
      for (const mutant of await program.compiling(file, mutants)) good.add(mutant);
    });
  }
  const compiling = all.slice(0, taken).filter((mutant) => good.has(mutant));
  return { mutants: compiling.slice(0, count), dropped: taken - good.size };
}

async function main() {
  const folder = path.resolve(options.folder);
  mkdirSync(folder, { recursive: true });
  const tree = path.resolve(options.tree);
  const program = new Program({ project: path.resolve(project), tree, folder, jobs });
  const { mutants, dropped } = await chosen(program);
  console.log(`${mutants.length} mutants by seed ${options.seed}; ${dropped} do not compile`);
  await program.link(byFile(mutants).map(([file]) => file));

  const sanitized = /^TEARDOWN_SANITIZE:BOOL=ON$/m
    .test(readFileSync(path.join(tree, 'CMakeCache.txt'), 'utf8'));
  const trial = new Trial({
    program: program.file, folder, jobs, sanitized, sources: options.tests,
  });
  await trial.explore();
  const list = readFileSync(path.join(here, 'equivalent.txt'), 'utf8');
  const equivalents = new Set(readEquivalents(list).map(({ id }) => id));

  let done = 0;
  const results = await inParallel(jobs, mutants, async (mutant) => {
    const begin = performance.now();
    const { outcome, by } = await trial.of(mutant);
    const { id, kind, room, number } = mutant;
    const seconds = (performance.now() - begin) / 1000;
    done += 1;
    const progress = `${done}/${mutants.length}`.padStart(9);
    console.log(`${progress} ${seconds.toFixed(1).padStart(6)} s  ${outcome.padEnd(12)}${id}`);
    return { number, id, kind, room, outcome, by, seconds, equivalent: equivalents.has(id) };
  });
  writeFileSync(path.join(folder, 'results.json'), JSON.stringify(results, null, 1));
  report(results);
}

function report(results) {
  console.log(`\n${table(results, ({ room }) => room, 'by room')}`);
  console.log(`\n${table(results, ({ kind }) => kind, 'by kind')}`);
  const failures = failuresOf(results);
  for (const { id, outcome, by } of failures) {
    console.log(`\n${outcome === 'survived' || outcome === 'not reached'
      ? outcome.toUpperCase() : `LISTED AS EQUIVALENT, but noticed by "${by}"`}\n  ${id}`);
  }
  console.log(`\nscore: ${scoreOf(results).toFixed(1)} % of ${results.length}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

switch (command) {
  case 'list':
    for (const { id } of candidates().slice(0, count)) console.log(id);
    break;
  case 'run': await main(); break;
  default:
    console.error('Usage: node mutate.mjs list | run');
    process.exitCode = 2;
}
