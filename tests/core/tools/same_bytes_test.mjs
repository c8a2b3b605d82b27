// The engine gives the same bytes wherever it runs: the native tool and the same tool built as
// WebAssembly print the same for every scenario. TEARDOWN_NATIVE and TEARDOWN_WASM name the two.
// Starting node takes far longer than a run: node is started a few times only, and the runs of the
// scenarios share a process.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { WasmTool } from './wasm_tool.mjs';

function given(variable) {
  const file = process.env[variable];
  if (!file || !existsSync(file)) {
    throw new Error(`${variable} must name an existing file, it is "${file ?? ''}"`);
  }
  return file;
}

const native = given('TEARDOWN_NATIVE');
const wasm = given('TEARDOWN_WASM');
const tool = new WasmTool(wasm);

function run(program, args, input) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input, encoding: 'latin1', maxBuffer: 64 * 1024 * 1024, // latin1: bytes, not characters
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** Both print the same, byte for byte, and say the same by their exit code. */
function same(args, input = '') {
  const expected = run(native, args, input);
  assert.deepEqual(tool.run(args, input), expected, `teardown ${args.join(' ')}`);
  return expected;
}

/** The same of WebAssembly that node has been started with, as people start it. */
function sameWhenStarted(args, input = '') {
  const expected = same(args, input);
  assert.deepEqual(run(process.execPath, [wasm, ...args], input), expected,
    `node teardown.js ${args.join(' ')}`);
  return expected;
}

const listing = run(native, ['list'], '');
assert.equal(listing.status, 0, 'teardown list');
const scenarios = listing.stdout.split('\n').map((line) => line.trim().split(/\s+/)[0])
  .filter((word) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(word));
assert.ok(scenarios.includes('normal-close'), `it lists its scenarios:\n${listing.stdout}`);

const dropOf = (fault) => JSON.stringify([{ at_ms: 0, fault: 'drop', segment: fault }]);
const editLists = {
  'no edit': '[]',
  'the first segment lost': dropOf({ number: 1 }),
  'the third segment lost': dropOf({ number: 3 }),
  'the Client\'s second ACK lost': dropOf({ from: 'client', has: 'ACK', nth: 2 }),
  'the Server closing too at once': '[{"at_ms":0,"side":"server","do":"close"}]',
  'data sent before the close': '[{"at_ms":0,"side":"server","do":"send","bytes":3000}]',
  'an edit that finds nothing': dropOf({ number: 99 }),
  'a copy, a delay and a forgery': JSON.stringify([
    { fault: 'duplicate', segment: { number: 1 }, after_ms: 40 },
    { fault: 'delay', segment: { number: 2 }, by_ms: 90 },
    { at_ms: 60, side: 'client', do: 'inject',
      segment: { flags: 'ACK', seq: 'rcv_nxt+rcv_wnd-1', ack: 'snd_una', len: 7 } },
  ]),
  'a crash, a reboot and a new connection': JSON.stringify([
    { at_ms: 70, side: 'server', do: 'crash' },
    { at_ms: 80, side: 'server', do: 'reboot' },
    { at_ms: 90, side: 'server', do: 'listen' },
    { at_ms: 100, side: 'client', do: 'abort' },
    { at_ms: 200, side: 'client', do: 'connect' },
  ]),
  'edits that are not a list': '{"fault":"drop"}',
};

test('both list the same scenarios', () => {
  sameWhenStarted(['list']);
});

for (const id of scenarios) {
  for (const format of ['json', 'figure']) {
    test(`both print the same ${format} of ${id}`, () => {
      const { status, stdout } = same(['run', id, '--format', format]);
      assert.equal(status, 0);
      assert.ok(stdout.length > 100, 'it prints something');
    });
  }
  for (const [what, edits] of Object.entries(editLists)) {
    test(`both print the same for ${id} with ${what}`, () => {
      const { status } = same(['run', id, '--edits', edits, '--format', 'json']);
      assert.equal(status === 0, edits.startsWith('['), `exit code ${status}`);
    });
  }
}

test('both print the same of a scenario when they are started', () => {
  const { status } = sameWhenStarted(['run', scenarios[0], '--format', 'json']);
  assert.equal(status, 0);
});

test('both complain alike of a scenario from standard input that is wrong', () => {
  const broken = JSON.stringify({
    format: 1, id: 'x', title: 'X', script: [{ at_ms: 0, side: 'cliant', do: 'close' }],
  });
  const { status } = sameWhenStarted(['run', '-', '--format', 'json'], broken);
  assert.equal(status, 1);
});

test('both complain alike of wrong arguments', () => {
  const { status } = sameWhenStarted(['run']);
  assert.equal(status, 2);
});
