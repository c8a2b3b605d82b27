// The running stage: one instance of the WebAssembly. Only this module calls it, so that no other
// can keep an instance that has stopped. Any exception stops it for good: its memory can no longer
// be trusted. start.js then makes the next one.

import { root } from './dom.js';

let instance = null;
let frameAsked = false;
let handlers;

/** From here on this instance is the stage. */
export const connect = (module, { afterFrame, afterStop }) => {
  instance = module;
  handlers = { afterFrame, afterStop };
};

/** Does something with the instance, if there is one. */
const attempt = (act) => {
  if (!instance) return undefined;
  try {
    return act(instance);
  } catch (error) {
    instance = null;
    handlers.afterStop(error);
    return undefined;
  }
};

/** Asks the browser for a frame. There is none without a reason: a stage at rest costs nothing. */
const wake = () => {
  if (frameAsked || !instance || root.dataset.stage === 'lost') return;
  frameAsked = true;
  requestAnimationFrame((now) => {
    frameAsked = false;
    if (root.dataset.stage === 'lost') return;
    const more = attempt((stage) => stage._stage_frame(now));
    if (!instance) return;
    handlers.afterFrame();
    if (more) wake();
  });
};

/** Calls one of the stage's functions and lets it draw what follows. */
export const tell = (name, ...values) => {
  attempt((stage) => stage[name](...values));
  wake();
};

// Longer than any link or key. An argument is copied to the stage's stack, which is small.
const longestText = 20_000;

/** The same with a text; returns what the function returns. */
export const tellText = (name, text) => {
  const result = attempt((stage) =>
    stage.ccall(name, 'number', ['string'], [text.slice(0, longestText)]));
  wake();
  return result ?? 0;
};

/** Hands a file over; without bytes it is one that the browser could not read. */
export const tellFile = (name, bytes) => {
  attempt((stage) => {
    stage.file = bytes;
    stage.ccall('stage_open_file', null, ['string', 'number'],
      [name.slice(0, longestText), bytes ? bytes.length : -1]);
    stage.file = null;
  });
  wake();
};

/** Calls a function that answers with JSON; returns the answer, or nothing without a stage. */
export const ask = (name, types, values) =>
  attempt((stage) => JSON.parse(stage.ccall(name, 'string', types, values)));
