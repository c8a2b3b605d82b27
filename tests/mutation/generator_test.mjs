// The mutants of small sources, one kind after the other; how they are written into one source; and
// that the list of equivalent ones cannot rot.
//   node generator_test.mjs   (node:test)

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { readEquivalents } from './equivalent.mjs';
import { codeOf } from './functions.mjs';
import { identified, shuffled } from './identity.mjs';
import { blamed, instrumented, overlapping } from './instrument.mjs';
import { kinds, mutantsOf } from './mutants.mjs';
import { errorsIn } from './program.mjs';
import { allMutants } from './rooms.mjs';
import { failuresOf, scoreOf } from './summary.mjs';
import { tokensOf } from './tokens.mjs';
import { outcomeOf } from './trial.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const project = path.join(here, '../..');

/** What the mutants of these statements make of them: "kind: text". */
function changes(statements, before = '') {
  const source = `${before}int f() { ${statements} }`;
  return mutantsOf(source).map(({ kind, cut, put }) => {
    const text = source.slice(0, cut[0]) + put + source.slice(cut[1]);
    return `${kind}: ${text.slice(before.length + 'int f() { '.length, -' }'.length)}`;
  });
}

const ofKind = (kind, ...some) => changes(...some)
  .filter((change) => change.startsWith(`${kind}: `))
  .map((change) => change.slice(kind.length + 2));

// --- The kinds -----------------------------------------------------------------------------------

test('a relation becomes its neighbour', () => {
  assert.deepEqual(changes('return a < b;'), ['relation: return a <= b;']);
  assert.deepEqual(changes('return a == b;'), ['relation: return a != b;']);
});

test('a template is no relation', () => {
  assert.deepEqual(changes('return std::get<Call>(what);'), []);
  assert.deepEqual(ofKind('number', 'return std::get<0>(what);'), []);
  assert.deepEqual(changes('std::map<int, Type<int>> map = g;'), []);
});

test('of a conjunction an operand goes, or it becomes a disjunction', () => {
  assert.deepEqual(changes('return a && b;').toSorted(), [
    'logic: return a || b;', 'operand: return  b;', 'operand: return a ;',
  ]);
});

test('a negation goes', () => {
  assert.deepEqual(ofKind('logic', 'return !a.b(c)[d]->e;'), ['return a.b(c)[d]->e;']);
  assert.deepEqual(ofKind('logic', 'return !is<T>(c) == d;'), ['return is<T>(c) == d;']);
});

test('a condition is always or never true', () => {
  assert.deepEqual(ofKind('condition', 'if (a) b(); c();'), [
    'if (true) b(); c();', 'if (false) b(); c();',
  ]);
  assert.deepEqual(ofKind('condition', 'while (a) b(); c();'), ['while (false) b(); c();']);
  assert.deepEqual(ofKind('condition', 'x = a ? b : c;'), [
    'x = true ? b : c;', 'x = false ? b : c;',
  ]);
  assert.deepEqual(ofKind('condition', 'if (const auto* a = b) c();'), []);
  assert.deepEqual(ofKind('condition', 'if constexpr (a) b();'), []);
});

test('arithmetic is turned round', () => {
  assert.deepEqual(ofKind('arithmetic', 'x += a + -b * *c;'), [
    'x -= a + -b * *c;', 'x += a - -b * *c;', 'x += a + -b / *c;',
  ]);
});

test('a constant becomes its neighbour', () => {
  assert.deepEqual(ofKind('number', "x = 1'200U + 0;"), [
    'x = 1201U + 0;', 'x = 1199U + 0;', "x = 1'200U + 1;",
  ]);
  assert.deepEqual(ofKind('number', 'x = 0x1f;'), ['x = 32;', 'x = 30;']);
  assert.deepEqual(ofKind('number', 'x = a.most;', 'constexpr int most = 3; '), []);
  assert.deepEqual(ofKind('number', 'x = n::most;', 'constexpr int most = 3; '), [
    'x = n::most + 1;', 'x = n::most - 1;',
  ]);
  assert.deepEqual(ofKind('boolean', 'x = true;'), ['x = false;']);
  assert.deepEqual(ofKind('enumerator', 'x = n::E::B;', 'enum class E : int { A, B }; '), [
    'x = n::E::A;',
  ]);
  assert.deepEqual(ofKind('text', 'x = "a"\n"b" + y;'), ['x = "" + y;']);
});

