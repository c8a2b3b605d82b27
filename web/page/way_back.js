// Where the stage is not beside the text, a control in a sentence scrolls away from it. The caption
// then offers the way back; not to the list of steps, which is left again with every step.

import { byId } from './dom.js';

const wayBack = byId('way-back');
let origin = null;

const forget = () => {
  originWatcher.disconnect();
  wayBack.hidden = true;
};

// A reader who has come back otherwise needs no way.
const originWatcher = new IntersectionObserver((entries) => {
  if (entries.some(({ isIntersecting }) => isIntersecting)) forget();
});

/** Brings the stage into view for a control in the text. */
export const leadToStage = (control) => {
  const before = scrollY;
  byId('stage').scrollIntoView({ block: 'nearest' });
  if (scrollY === before || control.closest('#step-list')) return;
  forget();
  origin = control;
  wayBack.hidden = false;
  originWatcher.observe(origin);
};

wayBack.addEventListener('click', () => {
  origin.scrollIntoView({ block: 'center' });
  origin.focus({ preventScroll: true });
  forget();
});
