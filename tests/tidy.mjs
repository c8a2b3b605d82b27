// Runs clang-tidy on every source of the engine and of the page that a build tree compiles, with
// the checks of .clang-tidy. The sources of a folder are read as one: most of the time goes into
// the standard library's headers, which are then gone through once. What has passed is remembered
// by a hash of all that the result depends on, so that the next run looks only at folders with a
// change. It is remembered in TEARDOWN_CACHE, which scripts/test sets and all checkouts share, or
// else in the build tree.
//
// The tests are left out: they take longer than everything else. To look at them too, one by one:
//
//   node tests/tidy.mjs CLANG-TIDY BUILD-TREE [--tests]

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [tidy, folder, ...options] = process.argv.slice(2);
const tree = path.resolve(folder);
const lookedAt = options.includes('--tests') ? /^(core|web|tests)\// : /^(core|web)\//;
const passed = path.join(process.env.TEARDOWN_CACHE ?? tree, 'tidy');
const keptDays = 60; // a note that no run has asked for so long is thrown away
mkdirSync(passed, { recursive: true });

// Two checkouts of the same sources have the same notes, wherever they are.
const placed = (text) => text.replaceAll(tree, '<tree>')
  .replaceAll(path.resolve(root), '<root>');
const isOurs = (file) => /^(<tree>|<root>)/.test(placed(file));

/** The files that each object was compiled from, as ninja has recorded them. */
function dependencies() {
  const out = new Map();
  let files;
  for (const line of execFileSync('ninja', ['-C', tree, '-t', 'deps'],
    { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n')) {
    const object = line.match(/^(\S.*): #deps /)?.[1];
    if (object) out.set(object, files = []);
    else if (line.startsWith('    ')) files.push(path.resolve(tree, line.trim()));
  }
  return out;
}

const digests = new Map();
function digest(file) {
  if (!digests.has(file)) {
    digests.set(file, createHash('sha256').update(readFileSync(file)).digest('hex'));
  }
  return digests.get(file);
}

const common = [
  execFileSync(tidy, ['--version'], { encoding: 'utf8' }),
  digest(path.join(root, '.clang-tidy')),
  digest(path.join(root, 'tests/.clang-tidy')),
].join();
const compiledFrom = dependencies();

/** What a result depends on: the command, and each file of ours that was read. */
function inputs({ file, command }) {
  const included = compiledFrom.get(command.match(output)[1]);
  if (!included) throw new Error(`${file} is not built yet: first run ninja -C ${tree}`);
  const files = included.filter(isOurs).sort();
  return [placed(command), ...files.map((one) => `${placed(one)} ${digest(one)}`)];
}

/** The sources that are read as one: those of a folder, compiled with the same options. */
function grouped(sources) {
  const groups = new Map();
  for (const source of sources) {
    const { file, command } = source;
    const room = path.relative(root, path.dirname(file));
    const alone = room.startsWith('tests') ? file : '';
    const key = [room, alone, command.replace(output, ' ').replace(file, '')].join();
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(source);
  }
  // The longest first, so that none begins when the others are done.
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

/** What clang-tidy is told of a group: the file to read, and the command that compiles it. */
function compilation(group, index) {
  const [{ file, directory, command }] = group;
  if (group.length === 1) return { file, directory, command };
  const joined = path.join(tree, 'tidy', `${index}-${path.basename(path.dirname(file))}.cpp`);
  const meant = '// NOLINT(bugprone-suspicious-include)';
  writeFileSync(joined, group.map((one) => `#include "${one.file}" ${meant}\n`).join(''));
  return { file: joined, directory, command: command.replace(file, joined) };
}

function noteOf(group) {
  const parts = [common, ...group.flatMap(inputs)];
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex');
  return path.join(passed, hash.slice(0, 32));
}

const output = / -o (\S+) /;
const sources = JSON.parse(readFileSync(path.join(tree, 'compile_commands.json'), 'utf8'))
  .filter(({ file }) => lookedAt.test(path.relative(root, file)));
if (sources.length < 50) throw new Error(`only ${sources.length} sources of ours are compiled`);

const database = path.join(tree, 'tidy');
mkdirSync(database, { recursive: true });
const groups = grouped(sources)
  .map((group, index) => ({ compilation: compilation(group, index), note: noteOf(group) }));
writeFileSync(path.join(database, 'compile_commands.json'),
  JSON.stringify(groups.map((group) => group.compilation)));
const waiting = groups.filter(({ note }) => !existsSync(note));

const now = new Date();
for (const { note } of groups) if (existsSync(note)) utimesSync(note, now, now);
for (const note of readdirSync(passed).map((name) => path.join(passed, name))) {
  const last = statSync(note, { throwIfNoEntry: false })?.mtime ?? now;
  if (now - last > keptDays * 24 * 3600 * 1000) rmSync(note, { force: true });
}

let failed = 0;
async function worker() {
  for (let group = waiting.shift(); group; group = waiting.shift()) {
    const child = spawn(tidy, ['-p', database, '--quiet', group.compilation.file]);
    let said = '';
    child.stdout.on('data', (text) => { said += text; });
    child.stderr.resume(); // how many warnings of others it has left out
    const code = await new Promise((resolve) => { child.on('close', resolve); });
    if (code === 0) {
      writeFileSync(group.note, '');
    } else {
      failed += 1;
      process.stdout.write(said || `${tidy} ${group.compilation.file} ended with ${code}\n`);
    }
  }
}

const total = waiting.length;
const began = Date.now();
await Promise.all(Array.from({ length: availableParallelism() }, worker));
const seconds = Math.round((Date.now() - began) / 1000);
process.stdout.write(`${sources.length} sources in ${groups.length} groups, ${total} of them `
  + `analysed in ${seconds} s, ${failed} with warnings\n`);
process.exitCode = failed === 0 ? 0 : 1;
