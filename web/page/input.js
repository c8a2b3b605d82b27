// What the reader does on the stage. Only the document's click activates a control, whatever made
// the click. The pointer's place is passed on so that Dear ImGui can paint what lies under it.

import { openHelp } from './dialogs.js';
import { box, byId } from './dom.js';
import { addressOfStage } from './moment.js';
import { openMore } from './more.js';
import { tell, tellText } from './stage.js';
import { openStories } from './stories.js';
import { leadToStage } from './way_back.js';

/** While the slider is dragged, steps pass quickly. */
export let scrubbing = false;

const place = (event) => {
  const { left, top } = box.getBoundingClientRect();
  tell('_stage_pointer', event.clientX - left, event.clientY - top);
};

/** Controls of the stage that the document answers itself. */
const opens = { stories: openStories, more: openMore };

/** Follows a click on a control of the stage, or on one in the article that drives it. */
const clicked = ({ target }) => {
  const control = target.closest('#twin button, [data-address]');
  const { node } = control?.dataset ?? {};
  if (opens[node]) {
    opens[node]();
  } else if (node) {
    tellText('stage_activate', node);
  } else if (control) {
    tellText('stage_change', control.dataset.address);
    leadToStage(control);
  }
};

const keysOf = (control) => {
  if (control.closest('#step-list')) return ['Enter'];
  if (control.tagName === 'BUTTON') return [' ', 'Enter'];
  if (control.type !== 'range') return [];
  return ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];
};

const scrollsSideways = (element) =>
  element.scrollWidth > element.clientWidth &&
  ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);

const usesArrows = (element) => {
  if (element.closest('input, select, textarea, dialog')) return true;
  for (let one = element; one && one !== document.body; one = one.parentElement) {
    if (scrollsSideways(one)) return true;
  }
  return false;
};

const inView = () => {
  const { top, bottom } = box.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
};

/** Elsewhere on the page the stage has two arrows and, where nothing else is meant, Space. */
const isForStage = (target, key) => {
  if (box.contains(target)) return true;
  if (key === 'ArrowLeft' || key === 'ArrowRight') return !usesArrows(target);
  return key === ' ' && (target === document.body || target.closest('#step-list')) && inView();
};

/** A focused control's own keys win; the stage's keys act on the rest. */
const keyPressed = (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { target, key } = event;
  if (!isForStage(target, key)) return;
  if (keysOf(target).includes(key) || target.tagName === 'SELECT') return;
  if (key === '?') {
    openHelp();
  } else if (event.shiftKey) {
    return;
  } else if (key.toLowerCase() === 's') {
    openStories();
  } else if (!tellText('stage_key', key)) {
    return;
  }
  event.preventDefault();
};

/** Tells the stage how far a list is scrolled back, as a share of what is above it. */
const scrolled = ({ target }) => {
  const above = Number(target.dataset.above);
  const scroll = Math.min(Math.round(target.scrollTop), above);
  if (!above || Number(target.dataset.scroll) === scroll) return;
  target.dataset.scroll = scroll;
  tell('_stage_scroll', 1 - scroll / above);
};

for (const type of ['pointermove', 'pointerdown']) box.addEventListener(type, place);
// The browser cancels a finger's pointer when it begins to scroll with it.
for (const type of ['pointerleave', 'pointercancel']) {
  box.addEventListener(type, () => tell('_stage_pointer_gone'));
}
document.addEventListener('click', clicked);
document.addEventListener('keydown', keyPressed);
// On a step of the list Space plays: it must not press the step as well.
byId('step-list').addEventListener('keyup', (event) => {
  if (event.key === ' ') event.preventDefault();
});
box.addEventListener('scroll', scrolled, { capture: true, passive: true });
// Selects and the slider are worked in the document.
box.addEventListener('input', ({ target }) => {
  tellText('stage_change', `${target.dataset.node}=${target.value}`);
});
box.addEventListener('pointerdown', ({ target }) => { scrubbing = target.type === 'range'; });
for (const end of ['pointerup', 'pointercancel']) {
  addEventListener(end, () => { scrubbing = false; });
}
addEventListener('hashchange', () => {
  const address = addressOfStage();
  if (address) tellText('stage_open', address);
});
