// The figure stands in for the stage while there is none, with a sentence that says why.

import { byId, root } from './dom.js';

/** The controls in the article and in the menu need a stage. */
export const letDrive = (may) => {
  for (const control of document.querySelectorAll('[data-address]')) control.disabled = !may;
  byId('ports').disabled = !may;
  byId('file').disabled = !may;
};

/** Shows the figure; `state` is "lost" where the stage may come back, else "unavailable". */
export const showFigure = (state, reason) => {
  root.dataset.stage = state;
  letDrive(false);
  byId('figure-reason').textContent = reason;
};

export const showStage = () => {
  root.dataset.stage = 'running';
  letDrive(true);
};
