// The twin: an element of the document for each thing drawn on the canvas, over its place. Buttons,
// selects and the slider are worked there, by pointer, keyboard and screen reader alike.

import { box, byId, make, setAttribute } from './dom.js';

const twin = byId('twin');
const elements = new Map();
const offered = new Map();

/** The element of a node. */
export const twinOf = (id) => elements.get(id);

const fillSelect = (select, { id, options }) => {
  const wanted = JSON.stringify(options);
  if (offered.get(id) === wanted) return;
  offered.set(id, wanted);
  select.replaceChildren(...options.map(({ value, label }) => make('option', { value }, label)));
};

const makeTwin = {
  button: () => make('button', { type: 'button' }),
  select: () => make('select'),
  slider: () => make('input', { type: 'range', min: 1, step: 1 }),
  group: () => make('div', { role: 'group' }),
  list: () => make('ul', { role: 'list' }),
  listitem: () => make('li'),
};

/**
 * A list that is too long for its place is scrolled here, by whatever a reader scrolls with, and
 * the picture follows. When the stage itself has scrolled, the list follows the picture.
 */
const showScroll = (list, { above = 0, scroll = 0 }) => {
  // What no longer scrolls cannot keep the focus; the stage's keys go on working.
  if (above === 0 && document.activeElement === list) box.focus({ preventScroll: true });
  setAttribute(list, 'tabindex', above > 0 ? 0 : undefined);
  setAttribute(list, 'data-above', above > 0 ? above : undefined);
  list.style.setProperty('--above', `${above}px`);
  if (Number(list.dataset.scroll) === scroll) return;
  list.dataset.scroll = scroll;
  list.scrollTop = scroll;
};

const describe = (element, node) => {
  if (node.role === 'listitem') {
    if (element.textContent !== node.name) element.textContent = node.name;
    return;
  }
  element.dataset.node = node.id;
  setAttribute(element, 'aria-label', node.name);
  if (node.role === 'button') {
    setAttribute(element, 'aria-disabled', Boolean(node.disabled));
    setAttribute(element, 'aria-pressed', node.pressed);
    setAttribute(element, 'title', node.name);
  }
  if (node.role === 'select') fillSelect(element, node);
  if (node.role === 'slider') {
    setAttribute(element, 'max', node.most);
    setAttribute(element, 'aria-valuetext', node.valueText);
  }
  if (node.value !== undefined && element.value !== node.value) element.value = node.value;
};

const placeAt = (element, [x, y, width, height], [left, top]) => {
  element.style.left = `${x - left}px`;
  element.style.top = `${y - top}px`;
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
};

/** Puts the elements over what is drawn, in the order in which it was drawn. */
export const showTwin = (nodes) => {
  // Remove what is gone first: otherwise all that follows it would be moved, and lose the focus.
  const named = new Set(nodes.map(({ id }) => id));
  for (const [id, element] of elements) {
    if (named.has(id)) continue;
    element.remove();
    elements.delete(id);
  }
  const stage = { element: twin, origin: [0, 0] };
  let list = stage;
  const places = new Map([[twin, 0]]);
  for (const node of nodes) {
    if (!elements.has(node.id)) elements.set(node.id, makeTwin[node.role](node));
    const element = elements.get(node.id);
    describe(element, node);
    const holder = node.role === 'listitem' ? list : stage;
    placeAt(element, node.rect, holder.origin);
    const place = places.get(holder.element);
    const there = holder.element.children[place];
    if (there !== element) holder.element.insertBefore(element, there ?? null);
    places.set(holder.element, place + 1);
    if (node.role === 'list') {
      showScroll(element, node);
      list = { element, origin: [node.rect[0], node.rect[1] - element.scrollTop] };
      places.set(element, 0);
    }
  }
};
