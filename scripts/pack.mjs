// Makes the one file that the project ships, dist/index.html, out of the page's skeleton and its
// parts.
//
// The skeleton, shell.html, has markers, each alone on a line:
//   {{include PATH}}  the file's text, as it is
//   {{policy}}        a Content-Security-Policy with the hash of every style and script in the page
//   {{style}}         the --style files in one <style>
//   {{script}}        the --script module and all that it imports in one <script>
//   {{payload}}       WebAssembly and glue, deflated, as base64 in an element that is only data
//   {{notices}}       the licence notices of the libraries inside, in a <pre>
// and anywhere, in included text too:
//   {{version}}
//   {{figure NAME}}   a number of the --figures file, with a comma between groups of digits
// Any other marker is an error.
//
// The payload is one zlib stream, deflated with a checksum: the streams of the WebAssembly that
// split_wasm.mjs makes, and the glue's JavaScript. Base64 of deflated bytes costs a third less than
// letting the web server deflate base64, and works where there is no server at all.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { deflateSync } from 'node:zlib';
import { checkWords, joinModules } from './join_modules.mjs';
import { splitWasm } from './split_wasm.mjs';

const usage = `Usage: node scripts/pack.mjs --shell FILE --output FILE --version VERSION
         --wasm FILE --glue FILE --script FILE [--style FILE]… [--notice TITLE=FILE]…
         [--root DIR] [--minifier PROGRAM] [--licenses FILE] [--figures FILE]

Makes one self-contained page.
  --script FILE       the page's first module; what it imports goes in as well
  --root DIR          where the paths of {{include PATH}} begin (default: the shell's folder)
  --minifier PROGRAM  a Closure Compiler; without it scripts go in as they are
  --licenses FILE     also write the notices, as plain text, to FILE
  --figures FILE      numbers that the text names, as a JSON object
`;

class PackError extends Error {}

const fail = (message) => {
  throw new PackError(message);
};

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return fail(`${path}: cannot be read (${error.code})`);
  }
};

const escapeHtml = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

const sha256 = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

// Comments and needless white space go; strings stay as they are. Only what is safe without
// parsing: the space before a colon or around + and - can mean something.
export function minifyCss(css) {
  const tokens = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\/\*[^]*?\*\/|\s*([{};,>])\s*|\s+/g;
  const spaceless = css.replace(tokens, (whole, string, mark) => {
    if (string) return string;
    if (mark) return mark;
    return whole.startsWith('/*') ? '' : ' ';
  });
  return spaceless.replace(/;\}/g, '}').trim();
}

// One function scope, so that nothing of ours and nothing of the glue's can meet as a global.
export function wrapScript(source) {
  return `(() => {\n'use strict';\n${source}\n})();\n`;
}

/** The script as text: the modules joined, and their words held against the table. */
export function scriptOf(entry) {
  const { script, data, files } = joinModules(entry, read, fail);
  checkWords(script, data.text?.page ?? {}, fail);
  return { script, files };
}

