// Shows what the stage says: after a frame that changed something it sends one snapshot.

import { caption, showRun, showStep } from './caption.js';
import { byId } from './dom.js';
import { scrubbing } from './input.js';
import { noteMoment } from './moment.js';
import { showNotices } from './notices.js';
import { showTheme } from './theme.js';
import { showTwin } from './twin.js';

let run = {};
let step = 0;
let fresh = true;

/** The next snapshot comes from a new instance, which numbers its runs anew. */
export const expectFresh = () => { fresh = true; };

const sameRun = (one, other) =>
  JSON.stringify({ ...one, number: 0 }) === JSON.stringify({ ...other, number: 0 });

export const receive = (said) => {
  showTheme(said.dark);
  caption.style.bottom = `${said.above}px`;
  const newRun = fresh || said.run.number !== run.number;
  // A run that is shown already is not written again: a button in it may have the focus.
  if (newRun && !(fresh && sameRun(said.run, run))) showRun(said.run);
  run = said.run;
  if (newRun || said.step !== step) {
    showStep(said);
    // What a stage shows when it starts is not news. While steps fly past, none is spoken.
    if (!fresh && !said.quick && !scrubbing) byId('live').textContent = said.text;
    step = said.step;
  }
  showTwin(said.nodes);
  showNotices(said.notices);
  noteMoment(said, newRun);
  fresh = false;
};
