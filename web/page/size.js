// The stage's size, its sharpness, and the room that the caption takes.

import { caption } from './caption.js';
import { box, root, setAttribute } from './dom.js';
import { tell } from './stage.js';

export const tellSize = () => {
  const scale = parseFloat(getComputedStyle(root).fontSize) / 16;
  const { width, height } = box.getBoundingClientRect();
  tell('_stage_resize', width, height, devicePixelRatio, scale);
  // What scrolls can be reached by keyboard.
  setAttribute(caption, 'tabindex', caption.scrollHeight > caption.clientHeight + 1 ? 0 : undefined);
  tell('_stage_caption', parseFloat(getComputedStyle(caption).minHeight), caption.offsetHeight);
};

const watchRatio = () => {
  matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
    tellSize();
    watchRatio();
  }, { once: true });
};

const watcher = new ResizeObserver(tellSize);
watcher.observe(box);
watcher.observe(caption);
watchRatio();
