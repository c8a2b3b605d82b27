// What the stage is made of: the payload in the page. scripts/pack.mjs says how it is made.

import { byId } from './dom.js';

/** What this browser lacks that the stage needs; nothing if it has everything. */
export const missingFeature = () => {
  if (typeof WebAssembly !== 'object') return 'WebAssembly';
  try {
    new DecompressionStream('deflate-raw');
  } catch {
    return 'DecompressionStream';
  }
  return document.createElement('canvas').getContext('webgl2') ? '' : 'WebGL 2';
};

/** Base64 to bytes; the quick way is new. */
const decode = (text) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
};

/** The WebAssembly as bytes, and its glue as a script. */
export const unpack = async () => {
  const packed = new Blob([decode(byId('payload').textContent.trim())]);
  const stream = packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const end = 4 + new DataView(bytes.buffer).getUint32(0, true);
  const glue = new TextDecoder().decode(bytes.subarray(end));
  return { wasmBinary: bytes.subarray(4, end), glue };
};
