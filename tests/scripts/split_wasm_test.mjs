// scripts/split_wasm.mjs and the page's join.js: every module comes back byte for byte, and what
// they do not know, or what is damaged, is refused. The modules are made here; the browser's own
// validation says that they are right.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

import { splitWasm } from '../../scripts/split_wasm.mjs';
import { copyNumber, cursor, streams } from '../../web/page/code.js';
import { joinStreams } from '../../web/page/join.js';

class Refused extends Error {}
const refuse = (sentence) => { throw new Refused(sentence); };
const glue = Buffer.from('var createStage = "✓";');
const split = (wasm) => splitWasm(wasm, glue, refuse);

function comesBack(wasm) {
  const joined = joinStreams(split(wasm));
  assert.deepEqual(Buffer.from(joined.wasm), wasm);
  assert.deepEqual(Buffer.from(joined.glue), glue);
}

const isRefused = (wasm, sentence) => {
  assert.throws(() => split(wasm), (error) => error instanceof Refused
    && /^at byte \d+: /.test(error.message) && sentence.test(error.message), `${sentence}`);
};

// A writer of modules. A number is written with at least `width` bytes.
const number = (value, width = 1) => {
  const last = value < 128 && width <= 1;
  return last ? [value] : [(value % 128) + 128, ...number(Math.floor(value / 128), width - 1)];
};
const sized = (bytes) => [...number(bytes.length), ...bytes];
const section = (id, bytes) => [id, ...sized(bytes)];
const list = (items) => [...number(items.length), ...items.flat()];
const text = (string) => sized([...Buffer.from(string)]);
const beginning = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const [i32, i64, f32, f64, funcref] = [0x7f, 0x7e, 0x7d, 0x7c, 0x70];
const end = 0x0b;

/** Every kind of section, and functions of these bodies: declarations of locals, then code. */
const moduleOf = (bodies, last = []) => Buffer.from([
  ...beginning,
  ...section(0, [...text('custom'), 1, 0x80, 3]),
  ...section(1, list([[0x60, 0, 0], [0x60, 2, i32, i32, 2, i32, i32]])),
  ...section(2, list([[...text('a'), ...text('f'), 0, 0]])),
  ...section(3, list(bodies.map(() => [0]))),
  ...section(4, list([[funcref, 0, 1]])),
  ...section(5, list([[0, 1]])),
  ...section(6, list([[i32, 1, 0x41, 0x80, 0x7f, end]])),
  ...section(7, list([[...text('g'), 0, 1]])),
  ...section(8, [1]),
  ...section(9, list([[0, 0x41, 0, end, 1, 0], [1, 0, 1, 0]])),
  ...section(12, [1]),
  ...section(10, list(bodies.map((body) => sized(body)))),
  ...section(11, list([[1, 3, 0x80, 0x0b, 0xff]])),
  ...last,
]);

const declared = list([[2, i32], [1, i64], [1, f32], [1, f64], [1, funcref]]);
const code = (...bytes) => [...declared, ...bytes.flat(), end];
const padded = (value) => number(value, 5);

test('a module without functions, and one with every kind of section', () => {
  comesBack(Buffer.from(beginning));
  comesBack(Buffer.from([...beginning, ...section(0, text('only a custom section'))]));
  comesBack(Buffer.from([...beginning, ...section(10, [0])]));
  const wasm = moduleOf([code(), code(), [0, end]], section(0, text('after the data')));
  assert.ok(WebAssembly.validate(wasm));
  comesBack(wasm);
});

// Instructions: an opcode and what belongs to it. After `any` every operand is there.
const [any, drop, done] = [[0x00], [0x1a], [end]];
const range = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
const each = (opcodes, after) => opcodes.flatMap((opcode) => [any, [opcode, ...after], drop]);

