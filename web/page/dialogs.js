// What all dialogs have in common: they close by a button and by a click beside them, and the focus
// goes back to where they were opened. In a list of controls Up and Down move.

import { byId } from './dom.js';
import { twinOf } from './twin.js';

/** Opens a dialog for a control of the stage, which has the focus again when it closes. */
export const openDialog = (dialog, opener) => {
  twinOf(opener).focus({ preventScroll: true });
  dialog.showModal();
};

/** The help, from its beginning: where it is long, its only button is out of view. */
export const openHelp = () => {
  byId('help').showModal();
  byId('help-title').focus();
};

/** What Up and Down reach in a dialog. */
export const stopsIn = (dialog) =>
  [...dialog.querySelectorAll('input, li button')].filter((stop) => !stop.closest('[hidden]'));

let pressed = null;

// A press that began in a dialog, to select text for instance, does not close it.
addEventListener('pointerdown', ({ target }) => { pressed = target; });
addEventListener('click', ({ target, clientX: x, clientY: y }) => {
  if (target.closest('[data-close]')) target.closest('dialog').close();
  if (target.tagName !== 'DIALOG' || target !== pressed) return;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  if (x < left || x > right || y < top || y > bottom) target.close();
});
addEventListener('keydown', (event) => {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const dialog = event.target.closest('#stories, #more');
  if (!by || !dialog) return;
  const stops = stopsIn(dialog);
  stops[stops.indexOf(event.target) + by]?.focus();
  event.preventDefault();
});
