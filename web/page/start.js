// Starts the stage, and restarts it where it was when it stops: after a trap in the WebAssembly, a
// snapshot that cannot be read, or an instance that cannot be made. None of these should happen,
// but browsers sometimes compile WebAssembly wrongly, and a new instance is compiled anew.

import { box, byId, make, root } from './dom.js';
import { showFigure, showStage } from './figure.js';
import { addressOfStage, linkOfThisMoment, returnToThisMoment } from './moment.js';
import { addNotice, clearNotices } from './notices.js';
import { contextOf, missingFeature, unpack } from './payload.js';
import { countPorts } from './ports.js';
import { tellSize } from './size.js';
import { expectFresh, receive } from './snapshot.js';
import { connect, tellText } from './stage.js';
import { tellSystem, tellTheme } from './theme.js';
import { words } from './words.js';

// A stage that stops once more than this within a minute would not last the next time either.
const mostRestarts = 3;
const minuteMs = 60_000;
let restarts = [];

let drawn = false; // by the present instance

const giveUp = (reason) => {
  clearNotices();
  showFigure('unavailable', words('figure', { reason }));
};

/**
 * Each instance has a canvas of its own: the WebGL state of the one before cannot be trusted. The
 * picture of the one before stays over it until the first frame.
 */
const freshCanvas = () => {
  const canvas = make('canvas', { id: 'canvas', 'aria-hidden': true });
  const last = byId('canvas');
  last.removeAttribute('id');
  last.before(canvas);
  contextOf(canvas); // before the stage asks
  return canvas;
};

const dropOldCanvases = () => {
  for (const canvas of box.querySelectorAll('canvas:not([id])')) {
    canvas.remove();
    canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  }
};

const afterFrame = () => {
  if (drawn && root.dataset.stage === 'running') return;
  if (!drawn && restarts.length > 0) addNotice('restarted', words('restarted'));
  drawn = true;
  dropOldCanvases();
  showStage();
  // A browser may have kept what was in the fields before.
  countPorts();
};

const begin = async (canvas) => {
  if (root.dataset.stage !== 'running') root.dataset.stage = 'starting';
  const { wasmBinary, glue } = await unpack();
  if (!globalThis.createStage) document.head.append(make('script', {}, glue));
  const module = await globalThis.createStage({ canvas, wasmBinary, receive });
  if (!module._stage_ready()) throw new Error(words('no_context'));
  drawn = false;
  expectFresh();
  connect(module, { afterFrame, afterStop });
  tellSize();
  tellSystem();
  if (linkOfThisMoment()) {
    returnToThisMoment();
  } else {
    tellText('stage_open', addressOfStage());
    tellTheme();
  }
};

const afterStop = async (error) => {
  console.warn(error);
  const now = performance.now();
  restarts = restarts.filter((then) => now - then < minuteMs);
  if (restarts.length === mostRestarts) {
    giveUp(words('stopped', { error: error.message }));
    return;
  }
  restarts.push(now);
  await begin(freshCanvas()).catch(afterStop);
};

const start = async () => {
  const canvas = byId('canvas');
  const feature = missingFeature(canvas);
  if (feature) {
    giveUp(words('missing', { feature }));
    return;
  }
  await begin(canvas).catch((error) =>
    giveUp(words('not_started', { error: error.message })));
};

/** After the first paint, when the stage is in view and the browser has nothing better to do. */
export const startWhenSeen = () => {
  const idle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then));
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    watcher.disconnect();
    requestAnimationFrame(() => idle(start));
  });
  watcher.observe(byId('stage'));
};