const classes = [
  ['nop, unreachable, return', [[0x01], [0x0f], [0x00]]],
  ['block, loop, if, else',
    [[0x02, 0x40], [0x03, 0x40], done, done, [0x41, 0], [0x04, 0x40], [0x05], done]],
  ['a block with a value', [[0x02, i32], [0x41, 0], done, drop]],
  ['a block with many values', [any, [0x02, 1], done, drop, drop]],
  ['a block with a padded type', [any, [0x03, 0x81, 0x80, 0], done, drop, drop]],
  ['br, br_if', [[0x02, 0x40], [0x41, 0], [0x0d, 0], [0x0c, ...padded(0)], done]],
  ['br_table without a list', [[0x02, 0x40], any, [0x0e, 0, 0], done]],
  ['br_table',
    [[0x02, 0x40], [0x02, 0x40], any, [0x0e, 3, 0, 1, ...padded(2), 1], done, done]],
  ['br_table, padded', [[0x02, 0x40], any, [0x0e, ...padded(2), 0, 0, 0], done]],
  ['br_table, long', [[0x02, 0x40], any, [0x0e, ...number(200), ...Array(201).fill(0)], done]],
  ['call', [[0x10, 0], [0x10, ...padded(1)]]],
  ['call_indirect', [any, [0x11, 0, 0], any, [0x11, ...padded(0), ...padded(0)]]],
  ['drop, select', [[0x41, 1], [0x41, 2], [0x41, 3], [0x1b], drop]],
  ['select with a type', [any, [0x1c, 1, funcref], drop, any, [0x1c, ...padded(1), i32], drop]],
  ['locals', [[0x20, 0], [0x21, 1], [0x20, 1], [0x22, 0], drop, [0x20, 3], [0x21, 3]]],
  ['globals', [[0x23, 0], [0x24, ...padded(0)]]],
  ['table.get, table.set', [[0x41, 0], [0x41, 0], [0x25, 0], [0x26, ...padded(0)]]],
  ['loads', each(range(0x28, 0x35), [0, 4])],
  ['stores', range(0x36, 0x3e).flatMap((opcode) => [any, [opcode, 0, ...number(70_000)]])],
  ['padded alignment and offset', [any, [0x28, ...padded(2), ...padded(8)], drop]],
  ['memory.size, memory.grow', [[0x3f, 0], [0x40, 0], drop]],
  ['i32.const', [[0], [0x7f], [0x80, 0x80, 0x80, 0x80, 0x78], [0xff, 0xff, 0xff, 0xff, 0x07],
    [0x80, 0x80, 0], [0xff, 0xff, 0x7f]].flatMap((value) => [[0x41, ...value], drop])],
  ['i64.const', [[end], [...Array(9).fill(0x80), 0x7f], [...Array(9).fill(0xff), 0],
    [...Array(9).fill(0x80), 0]].flatMap((value) => [[0x42, ...value], drop])],
  ['f32.const', [[0x43, end, 0x80, 0xff, 0xfd], drop, [0x43, 0, 0, 0xc0, 0x7f], drop]],
  ['f64.const', [[0x44, end, 0x0b, 0x80, 0x80, 0xff, 0xfd, 0xfe, 0x80], drop]],
  ['arithmetic', each(range(0x45, 0xc4), [])],
  ['references', [[0xd0, funcref], [0xd1], drop, [0xd2, 0], drop, [0xd2, ...padded(0)], drop]],
  ['conversions that saturate', range(0, 7).flatMap((op) => [any, [0xfc, op], drop])],
  ['memory.init, data.drop', [any, [0xfc, 8, 0, 0], [0xfc, ...padded(9), ...padded(0)]]],
  ['memory.copy, memory.fill', [any, [0xfc, 10, 0, 0], any, [0xfc, 11, 0]]],
  ['table.init, elem.drop', [any, [0xfc, 12, ...padded(1), 0], [0xfc, 13, 1]]],
  ['table.copy', [any, [0xfc, 14, 0, 0]]],
  ['table.grow, table.size, table.fill',
    [any, [0xfc, 15, 0], drop, [0xfc, 16, 0], drop, any, [0xfc, 17, 0]]],
];

