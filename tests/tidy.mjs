// Runs clang-tidy on every source of the engine and of the page that a build tree compiles, with
// the checks of .clang-tidy. A source that passed is remembered by a hash of all that the result
// depends on, so that the next run looks only at what has changed. It is remembered in
// TEARDOWN_CACHE, which scripts/test sets and all checkouts share, or else in the build tree.
//
// The tests are left out: they take longer than everything else. To look at them too:
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
const [tidy, tree, ...options] = process.argv.slice(2);
const rooms = options.includes('--tests') ? /^(core|web|tests)\// : /^(core|web)\//;
const passed = path.join(process.env.TEARDOWN_CACHE ?? tree, 'tidy');
const keptDays = 60; // a note that no run has asked for so long is thrown away
mkdirSync(passed, { recursive: true });

// Two checkouts of the same sources have the same notes, wherever they are.
const placed = (text) => text.replaceAll(path.resolve(tree), '<tree>')
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

/** The place where it is noted that a source has passed, with all that it includes. */
function noteOf({ file, command }) {
  const included = compiledFrom.get(command.match(/ -o (\S+) /)[1]);
  if (!included) throw new Error(`${file} is not built yet: first run ninja -C ${tree}`);
  const files = included.filter(isOurs).sort();
  const parts = [common, placed(command), ...files.map((one) => `${placed(one)} ${digest(one)}`)];
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex');
  return path.join(passed, hash.slice(0, 32));
}

const sources = JSON.parse(readFileSync(path.join(tree, 'compile_commands.json'), 'utf8'))
  .filter(({ file }) => rooms.test(path.relative(root, file)))
  .map((entry) => ({ file: entry.file, note: noteOf(entry) }));
if (sources.length < 50) throw new Error(`only ${sources.length} sources of ours are compiled`);
const waiting = sources.filter(({ note }) => !existsSync(note));

const now = new Date();
for (const { note } of sources) if (existsSync(note)) utimesSync(note, now, now);
for (const note of readdirSync(passed).map((name) => path.join(passed, name))) {
  const last = statSync(note, { throwIfNoEntry: false })?.mtime ?? now;
  if (now - last > keptDays * 24 * 3600 * 1000) rmSync(note, { force: true });
}

let failed = 0;
async function worker() {
  for (let source = waiting.shift(); source; source = waiting.shift()) {
    const child = spawn(tidy, ['-p', tree, '--quiet', source.file]);
    let said = '';
    child.stdout.on('data', (text) => { said += text; });
    child.stderr.resume(); // how many warnings of others it has left out
    const code = await new Promise((resolve) => { child.on('close', resolve); });
    if (code === 0) {
      writeFileSync(source.note, '');
    } else {
      failed += 1;
      process.stdout.write(said || `${tidy} ${source.file} ended with ${code}\n`);
    }
  }
}

const total = waiting.length;
const began = Date.now();
await Promise.all(Array.from({ length: availableParallelism() }, worker));
const seconds = Math.round((Date.now() - began) / 1000);
process.stdout.write(`${sources.length} sources, ${total} of them analysed in ${seconds} s, `
  + `${failed} with warnings\n`);
process.exitCode = failed === 0 ? 0 : 1;