function minifyScript(source, program) {
  if (!program) return source;
  const result = spawnSync(program, [
    '--compilation_level=SIMPLE', '--language_in=UNSTABLE', '--language_out=ECMASCRIPT_NEXT',
    '--warning_level=QUIET', '--emit_use_strict=false', '--charset=UTF-8',
  ], { input: source, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.error) fail(`${program}: ${result.error.message}`);
  if (result.status !== 0) fail(`the page's scripts cannot be minified:\n${result.stderr}`);
  return result.stdout.trim();
}

// zopfli finds a deflate stream some 5 % smaller than zlib's best, in a few seconds.
function deflate(bytes, scratch) {
  const input = `${scratch}.payload`;
  writeFileSync(input, bytes);
  const result = spawnSync('zopfli', ['--zlib', '--i30', '-c', input], { maxBuffer: 1 << 26 });
  if (result.status === 0) return result.stdout;
  process.stderr.write('pack: no zopfli here, zlib deflates instead (a page some 5 % larger)\n');
  return deflateSync(bytes, { level: 9 });
}

export function notices(list) {
  return list
    .map(({ title, text }) => `${title}\n${'='.repeat(title.length)}\n\n${text.trim()}\n`)
    .join('\n\n');
}

// What the policy would block only in the reader's browser is refused here.
function checkMarkup(name, text) {
  const markup = text.replace(/<(script|style)\b[^]*?<\/\1>/gi, '');
  const checks = [
    [/<[a-z][^<>]*\sstyle\s*=/i, 'a style attribute, which the policy blocks'],
    [/<[a-z][^<>]*\son[a-z]+\s*=/i, 'an event handler attribute, which the policy blocks'],
    [/<(?:script|img|iframe|source|image|use)\b[^<>]*\s(?:src|href)\s*=\s*(?!["']?(?:data:|#))/i,
      'a reference to another file: the page must make no request'],
    [/<link\b[^<>]*\shref\s*=\s*(?!["']?data:)/i,
      'a link to another file: the page must make no request'],
  ];
  for (const [pattern, sentence] of checks) {
    const found = markup.match(pattern);
    if (found) fail(`${name}: ${sentence}: ${found[0].replace(/\s+/g, ' ')}`);
  }
}

export function policyFor(html, alsoAllowed) {
  const hashes = { script: alsoAllowed.map(sha256), style: [] };
  const elements = html.matchAll(/<(script|style)\b([^>]*)>([^]*?)<\/\1>/gi);
  for (const [, tag, attributes, text] of elements) {
    const type = attributes.match(/\stype\s*=\s*["']?([^"'\s>]+)/i)?.[1] ?? '';
    const isData = tag === 'script' && type !== '' && !/javascript|^module$/i.test(type);
    if (!isData) hashes[tag.toLowerCase()].push(sha256(text));
  }
  const directives = [
    "default-src 'none'",
    `script-src ${hashes.script.join(' ')} 'wasm-unsafe-eval'`,
    `style-src ${hashes.style.join(' ') || "'none'"}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${directives.join('; ')}">`;
}

// `parts` gives the text of style, script, payload and notices; `include` reads a file by its path.
export function expand(shell, shellName, parts, include) {
  const seen = new Set();
  const lines = shell.split('\n').map((line, index) => {
    const marker = line.match(/^\s*\{\{(.+?)\}\}\s*$/)?.[1].trim();
    if (marker === undefined || marker === 'version') return line;
    const where = `${shellName}:${index + 1}`;
    if (marker.startsWith('include ')) {
      const path = marker.slice('include '.length).trim();
      const text = include(path);
      checkMarkup(path, text);
      return text.replace(/\n$/, '');
    }
    if (!['policy', 'style', 'script', 'payload', 'notices'].includes(marker)) {
      fail(`${where}: unknown marker {{${marker}}}`);
    }
    if (seen.has(marker)) fail(`${where}: {{${marker}}} stands here a second time`);
    seen.add(marker);
    return marker === 'policy' ? line : parts[marker];
  });
  for (const marker of ['policy', 'style', 'script', 'payload']) {
    if (!seen.has(marker)) fail(`${shellName}: the marker {{${marker}}} is missing`);
  }
  checkMarkup(shellName, shell);
  const page = lines.join('\n').replaceAll('{{version}}', parts.version)
    .replace(/\{\{figure (\w+)\}\}/g, (marker, name) => {
      const number = parts.figures[name] ?? fail(`${shellName}: there is no number for ${marker}`);
      return number.toLocaleString('en');
    });
  const withPolicy = page.replace(/^\s*\{\{policy\}\}\s*$/m, () => policyFor(page, parts.allowed));
  const left = withPolicy.match(/\{\{[^{}\n]*\}\}/);
  if (left) fail(`${shellName}: unknown marker ${left[0]}, or a known one not alone on its line`);
  return withPolicy;
}

// A reader never sees a half-written page: it gets its name when it is complete.
function writeWhole(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

function pack(options) {
  const glue = read(options.glue).trim();
  const styles = (options.style ?? []).map(read);
  const noticeText = notices((options.notice ?? []).map((notice) => {
    const [, title, path] = notice.match(/^([^=]+)=(.+)$/) ?? fail(`--notice ${notice}: no "="`);
    return { title, text: read(path) };
  }));
  const script = minifyScript(wrapScript(scriptOf(options.script).script), options.minifier);
  for (const [name, text] of [['scripts', script], ['styles', styles.join('')]]) {
    if (/<\/(script|style)/i.test(text)) fail(`the page's ${name} contain </script or </style`);
  }
  const payload = splitWasm(readFileSync(options.wasm), Buffer.from(glue), (sentence) =>
    fail(`${options.wasm}: ${sentence}`));
  const stream = deflate(payload, options.wasm);
  const root = options.root ?? dirname(options.shell);
  const page = expand(read(options.shell), options.shell, {
    version: options.version,
    style: `<style>${minifyCss(styles.join('\n'))}</style>`,
    script: `<script>${script}</script>`,
    payload: '<script type="application/octet-stream" id="payload">'
      + `${stream.toString('base64')}</script>`,
    figures: options.figures ? JSON.parse(read(options.figures)) : {},
    notices: `<pre>${escapeHtml(noticeText)}</pre>`,
    allowed: [glue],
  }, (path) => read(join(root, path)));
  writeWhole(options.output, page);
  if (options.licenses) writeWhole(options.licenses, noticeText);
  process.stdout.write(`pack: ${options.output}, ${Buffer.byteLength(page)} bytes\n`);
}

function main() {
  const one = { type: 'string' };
  const many = { type: 'string', multiple: true };
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        shell: one, output: one, version: one, wasm: one, glue: one, root: one, minifier: one,
        licenses: one, figures: one, script: one, style: many, notice: many,
        help: { type: 'boolean' },
      },
    }));
    if (!values.help) {
      for (const name of ['shell', 'output', 'version', 'wasm', 'glue', 'script']) {
        if (values[name] === undefined) throw new Error(`--${name} is missing`);
      }
    }
  } catch (error) {
    process.stderr.write(`pack: ${error.message}\n${usage}`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  try {
    pack(values);
    return 0;
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    process.stderr.write(`pack: ${error.message}\n`);
    return 1;
  }
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) process.exitCode = main();