/** Where a stream begins and ends in a payload. */
const placeOf = (payload, wanted) => {
  const head = cursor(payload);
  const lengths = Array.from({ length: streams.glue + 1 }, () => copyNumber(head, cursor([])));
  const start = lengths.slice(0, wanted).reduce((sum, length) => sum + length, head.at);
  return [start, start + lengths[wanted]];
};
const streamOf = (payload, wanted) => [...payload.subarray(...placeOf(payload, wanted))];

for (const [what, instructions] of classes) {
  test(what, () => {
    const bytes = instructions.flat();
    const wasm = moduleOf([code(bytes), code(0x01), code(bytes, bytes)]);
    assert.ok(WebAssembly.validate(wasm), 'the module of this test is valid');
    comesBack(wasm);
    // A module comes back, too, if a byte is taken for an opcode that is none.
    const opcodes = instructions.map(([opcode]) => opcode);
    assert.deepEqual(streamOf(split(wasm), streams.opcodes),
      [...opcodes, end, 0x01, end, ...opcodes, ...opcodes, end]);
  });
}

test('what the page writes may be twice as long as the payload', () => {
  const get = [0x20, ...number(40_000), ...drop];
  comesBack(moduleOf([
    [1, ...number(45_000), i32, ...Array(5000).fill(get).flat(), end],
    ...Array(5000).fill([0, end]),
  ]));
});

test('like stands next to like, and locals are counted from the last one used', () => {
  const one = [0x41, 9, 0x28, 2, 5, 0x21, 0, 0x20, 0, 0x22, 1, ...drop];
  const other = [0x41, 8, 0x28, 1, 6, 0x21, 1, 0x20, 1, 0x22, 0, ...drop];
  const payload = split(moduleOf([code(one), code(one, other)]));
  assert.deepEqual(streamOf(payload, streams.declarations), [...declared, ...declared]);
  assert.deepEqual(streamOf(payload, 0x41), [9, 9, 8]);
  assert.deepEqual(streamOf(payload, 0x28), [2, 2, 1]);
  assert.deepEqual(streamOf(payload, 256 + 0x28), [5, 5, 6]);
  assert.deepEqual(streamOf(payload, 0x21), [0, 0, 0]);
  assert.deepEqual(streamOf(payload, 0x20), [0, 0, 0]);
  assert.deepEqual(streamOf(payload, 0x22), [1, 1, 1]);
});

test('an opcode that is not known is refused, with its name and place', () => {
  const at = moduleOf([code()]).lastIndexOf(Buffer.from([end, 11])); // before the data
  const unknown = [
    ...range(0x06, 0x0a), ...range(0x12, 0x19), ...range(0x1d, 0x1f), 0x27, ...range(0xc5, 0xcf),
    ...range(0xd3, 0xfb), 0xfd, 0xfe, 0xff,
  ];
  for (const opcode of unknown) {
    const name = opcode.toString(16).padStart(2, '0');
    isRefused(moduleOf([code(opcode, 12, 0)]),
      new RegExp(`^at byte ${at}: the packer does not know the opcode 0x${name}$`));
  }
  isRefused(moduleOf([code(0xfc, 18, 0)]),
    new RegExp(`^at byte ${at}: the packer does not know the opcode 0xfc 0x12$`));
});

test('a length or a local that is padded is refused', () => {
  const one = (...body) => Buffer.from([...beginning, ...section(10, [1, ...body])]);
  comesBack(one(2, 0, end));
  isRefused(one(0x82, 0, 0, end), /^at byte 11: .* padded/);
  isRefused(moduleOf([code(0x20, 0x80, 0, drop)]), /padded/);
  isRefused(moduleOf([code(0x20, ...number(50_000), drop)]), /too many locals/);
});

