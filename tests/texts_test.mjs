// The table of words against the sources. The compiler sees that every id in use exists; these
// tests see that every entry is used, and well formed.
//   node texts_test.mjs   (node:test)

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const table = JSON.parse(readFileSync(path.join(root, 'assets/text/en.json'), 'utf8'));

// As scripts/cmake/text.cmake names them.
const entriesOf = (object, prefix) => Object.entries(object).flatMap(([key, value]) => {
  const id = prefix + key;
  if (typeof value === 'string') return [{ id, forms: { other: value } }];
  return 'other' in value ? [{ id, forms: value }] : entriesOf(value, `${id}_`);
});
const entries = entriesOf(table, '');

const sources = (folder) => readdirSync(path.join(root, folder), { withFileTypes: true })
  .flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(name);
    return /\.([ch]pp|js)$/.test(name) ? [readFileSync(path.join(root, name), 'utf8')] : [];
  });

const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

test('every entry is used', () => {
  const used = new Set();
  for (const text of [...sources('core'), ...sources('web'), ...sources('tests/kernel')]) {
    for (const [, id] of text.matchAll(/\bText::(\w+)/g)) used.add(id);
    if (/\busing enum (core::)?Text;/.test(text)) {
      for (const [id] of text.matchAll(/\b[a-z]+_\w+\b/g)) used.add(id);
    }
    // The page's own script.
    for (const [, id] of text.matchAll(/\bwords\('(\w+)'/g)) used.add(`page_${id}`);
    for (const [, id] of text.matchAll(/\btitled::(\w+)/g)) {
      used.add(`${id}_title`).add(`${id}_text`);
    }
  }
  assert.ok(used.size > 200, 'the sources were found');
  assert.deepEqual(entries.map(({ id }) => id).filter((id) => !used.has(id)), []);
});

test('a place has a name, and a brace belongs to a place', () => {
  for (const { id, forms } of entries) {
    for (const text of Object.values(forms)) {
      assert.doesNotMatch(text.replaceAll(/\{[a-z_]+\}/g, ''), /[{}]/, id);
      assert.doesNotMatch(text, / $/m, id);
      // The tool's help is set in blocks of lines, with an empty line between two of them.
      if (!text.includes('\n')) assert.equal(text, text.trim(), id);
      assert.ok(text.length > 0, id);
    }
  }
});

test('plural forms have the same places, but for the number', () => {
  for (const { id, forms } of entries.filter((entry) => 'one' in entry.forms)) {
    assert.deepEqual(Object.keys(forms), ['one', 'other'], id);
    const [one, other] = [forms.one, forms.other]
      .map((text) => places(text).filter((name) => name !== 'n').sort());
    assert.deepEqual(one, other, id);
  }
});

test('no two ids are the same', () => {
  assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
});
