// Notices: sentences that stay until the reader dismisses them. Most come from the stage; the page
// adds its own, each under its id in the table of words.

import { box, byId, make } from './dom.js';
import { tell } from './stage.js';
import { words } from './words.js';

const holder = byId('notices');
let fromStage = [];
let fromPage = [];

const dismiss = (id) => {
  if (fromPage.some((notice) => notice.id === id)) {
    fromPage = fromPage.filter((notice) => notice.id !== id);
    show();
  } else {
    tell('_stage_dismiss', id);
  }
  box.focus({ preventScroll: true });
};

const show = () => {
  const notices = [...fromStage, ...fromPage];
  const wanted = new Set(notices.map(({ id }) => String(id)));
  for (const shown of [...holder.children]) {
    if (!wanted.delete(shown.dataset.notice)) shown.remove();
  }
  for (const { id, text } of notices) {
    if (!wanted.has(String(id))) continue;
    const button = make('button', { type: 'button' }, words('dismiss'));
    button.addEventListener('click', () => dismiss(id));
    holder.append(make('p', { 'data-notice': id }, make('span', {}, text), button));
  }
};

/** The stage's notices are these. */
export const showNotices = (notices) => {
  fromStage = notices;
  show();
};

/** Adds a notice of the page's own, unless it is still there. */
export const addNotice = (id, text) => {
  if (!fromPage.some((notice) => notice.id === id)) fromPage.push({ id, text });
  show();
};

/** The stage is gone, and nobody could dismiss its notices. */
export const clearNotices = () => {
  fromPage = [];
  showNotices([]);
};
