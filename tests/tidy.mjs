// Runs clang-tidy on every source of ours that a build tree compiles, with the checks of
// .clang-tidy. A source that passed is remembered by a hash of all that the result depends on, so
// that a second run looks only at what has changed; a new tree, as in CI, gets all of it.
//
//   node tests/tidy.mjs CLANG-TIDY BUILD-TREE

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [tidy, tree] = process.argv.slice(2);
const passed = path.join(tree, 'tidy');
mkdirSync(passed, { recursive: true });

const isOurs = (file) => /^(core|web|tests)\//.test(path.relative(root, file));

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
].join();
const compiledFrom = dependencies();

/** The place where it is noted that a source has passed. */
function noteOf({ file, command, output }) {
  const files = (compiledFrom.get(output) ?? [file]).filter(isOurs).sort();
  const parts = [common, command, ...files.map((one) => `${one} ${digest(one)}`)];
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex');
  return path.join(passed, hash.slice(0, 32));
}

const sources = JSON.parse(readFileSync(path.join(tree, 'compile_commands.json'), 'utf8'))
  .filter(({ file }) => isOurs(file))
  .map((entry) => ({ file: entry.file, note: noteOf(entry) }));
if (sources.length < 50) throw new Error(`only ${sources.length} sources of ours are compiled`);
const waiting = sources.filter(({ note }) => !existsSync(note));

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