test('a call becomes its counterpart', () => {
  assert.deepEqual(ofKind('call', 'x = std::min<T>(a, b);'), ['x = std::max<T>(a, b);']);
  assert.deepEqual(ofKind('call', 'x = list.at(0).front();'), ['x = list.at(0).back();']);
});

test('a statement goes, but no declaration, no assert, and not the last return', () => {
  assert.deepEqual(ofKind('statement', 'a.b(); c = d; ++e; const T& f = g; T<U> h; assert(i);'), [
    ' c = d; ++e; const T& f = g; T<U> h; assert(i);',
    'a.b();  ++e; const T& f = g; T<U> h; assert(i);',
    'a.b(); c = d;  const T& f = g; T<U> h; assert(i);',
  ]);
  assert.deepEqual(ofKind('return', 'if (a) return; return b;'), ['if (a)  return b;']);
});

test('only what is done at run time is changed', () => {
  assert.deepEqual(mutantsOf('enum class E { A = 1 }; constexpr int x = 1 + 2; int y[3];'), []);
  assert.deepEqual(changes('switch (a) { case 1: case E::B: default: ; }'), []);
  assert.deepEqual(changes('if constexpr (a) { assert(false); return 1; }'), []);
  assert.deepEqual(changes('static constexpr int a = 1; static_assert(a < 2);'), []);
});

test('every kind has mutants in the engine', () => {
  const found = new Set(allMutants(project).map(({ kind }) => kind));
  assert.deepEqual(kinds.filter((kind) => !found.has(kind)), []);
  assert.deepEqual([...found].filter((kind) => !kinds.includes(kind)), []);
});

// --- Where code stands ---------------------------------------------------------------------------

test('functions are found in namespaces and classes, with their names', () => {
  const { statements } = codeOf(`
    namespace n { namespace {
    template <typename T> [[nodiscard]] T free(T a) { b(); return a; }
    struct S { void member() const { b(); } bool operator()(int) { b(); return a; } };
    } }
    S::S(int a) : b_(a), c_{a} { b(); }
    auto S::other(F f = {}) -> T& { b(); return a; }`);
  assert.deepEqual(statements.map((one) => one.in.name), [
    'free', 'S::member', 'S::operator()', 'S::S', 'S::other',
  ]);
});

test('the body of a lambda is code too, and read once', () => {
  assert.deepEqual(changes('return any([&](int a) -> bool { return a < b; }) < c;'), [
    'relation: return any([&](int a) -> bool { return a <= b; }) < c;',
    'relation: return any([&](int a) -> bool { return a < b; }) <= c;',
  ]);
  assert.deepEqual(changes('x[0] = y; auto [a, b] = z;').length, 2);
});

test('strings, comments and directives hold no code', () => {
  const source = '#define A \\\n  { b\na /* ( */ "(\\"" // {\n R"x())")x" \'(\' 1\'000';
  assert.deepEqual(tokensOf(source).map(({ text }) => text), [
    'a', '"(\\""', 'R"x())")x"', "'('", "1'000",
  ]);
  assert.throws(() => tokensOf('f(]'), /"\]" at 2 closes nothing/);
  assert.throws(() => tokensOf('f('), /"\(" is not closed/);
});

// --- Many mutants in one source ------------------------------------------------------------------

const numbered = (source) => mutantsOf(source)
  .map((mutant, index) => ({ ...mutant, number: index + 1 }));

test('each mutant stands behind its switch, beside the source as it was', () => {
  const source = 'void f() { g(a < b); }';
  const mutants = numbered(source);
  assert.deepEqual(mutants.map(({ kind }) => kind), ['statement', 'relation']);
  assert.equal(instrumented(source, mutants).text, 'void f() { { if (!mutation::on(1)) '
    + 'g((mutation::on(2) ? (a <= b) : (a < b))); } }');
});

test('where only truth counts, both sides of the switch are truth values', () => {
  const source = 'void f() { if (a) return; g(); }';
  const mutants = numbered(source).filter(({ put }) => put === 'true');
  const { text } = instrumented(source, mutants);
  assert.match(text, /if \(\(mutation::on\(\d\) \? !!\(true\) : !!\(a\)\)\)/);
});

test('spans that overlap cannot stand in one source', () => {
  const mutants = [[0, 4], [2, 6], [2, 4], [6, 8]].map((span) => ({ span }));
  assert.deepEqual(overlapping(mutants), [mutants[1]]);
});

