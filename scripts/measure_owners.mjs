// Who owns the bytes of the WebAssembly: each function belongs to the folder or the library that it
// was compiled from. The stage that is measured is linked without inlining (`owners` in
// web/CMakeLists.txt), because the bytes of an inlined function count for its caller.

import { copyNumber, cursor } from '../web/page/code.js';

const beginning = 8;
const codeSection = 10;
const dataSection = 11;

/** The bytes of each function that the module defines, in order, and of its data. */
function sizes(wasm) {
  const module = cursor(wasm);
  const number = () => copyNumber(module, cursor([]));
  const functions = [];
  let data = 0;
  module.at = beginning;
  while (module.at < wasm.length) {
    const section = wasm[module.at++];
    const length = number();
    const end = module.at + length;
    if (section === dataSection) data = length;
    if (section === codeSection) {
      for (let left = number(); left > 0; left -= 1) {
        const start = module.at;
        const body = number();
        module.at += body;
        functions.push(module.at - start);
      }
    }
    module.at = end;
  }
  return { functions, data };
}

/** `a\20b` of a symbol map is `a b`. */
const unescaped = (name) => name.replace(/\\([0-9a-f]{2})/g,
  (_, hex) => String.fromCharCode(parseInt(hex, 16)));

/** The folder of ours, or the library, that an object was compiled from. */
function ownerOf(object) {
  const library = object.match(/\/(imgui|sdl2)\.dir\//)?.[1];
  if (library) return { imgui: 'Dear ImGui', sdl2: 'SDL2' }[library];
  const [, layer, joined, source] = object.match(
    /^(\w+)\/CMakeFiles\/[^/]+\/(?:Unity\/unity_(.+)_cxx\.cxx|(.+))\.o$/) ?? [];
  if (joined) return `${layer}/${joined.replaceAll('-', '/')}`;
  return source ? [layer, ...source.split('/').slice(0, -1)].join('/') : object;
}

/** A template is compiled in many places: its owner is found by its name. */
function libraryOf(name) {
  if (/\bnlohmann::/.test(name)) return 'JSON for Modern C++';
  return /^(?:[\w ]+ )?(?:std::|operator |__cxa|__cxxabiv1)/.test(name) ? 'C++ library' : undefined;
}

/** Owner and bytes, the largest first. SYMBOLS is what nm says of the objects, a line each. */
export function owners(wasm, symbolMap, symbols) {
  const definedIn = new Map();
  for (const line of symbols.split('\n')) {
    const [, object, name] = line.match(/^(.*\.o): *\S* +[A-Za-z] (.*)$/) ?? [];
    if (object && !definedIn.has(name)) definedIn.set(name, ownerOf(object));
  }
  const { functions, data } = sizes(wasm);
  // The map has the imported functions, too; they come first.
  const names = symbolMap.trim().split('\n')
    .map((line) => unescaped(line.replace(/^\d+:/, '')))
    .slice(-functions.length);
  const bytes = new Map();
  functions.forEach((size, i) => {
    // Copies of a function have a number.
    const name = names[i].replace(/\.\d+$/, '');
    const owner = libraryOf(name) ?? definedIn.get(name) ?? 'C library';
    bytes.set(owner, (bytes.get(owner) ?? 0) + size);
  });
  const rest = wasm.length - data - functions.reduce((sum, size) => sum + size, 0);
  return [...[...bytes].sort((a, b) => b[1] - a[1]), ['data', data], ['the rest', rest]];
}