test('a damaged module is refused', () => {
  const functions = (...bytes) => Buffer.from([...beginning, ...section(10, bytes)]);
  isRefused(Buffer.from([]), /not a WebAssembly module/);
  isRefused(Buffer.from([...beginning.slice(0, 4), 2, 0, 0, 0]), /not a WebAssembly module/);
  isRefused(Buffer.from([...beginning, 0, 5, 1]), /longer than the module/);
  isRefused(Buffer.from([...beginning, 0, ...number(2 ** 32 - 1)]), /longer than the module/);
  isRefused(functions(1, 3, 0, end, 0x01), /a function ends, and should end at 15/);
  isRefused(functions(1, 1, 0, end), /a function ends, and should end at 13/);
  isRefused(functions(1, 2, 0, end, 0x01), /the functions end, and should end at 15/);
  isRefused(functions(2, 2, 0, end), /too early/);
  isRefused(functions(1, 4, 0, 0x41, 0x80, 0x80), /too early/);
  isRefused(functions(1, 9, 0, 0x01), /too early/);
  isRefused(functions(1, 9, 0, 0x43, 1, 2), /too early/);
});

test('a module that is cut short is refused, unless it ends with a section', () => {
  const whole = moduleOf(classes.map(([, instructions]) => code(instructions.flat())));
  let refused = 0;
  for (let length = 0; length < whole.length; length++) {
    try {
      comesBack(whole.subarray(0, length));
    } catch (error) {
      assert.ok(error instanceof Refused, error);
      refused++;
    }
  }
  assert.equal(whole.length - refused, 13, 'the beginning, and each section but the last');
});

test('of a damaged payload the page is told, and does not wait for ever', () => {
  const whole = split(moduleOf(classes.map(([, instructions]) => code(instructions.flat()))));
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => joinStreams(whole.subarray(0, length)), RangeError, `cut at ${length}`);
  }
  assert.throws(() => joinStreams(Buffer.concat([whole, Buffer.from([0])])), RangeError);
  for (let place = 0; place < whole.length; place++) {
    for (const flip of [0x01, 0x80, 0xff]) {
      const changed = Buffer.from(whole);
      changed[place] ^= flip;
      try {
        joinStreams(changed); // what is left may be a module, too
      } catch (error) {
        assert.ok(error instanceof RangeError, `byte ${place}: ${error.stack}`);
      }
    }
  }
});

test('of streams that do not fit together the page is told', () => {
  const whole = split(moduleOf(classes.map(([, instructions]) => code(instructions.flat()))));
  const parts = Array.from({ length: streams.glue + 1 }, (_, stream) => streamOf(whole, stream));
  const joinedWith = (stream, bytes) => {
    const all = parts.map((part, at) => (at === stream ? bytes : part));
    const lengths = all.flatMap(({ length }) => number(length));
    return joinStreams(Uint8Array.from([...lengths, ...all.flat()]));
  };
  assert.deepEqual(Buffer.from(joinedWith(0, parts[0]).glue), glue);
  for (let stream = 0; stream < streams.before; stream++) {
    const name = `stream ${stream}`;
    assert.throws(() => joinedWith(stream, [...parts[stream], 0]), RangeError, name);
    if (parts[stream].length === 0) continue;
    assert.throws(() => joinedWith(stream, parts[stream].slice(0, -1)), RangeError, name);
  }
  const [, ...opcodes] = parts[streams.opcodes];
  assert.throws(() => joinedWith(streams.opcodes, [0xfd, ...opcodes]), RangeError);
});

const built = fileURLToPath(new URL('../../build/web/web/stage.wasm', import.meta.url));
test('the stage, where it is built, gets a tenth smaller', { skip: !existsSync(built) }, () => {
  const wasm = readFileSync(built);
  comesBack(wasm);
  const size = (bytes) => deflateRawSync(bytes, { level: 9 }).length;
  assert.ok(size(split(wasm)) < 0.9 * size(Buffer.concat([wasm, glue])));
});
