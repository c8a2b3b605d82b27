// The menu "More": what is not needed at every step.

import { openDialog, openHelp } from './dialogs.js';
import { byId, root, setAttribute } from './dom.js';
import { tellText } from './stage.js';
import { twinOf } from './twin.js';

const more = byId('more');

/** Opens the menu below its button, where there is room for it. */
export const openMore = () => {
  openDialog(more, 'more');
  const { right, bottom } = twinOf('more').getBoundingClientRect();
  const { width, height } = more.getBoundingClientRect();
  more.style.left = `${Math.max(0, Math.min(right, root.clientWidth) - width)}px`;
  more.style.top = `${Math.max(0, Math.min(bottom, innerHeight - height))}px`;
};

let previews = true;

/** Whether the run to come is shown. */
export const showPreview = (preview) => {
  previews = preview;
  setAttribute(byId('more-preview'), 'aria-pressed', preview);
};

const choices = {
  'more-text': () => {
    byId('copied').textContent = '';
    byId('run-text').showModal();
  },
  'more-help': openHelp,
  'more-preview': () => tellText('stage_change', `preview=${previews ? 0 : 1}`),
  'more-licences': () => {
    byId('licences').open = true;
    location.hash = 'licences'; // so that the browser leads back
    byId('licences').firstElementChild.focus({ preventScroll: true });
  },
};

// It would hang in the air.
document.addEventListener('scroll', () => more.close());
more.addEventListener('click', ({ target }) => {
  const choose = choices[target.id];
  if (!choose) return;
  more.close();
  choose();
});
