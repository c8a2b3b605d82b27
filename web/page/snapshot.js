// Shows what the stage says: after a frame that changed something it sends one snapshot.

import { caption, showRun, showStep } from './caption.js';
import { byId } from './dom.js';
import { scrubbing } from './input.js';
import { noteMoment } from './moment.js';
import { showPreview } from './more.js';
import { showNotices } from './notices.js';
import { showTheme } from './theme.js';
import { showTwin } from './twin.js';

let shown = null; // the run
let step = 0;
let fresh = true;

/** The next snapshot comes from a new instance. */
export const expectFresh = () => { fresh = true; };

export const receive = (said) => {
  showTheme(said.dark);
  caption.style.bottom = `${said.above}px`;
  // A run is told once, in the first snapshot that shows it.
  const { run } = said;
  if (run) {
    // A new instance tells the same run again. It is not written again: a step may have the focus.
    if (!fresh || JSON.stringify(run) !== JSON.stringify(shown)) showRun(run);
    shown = run;
  }
  if (run || said.step !== step) {
    showStep(said);
    // What a stage shows first is not news. While steps pass quickly, none is announced.
    if (!fresh && !said.quick && !scrubbing) byId('live').textContent = said.text;
    step = said.step;
  }
  showTwin(said.nodes);
  showNotices(said.notices);
  showPreview(said.preview);
  noteMoment(said);
  fresh = false;
};
