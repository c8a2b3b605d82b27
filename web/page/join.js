// Joins the streams that scripts/split_wasm.mjs has made of the WebAssembly; code.js says which
// there are. In front of them stand their lengths, as numbers.

import { copyFunction, copyNumber, cursor, putNumber, streams, toFront } from './code.js';

const damaged = () => {
  throw new RangeError('the streams do not fit together');
};

/** A cursor for each stream of the payload; their lengths are copied somewhere. */
const cursors = (payload, somewhere) => {
  const head = cursor(payload);
  const lengths = Array.from({ length: streams.glue + 1 }, () => copyNumber(head, somewhere));
  let end = head.at;
  const list = lengths.map((length) => cursor(payload.subarray(end, end += length)));
  if (end !== payload.length) damaged();
  return list;
};

/** The WebAssembly and its glue, as bytes. Throws if the payload is not as it was packed. */
export const joinStreams = (payload) => {
  // A function's length and the indices of its locals are all that may be longer than in the
  // payload. Twice the room is enough.
  const module = cursor(new Uint8Array(2 * payload.length));
  const from = cursors(payload, module);
  module.at = 0;
  const putAll = (bytes) => {
    module.bytes.set(bytes, module.at);
    module.at += bytes.length;
  };
  const to = from.map(() => module);

  putAll(from[streams.before].bytes);
  while (from[streams.opcodes].at < from[streams.opcodes].bytes.length) {
    const start = module.at;
    copyFunction(from, to, toFront, damaged);
    const body = module.bytes.slice(start, module.at);
    module.at = start;
    putNumber(body.length, module);
    putAll(body);
  }
  putAll(from[streams.after].bytes);
  if (from.slice(0, streams.before).some(({ at, bytes }) => at !== bytes.length)) damaged();
  return { wasm: module.bytes.subarray(0, module.at), glue: from[streams.glue].bytes };
};
