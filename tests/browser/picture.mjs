// A screenshot as pixels: a small decoder for the PNG files that browsers make (eight bits a
// channel, not interlaced), and the few questions the tests ask of a picture.

import { inflateSync } from 'node:zlib';

export function decodePng(bytes) {
  const buffer = Buffer.from(bytes);
  const compressed = [];
  let header;
  for (let at = 8; at < buffer.length;) {
    const length = buffer.readUInt32BE(at);
    const type = buffer.toString('latin1', at + 4, at + 8);
    const data = buffer.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = data;
    if (type === 'IDAT') compressed.push(data);
    at += length + 12;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[header[9]];
  if (header[8] !== 8 || !channels || header[12] !== 0) throw new Error('another kind of PNG');
  const data = unfilter(inflateSync(Buffer.concat(compressed)), width * channels, height, channels);
  return new Picture(data, width, height, channels);
}

/** Undoes the prediction of each byte from the ones to its left and above. */
function unfilter(raw, stride, height, channels) {
  const out = Buffer.alloc(stride * height);
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const predict = predictions[raw[y * (stride + 1)]];
    const line = raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    const here = out.subarray(y * stride, (y + 1) * stride);
    for (let i = 0; i < stride; i += 1) {
      const first = i < channels;
      here[i] = line[i] +
        predict(first ? 0 : here[i - channels], above[i], first ? 0 : above[i - channels]);
    }
    above = here;
  }
  return out;
}

const predictions = [
  () => 0,
  (left) => left,
  (left, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, corner) => {
    const guess = left + up - corner;
    const a = Math.abs(guess - left);
    const b = Math.abs(guess - up);
    const c = Math.abs(guess - corner);
    if (a <= b && a <= c) return left;
    return b <= c ? up : corner;
  },
];

class Picture {
  constructor(data, width, height, channels) {
    Object.assign(this, { data, width, height, channels });
  }

  /** [red, green, blue] of a device pixel, or null beyond the edge. */
  pixel(x, y) {
    const inside = x >= 0 && y >= 0 && x < this.width && y < this.height;
    const at = (Math.floor(y) * this.width + Math.floor(x)) * this.channels;
    return inside ? [...this.data.subarray(at, at + 3)] : null;
  }
}

export const colourOf = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** How far apart two colours are: 0 to 441. */
export const distance = (one, other) => Math.hypot(...one.map((value, i) => value - other[i]));

/** How many pixels two screenshots differ in. */
export function differingPixels(one, other) {
  const [a, b] = [one, other].map(decodePng);
  if (a.width !== b.width || a.height !== b.height) return Infinity;
  let count = 0;
  for (let y = 0; y < a.height; y += 1) {
    for (let x = 0; x < a.width; x += 1) {
      if (distance(a.pixel(x, y), b.pixel(x, y)) > 0) count += 1;
    }
  }
  return count;
}
