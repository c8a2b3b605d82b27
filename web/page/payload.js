// What the stage is made of: the payload in the page. scripts/pack.mjs says how it is made.

import { byId } from './dom.js';
import { joinStreams } from './join.js';
import { words } from './words.js';

/**
 * The WebGL 2 context of a canvas for the stage; nothing if there is none. Whoever asks first
 * decides what it is like. The figure is flat: no depth, no stencil; Dear ImGui smooths edges
 * itself.
 */
export const contextOf = (canvas) =>
  canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, stencil: false });

/** What this browser lacks that a stage on this canvas needs; nothing if it has everything. */
export const missingFeature = (canvas) => {
  if (typeof WebAssembly !== 'object') return 'WebAssembly';
  if (typeof DecompressionStream !== 'function') return 'DecompressionStream';
  return contextOf(canvas) ? '' : 'WebGL 2';
};

/** Base64 to bytes; the quick way is new. */
const decode = (text) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
};

/** The WebAssembly as bytes, and its glue as a script. Inflating checks that both are whole. */
export const unpack = async () => {
  try {
    const packed = new Blob([decode(byId('payload').textContent.trim())]);
    const stream = packed.stream().pipeThrough(new DecompressionStream('deflate'));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const { wasm, glue } = joinStreams(bytes);
    return { wasmBinary: wasm, glue: new TextDecoder().decode(glue) };
  } catch (error) {
    throw new Error(words('damaged'), { cause: error });
  }
};
