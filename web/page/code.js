// The code of a WebAssembly function, byte by byte: which bytes belong together, and which stream
// each goes into. The page (join.js) and the packer (scripts/split_wasm.mjs) both copy functions
// with this, so they cannot disagree.
//
// Deflate saves most where like stands next to like. So there is one stream for all opcodes, and
// for each opcode one for the first number after it and one for the others: the depths of br_if,
// the alignments of i32.load, its offsets, and so on.

/** The streams, in the order in which they stand in the payload. 0 to 511 are those of opcodes. */
export const streams = { declarations: 512, opcodes: 513, before: 514, after: 515, glue: 516 };
const laterNumbers = 256;

const mostLocals = 50_000; // browsers allow no more

const [block, ifElse, end, tableOfBranches, selectOfType] = [0x02, 0x04, 0x0b, 0x0e, 0x1c];
const [firstLocal, lastLocal, f32Const, f64Const, extended] = [0x20, 0x22, 0x43, 0x44, 0xfc];

/** How many numbers follow an opcode: WebAssembly 2.0 without vectors. Others are not known. */
const rows = [
  [0x00, 0x01, 0], // unreachable, nop
  [block, ifElse, 1], // with loop: the type
  [0x05, 0x05, 0], // else
  [end, end, 0],
  [0x0c, 0x0d, 1], // br, br_if: the depth
  [tableOfBranches, tableOfBranches, 1], // how many depths there are, and one more
  [0x0f, 0x0f, 0], // return
  [0x10, 0x10, 1], // call: the function
  [0x11, 0x11, 2], // call_indirect: type, table
  [0x1a, 0x1b, 0], // drop, select
  [selectOfType, selectOfType, 1], // how many types there are
  [firstLocal, lastLocal, 1],
  [0x23, 0x26, 1], // global.get and .set, table.get and .set
  [0x28, 0x3e, 2], // loads and stores: alignment, offset
  [0x3f, 0x42, 1], // memory.size, memory.grow, i32.const, i64.const
  [f32Const, f64Const, 0], // bytes, no numbers
  [0x45, 0xc4, 0], // arithmetic
  [0xd0, 0xd0, 1], // ref.null: the type
  [0xd1, 0xd1, 0], // ref.is_null
  [0xd2, 0xd2, 1], // ref.func
  [extended, extended, 1], // which operation
];
const numbersAfter = [];
for (const [first, last, count] of rows) {
  for (let opcode = first; opcode <= last; opcode++) numbersAfter[opcode] = count;
}

/** The same for what follows 0xFC: conversions, then memory.init to table.fill. */
const numbersAfterExtended = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

/** A place in bytes, to read from or to write to. */
export const cursor = (bytes) => ({ bytes, at: 0 });

const copyByte = (from, to) => {
  const byte = from.bytes[from.at++];
  if (byte === undefined) throw new RangeError('the bytes end too early');
  to.bytes[to.at++] = byte;
  return byte;
};

/**
 * Copies a number as it is and returns its value, of which 32 bits count. Numbers are LEB128: seven
 * bits in a byte, the lowest first; the high bit says that more follow.
 */
export const copyNumber = (from, to) => {
  let number = 0;
  let shift = 0;
  let byte;
  do {
    byte = copyByte(from, to);
    number |= (byte & 127) << shift;
    shift += 7;
  } while (byte & 128);
  return number >>> 0;
};

export const putNumber = (number, to) => {
  for (; number > 127; number >>>= 7) to.bytes[to.at++] = (number & 127) | 128;
  to.bytes[to.at++] = number;
};

const reach = (locals, last) => {
  if (last >= mostLocals) throw new RangeError('too many locals');
  for (let next = locals.length; next <= last; next++) locals.push(next);
};

/** Puts the local with this rank in front of the others, and returns its index. */
export const toFront = (locals, rank) => {
  const local = locals[rank];
  for (let i = rank; i > 0; i--) locals[i] = locals[i - 1];
  locals[0] = local;
  return local;
};

/**
 * Copies a function, from its declarations to its last `end`. `from` and `to` have a cursor for
 * each stream; on one side all are the same, the one of the module. There a local has its index, on
 * the other side its rank in the list of locals, the last one used first. `translate` is given the
 * list and one of the two and returns the other; `refuse` throws.
 */
export const copyFunction = (from, to, translate, refuse) => {
  const bytes = (count, stream) => {
    for (; count > 0; count--) copyByte(from[stream], to[stream]);
  };
  const numbers = (count, stream) => {
    for (; count > 0; count--) copyNumber(from[stream], to[stream]);
  };

  const { declarations, opcodes } = streams;
  const declared = copyNumber(from[declarations], to[declarations]);
  numbers(2 * declared, declarations); // each is a count and a type
  const locals = [];
  for (let depth = 1; depth > 0;) {
    const start = from[opcodes].at;
    const opcode = copyByte(from[opcodes], to[opcodes]);
    const count = numbersAfter[opcode] ?? refuse(start, opcode);
    if (opcode >= block && opcode <= ifElse) depth++;
    if (opcode === end) depth--;
    if (count === 0) {
      if (opcode === f32Const) bytes(4, opcode);
      if (opcode === f64Const) bytes(8, opcode);
      continue;
    }
    const target = to[opcode];
    const { at } = target;
    const first = copyNumber(from[opcode], target);
    const later = laterNumbers + opcode;
    if (opcode >= firstLocal && opcode <= lastLocal) {
      reach(locals, first);
      target.at = at;
      putNumber(translate(locals, first), target);
    } else if (count === 2) {
      numbers(1, later);
    } else if (opcode === tableOfBranches) {
      numbers(first + 1, later);
    } else if (opcode === selectOfType) {
      numbers(first, later);
    } else if (opcode === extended) {
      numbers(numbersAfterExtended[first] ?? refuse(start, opcode, first), later);
    }
  }
};
