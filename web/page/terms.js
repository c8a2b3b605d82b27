// A term opens its meaning where it stands. Without script, or where the browser has no popovers,
// its link leads to the glossary.

import { byId, make, root } from './dom.js';

const meaning = make('div', { id: 'meaning', popover: 'auto', tabindex: -1, role: 'note' });

let opener = null; // the link in the text; a term in a meaning opens in the same place

/** Below the term, or above it where there is more room; never over the edge of the window. */
const placeMeaning = () => {
  const term = opener.getClientRects()[0];
  const { width, height } = meaning.getBoundingClientRect();
  const margin = 8;
  const below = term.bottom + height + margin <= innerHeight || term.top < innerHeight / 2;
  const left = Math.max(margin, Math.min(term.left, root.clientWidth - width - margin));
  const top = below ? term.bottom + margin / 2 : term.top - height - margin / 2;
  meaning.style.left = `${left + scrollX}px`;
  meaning.style.top = `${top + scrollY}px`;
};

const showMeaning = (event) => {
  const link = event.target.closest('a[href^="#g-"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const term = byId(link.hash.slice(1));
  event.preventDefault();
  if (!meaning.contains(link)) opener = link;
  meaning.hidePopover();
  meaning.replaceChildren(make('b', {}, term.textContent),
    ...[...term.nextElementSibling.cloneNode(true).childNodes]);
  // There the reading and the tabbing go on.
  opener.after(meaning);
  meaning.showPopover();
  placeMeaning();
  meaning.focus({ preventScroll: true });
};

if (meaning.showPopover) document.addEventListener('click', showMeaning);
