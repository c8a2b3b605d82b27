// The dialog in which a story is chosen: by its question, what becomes of its segments, and its
// shape. All of that comes from the engine when the dialog opens.

import { openDialog, stopsIn } from './dialogs.js';
import { byId, make, setAttribute } from './dom.js';
import { shapeOf } from './shape.js';
import { ask, tell, tellText } from './stage.js';
import { words } from './words.js';

const stories = byId('stories');
const list = byId('stories-list');
const search = byId('stories-search');
let searched = []; // of each story its item, and what the search looks at

const cardOf = (story) => {
  const { id, title, question, facts, current } = story;
  const card = make('button', { type: 'button', 'data-story': id }, shapeOf(story),
    make('span', {}, make('b', {}, title), ' ', make('span', {}, question), ' ',
      make('small', {}, facts.join(' · '))));
  setAttribute(card, 'aria-current', current || undefined);
  return card;
};

/** Fills the list: a heading for each group, and its stories. */
const fill = (all) => {
  list.replaceChildren();
  searched = [];
  let group = '';
  let place;
  for (const story of all) {
    if (story.group !== group) {
      group = story.group;
      place = make('ul', { role: 'list' });
      list.append(make('section', {}, make('h3', {}, group), place));
    }
    const item = make('li', {}, cardOf(story));
    place.append(item);
    const text = [story.title, story.question, group, story.id].join(' ').toLowerCase();
    searched.push({ item, text });
  }
};

/** Leaves those stories in which every word of the search is found. */
const filter = () => {
  const wanted = search.value.toLowerCase().split(/\s+/);
  let left = 0;
  for (const { item, text } of searched) {
    item.hidden = !wanted.every((word) => text.includes(word));
    if (!item.hidden) left += 1;
  }
  for (const section of list.children) section.hidden = !section.querySelector('li:not([hidden])');
  byId('stories-left').textContent = left
    ? words('stories_left', { left, all: searched.length }) : words('stories_none');
};

export const openStories = () => {
  const reply = ask('stories_reply', [], []);
  if (!reply) return;
  fill(reply.stories);
  search.value = '';
  filter();
  openDialog(stories, 'stories');
  const current = list.querySelector('[aria-current]');
  current.focus({ preventScroll: true });
  current.scrollIntoView({ block: 'center' });
};

list.addEventListener('click', ({ target }) => {
  const card = target.closest('[data-story]');
  if (!card) return;
  stories.close();
  const { story } = card.dataset;
  // No address names the reader's own file.
  if (story) tellText('stage_change', `scenario=${story}&step=1`);
  else tell('_stage_show_file');
});
search.addEventListener('input', filter);
stories.addEventListener('keydown', (event) => {
  const { key } = event;
  if (event.target !== search) {
    const letter = key.length === 1 && key !== ' ';
    // It is written there.
    if (letter && !event.ctrlKey && !event.altKey && !event.metaKey) search.focus();
  } else if (key === 'Enter') {
    event.preventDefault(); // or the stage's button, which has the focus then, would be pressed
    stopsIn(list)[0]?.click();
  }
});
