// The list of breakages cannot rot: each one still finds its text in today's sources, exactly once.
// Whether a test notices it is what `scripts/mutate` shows; that takes minutes, this does not.
//   node patterns_test.mjs   (node:test)

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { broken, complaint, readMutations } from './mutations.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const project = path.join(here, '../..');
const list = readFileSync(path.join(here, 'mutations.txt'), 'utf8');
const mutations = readMutations(list);

test('there are at least forty breakages, most of them of the protocol itself', () => {
  assert.ok(mutations.length >= 40, `${mutations.length}`);
  const count = (file) => mutations.filter((mutation) => mutation.file === file).length;
  assert.ok(2 * count('core/tcp/tcb.cpp') > mutations.length);
  for (const file of ['core/sim/simulation.cpp', 'core/sim/network.cpp', 'core/sim/initial_state.cpp']) {
    assert.ok(count(file) > 0, file);
  }
});

test('each has a name of its own, and a file of the engine', () => {
  const names = mutations.map(({ name }) => name);
  assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), []);
  for (const { name, file } of mutations) {
    assert.ok(name.length <= 72, `"${name}" is too long for the table`);
    assert.match(file, /^core\/\w+\.[ch]pp$/, name);
    assert.ok(existsSync(path.join(project, file)), `${file} is not there`);
  }
});

test('each finds its text exactly once, and puts something else there', () => {
  for (const mutation of mutations) {
    const source = readFileSync(path.join(project, mutation.file), 'utf8');
    assert.equal(complaint(mutation, source), undefined, `${mutation.file}: "${mutation.name}"`);
    assert.notEqual(broken(mutation, source), source, mutation.name);
  }
});

test('no two do the same', () => {
  const results = mutations.map((mutation) => mutation.file
    + broken(mutation, readFileSync(path.join(project, mutation.file), 'utf8')));
  assert.equal(new Set(results).size, mutations.length);
});

test('an entry says its name, its text and what comes instead', () => {
  const entries = readMutations(
    '# For readers.\nfile a.cpp\n\none\n- a < b\n+ a <= b\n\ntwo\n- f();\n- g();\n\n',
  );
  assert.deepEqual(entries, [
    { name: 'one', file: 'a.cpp', find: 'a < b', replace: 'a <= b' },
    { name: 'two', file: 'a.cpp', find: 'f();\ng();', replace: '' },
  ]);
});

test('an entry that is not written so is refused, with its line', () => {
  assert.throws(() => readMutations('\nname\n- a\n'), /line 2: no file is named yet/);
  assert.throws(() => readMutations('file a.cpp\n\n- a\n'), /line 3: this text belongs to no name/);
  assert.throws(() => readMutations('file a.cpp\n\nname\n- a\nb\n'), /line 5: a name is one line/);
  assert.throws(() => readMutations('file a.cpp\n\nname\n+ a\n- b\n'), /line 5: "-" comes before/);
});

test('a text that is not there, or there twice, or not changed, is complained of', () => {
  const wrong = (find, replace, source) => complaint({ name: '', find, replace }, source);
  assert.equal(wrong('a < b', 'a <= b', 'if (a < b) f();'), undefined);
  assert.equal(wrong('a < b', 'a <= b', 'if (a > b) f();'), 'its text stands there 0 times');
  assert.equal(wrong('a < b', 'a <= b', 'a < b || a < b'), 'its text stands there 2 times');
  assert.equal(wrong('a < b', 'a  < b', 'if (a < b) f();'), 'it changes nothing');
  assert.equal(wrong('', 'a', 'a'), 'it looks for nothing');
  assert.throws(() => broken({ name: 'x', file: 'y', find: 'a', replace: 'b' }, ''), /"x": its te/);
});

test('white space of any length matches any other, and nothing else is special', () => {
  const change = (find, replace, source) => broken({ name: '', find, replace }, source);
  assert.equal(change('f(a); g();', 'h();', 'x f(a);\n    g(); y'), 'x h(); y');
  assert.equal(change('a.b', '$&', 'axb a.b'), 'axb $&');
});
