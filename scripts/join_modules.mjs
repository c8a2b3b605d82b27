// Joins ES modules into one script, because a page opened from a folder or in a sandboxed frame may
// not import any. Each module goes in once, after those that it imports, without its imports and
// exports; they all share one scope. What that would change is refused: a name that two modules
// declare, a renamed import, a cycle. So are imports and exports that nobody uses.
//
// Of an imported JSON file only those members go in that the importing module names (`text.page`).

import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

const imports =
  /^import (?:(?:\{([^}]*)\}|(\w+)) from )?'(\.[^']+)'( with \{ type: 'json' \})?;\n/gm;
const exported = /^export (?=(?:const|let|function|class) (\w+))/gm;

const uses = (text, name) => new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(text);

/** Names in comments are not uses. A comment begins a line or follows a space. */
const withoutComments = (text) =>
  text.replace(/\/\*[^]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

/** A module's imports, exports and body; `refuse` throws. */
function takeApart(text, refuse) {
  const module = { imports: [], exports: [] };
  module.body = text
    .replace(imports, (_, braces, table, target, json) => {
      if ((table !== undefined) !== (json !== undefined)) refuse(`"${target}": a default import`);
      const names = (braces ?? '').split(',').map((name) => name.trim()).filter(Boolean);
      module.imports.push({ target, table, names });
      return '';
    })
    .replace(exported, (_, name) => {
      module.exports.push(name);
      return '';
    });
  const left = module.body.match(/^(import|export)\b.*$/m);
  if (left) refuse(`"${left[0]}" cannot be joined`);
  const code = withoutComments(module.body);
  for (const name of module.imports.flatMap(({ names, table }) => table ?? names)) {
    if (!/^\w+$/.test(name)) refuse(`"${name}" is not a plain name`);
    if (!uses(code, name)) refuse(`imports ${name} and does not use it`);
  }
  return { ...module, code };
}

/** The members of a JSON file that a module names, as `table.member`. */
function pruned(json, table, code) {
  const named = new Set([...code.matchAll(new RegExp(`\\b${table}\\.(\\w+)`, 'g'))]
    .map(([, member]) => member));
  return Object.fromEntries(Object.entries(JSON.parse(json)).filter(([key]) => named.has(key)));
}

/**
 * Joins the module at `entry` and all that it imports. `read` gives a file's text, `refuse` throws.
 * Returns the script and, by name, what it took from JSON files.
 */
export function joinModules(entry, read, refuse) {
  const modules = new Map();
  const used = new Set();
  const data = {};
  const parts = [];
  const visit = (path, from) => {
    if (modules.get(path) === 'open') refuse(`${from}: imports ${path}, which imports it in turn`);
    if (modules.has(path)) return;
    modules.set(path, 'open');
    const complain = (sentence) => refuse(`${path}: ${sentence}`);
    const module = takeApart(read(path), complain);
    for (const { target, table, names } of module.imports) {
      const other = join(dirname(path), target);
      if (table) {
        data[table] = pruned(read(other), table, module.code);
        parts.push(`const ${table} = ${JSON.stringify(data[table])};\n`);
        continue;
      }
      visit(other, path);
      for (const name of names) {
        if (!modules.get(other).exports.includes(name)) {
          complain(`imports ${name}, which ${other} does not export`);
        }
        used.add(`${other} ${name}`);
      }
    }
    modules.set(path, module);
    parts.push(module.body);
  };
  visit(entry);
  for (const [path, module] of modules) {
    const idle = module.exports.find((name) => !used.has(`${path} ${name}`));
    if (idle) refuse(`${path}: exports ${idle}, which no module imports`);
  }
  const script = parts.join('\n');
  try {
    new Script(`(() => {'use strict';\n${script}\n})`);
  } catch (error) {
    refuse(`${entry}: the modules cannot be joined: ${error.message}`);
  }
  return { script, data, files: [...modules.keys()] };
}

/** Refuses an id given to words() that the table does not have, and an entry that is never used. */
export function checkWords(script, table, refuse) {
  const calls = [...withoutComments(script).matchAll(/(?<![\w$.])words\((?:'(\w+)')?/g)];
  const used = new Set();
  for (const [call, id] of calls) {
    if (id === undefined) refuse(`${call}…: the id must stand there as text`);
    if (!Object.hasOwn(table, id)) refuse(`words('${id}'): the table of words has no such entry`);
    used.add(id);
  }
  const idle = Object.keys(table).find((id) => !used.has(id));
  if (idle) refuse(`the table of words has "${idle}", which the page does not use`);
}