test('an error is blamed on the mutant in whose text it is', () => {
  const source = 'void f() {\n  g(a + b + c);\n}';
  const mutants = numbered(source);
  const made = instrumented(source, mutants);
  const column = made.text.split('\n')[1].indexOf('a - b') + 3;
  assert.deepEqual(blamed(made, 2, column).map(({ put, cut }) => [put, cut[0]]), [['-', 17]]);
  assert.deepEqual(blamed(made, 1, 1), []);
});

test('of an error in a header, the notes say where it comes from', () => {
  const output = 'x.cpp:3:4: error: no\nlib.h:1:2: error: no\nx.cpp:5:6: note: instantiated here\n'
    + 'x.cpp:7:8:   required from here\nlib.h:1:2: error: no\n';
  assert.deepEqual(errorsIn(output, 'x.cpp'), [[[3, 4]], [[5, 6]], [[7, 8]]]);
});

// --- Names, order and summary --------------------------------------------------------------------

test('a mutant is called by what it changes, not by where it stands', () => {
  const ids = (source) => identified('a.cpp', source, mutantsOf(source)).map(({ id }) => id);
  const expected = ['a.cpp | f | a < b | a <= b'];
  assert.deepEqual(ids('bool f() { return a < b; }'), expected);
  assert.deepEqual(ids('\n// more\nbool f() { return a <\n    b; }'), expected);
  assert.deepEqual(ids('void f() { g(); h(); g(); }'), [
    'a.cpp | f | g(); | (removed)',
    'a.cpp | f | h(); | (removed)',
    'a.cpp | f | g(); | (removed) (2)',
  ]);
});

test('a return is called by what comes before it', () => {
  const source = 'void f() { a(); if (b) return; c(); }';
  const ids = identified('a.cpp', source, mutantsOf(source)).map(({ id }) => id);
  assert.ok(ids.includes('a.cpp | f | a(); if (b) return; | (removed)'), ids.join('\n'));
});

test('all mutants of the engine have different names', () => {
  const ids = allMutants(project).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.length > 3000, `${ids.length}`);
});

test('the seed decides the order, in which a new mutant disturbs no other', () => {
  const all = Array.from({ length: 50 }, (_, id) => ({ id: `m${id}` }));
  const order = (mutants, seed) => shuffled(mutants, seed).map(({ id }) => id);
  assert.deepEqual(order(all, '1'), order(all.toReversed(), '1'));
  assert.notDeepEqual(order(all, '1'), order(all, '2'));
  assert.deepEqual(order(all.slice(1), '1'), order(all, '1').filter((id) => id !== 'm0'));
});

test('how a run of the tests ends says how a mutant was noticed', () => {
  assert.equal(outcomeOf({ signal: 'SIGXCPU', output: '' }), 'timeout');
  assert.equal(outcomeOf({ signal: 'SIGSEGV', output: '' }), 'crash');
  assert.equal(outcomeOf({ signal: null, output: 'test case CRASHED: SIGABRT' }), 'crash');
  assert.equal(outcomeOf({ signal: null, output: 'ERROR: CHECK( a ) fails' }), 'assertion');
});

test('the score counts what a test could have noticed', () => {
  const results = [
    { outcome: 'assertion', equivalent: false },
    { outcome: 'timeout', equivalent: false },
    { outcome: 'survived', equivalent: true },
    { outcome: 'not reached', equivalent: false },
    { outcome: 'crash', equivalent: true },
  ];
  assert.equal(Math.round(scoreOf(results)), 67);
  assert.deepEqual(failuresOf(results), results.slice(3));
});

// --- The list of equivalent mutants --------------------------------------------------------------

test('the list says a mutant and its reason', () => {
  assert.deepEqual(readEquivalents('# For readers.\na | b\n  one\n  two\n\nc\n'), [
    { id: 'a | b', reason: 'one two' }, { id: 'c', reason: '' },
  ]);
  assert.throws(() => readEquivalents('  a reason\n'), /line 1: this reason belongs to no mutant/);
});

test('each mutant on the list is still made, stands there once, and has a reason', () => {
  const entries = readEquivalents(readFileSync(path.join(here, 'equivalent.txt'), 'utf8'));
  const made = new Set(allMutants(project).map(({ id }) => id));
  assert.deepEqual(entries.filter(({ id }) => !made.has(id)).map(({ id }) => id), []);
  assert.deepEqual(entries.filter(({ reason }) => reason === ''), []);
  assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
});
