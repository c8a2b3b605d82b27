// Takes a WebAssembly module apart into streams that deflate packs better than the module; the page
// joins them again. web/page/code.js says which byte of a function goes into which stream. What
// stands before the functions and after them stays as it is.
//
// What the page can find out by itself is left out: the length of a function. And in place of the
// index of a local stands how many other locals have been used since it was: functions that do the
// same with other locals have the same bytes then. These numbers must be as short as LEB128 allows,
// because the page writes them so. All others keep their bytes, padded or not.

import {
  copyFunction, copyNumber, cursor, putNumber, streams, toFront,
} from '../web/page/code.js';
import { joinStreams } from '../web/page/join.js';

const codeSection = 10;
const beginning = Buffer.from('\0asm\x01\0\0\0');

const rankOf = (locals, index) => {
  const rank = locals.indexOf(index);
  toFront(locals, rank);
  return rank;
};

/** Copies the functions into `to` and returns where they begin and end in the module. */
function splitFunctions(module, to, complain) {
  const skipped = cursor([]);
  const skipNumber = () => copyNumber(module, skipped);
  const from = to.map(() => module);
  const unknown = (start, ...opcode) => {
    const name = opcode.map((number) => `0x${number.toString(16).padStart(2, '0')}`).join(' ');
    complain(`the packer does not know the opcode ${name}`, start);
  };
  const splitFunction = () => {
    const end = skipNumber() + module.at;
    copyFunction(from, to, rankOf, unknown);
    if (module.at !== end) complain(`a function ends, and should end at ${end}`);
  };

  let range;
  module.at = beginning.length;
  while (module.at < module.bytes.length) {
    const section = module.bytes[module.at++];
    const end = skipNumber() + module.at;
    if (end > module.bytes.length) complain('the section is longer than the module');
    if (section === codeSection) {
      let count = skipNumber();
      range = { start: module.at, end };
      for (; count > 0; count--) splitFunction();
      if (module.at !== end) complain(`the functions end, and should end at ${end}`);
    }
    module.at = end;
  }
  return range ?? { start: module.at, end: module.at };
}

/** The streams and the glue as the page expects them, to be deflated. */
function split(wasm, glue, module, complain) {
  if (!wasm.subarray(0, beginning.length).equals(beginning)) {
    complain('this is not a WebAssembly module of version 1');
  }
  const to = Array.from({ length: streams.before }, () => cursor([]));
  const { start, end } = splitFunctions(module, to, complain);
  const parts = to.map(({ bytes, at }) => Buffer.from(bytes.slice(0, at)));
  parts[streams.before] = wasm.subarray(0, start);
  parts[streams.after] = wasm.subarray(end);
  parts[streams.glue] = glue;
  const head = cursor([]);
  for (const { length } of parts) putNumber(length, head);
  return Buffer.concat([Buffer.from(head.bytes), ...parts]);
}

/** The payload before it is deflated. The page's own joiner has joined it; `refuse` throws. */
export function splitWasm(wasm, glue, refuse) {
  const module = cursor(wasm);
  const complain = (sentence, at = module.at) => refuse(`at byte ${at}: ${sentence}`);
  try {
    const payload = split(wasm, glue, module, complain);
    const joined = joinStreams(payload);
    const place = wasm.findIndex((byte, at) => byte !== joined.wasm[at]);
    if (place >= 0) complain('joined, it has another byte; is this number padded?', place);
    return payload;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return complain(error.message);
  }
}
