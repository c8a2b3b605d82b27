// The browser may take the graphics context away at any moment, and may give it back.

import { box, root } from './dom.js';
import { showFigure } from './figure.js';
import { tell } from './stage.js';
import { words } from './words.js';

// These events do not bubble. Each instance has its own canvas, and only the last one matters.
const listen = (type, act) => box.addEventListener(type, (event) => {
  if (event.target.id === 'canvas') act(event);
}, { capture: true });

listen('webglcontextlost', (event) => {
  event.preventDefault();
  showFigure('lost', words('context_lost'));
});
listen('webglcontextrestored', () => {
  root.dataset.stage = 'starting';
  tell('_stage_restore');
});
