// The caption under the ladder, and what the article shows of the same run: its list of steps, and
// the run as text.

import { byId, make, setAttribute } from './dom.js';
import { words } from './words.js';

export const caption = byId('caption');

export const showRun = ({ title, question, figure, steps }) => {
  byId('steps-of').textContent = question ? words('run_of', { title, question }) : title;
  byId('ladder-text').textContent = figure;
  byId('step-list').replaceChildren(...steps.map((step, index) =>
    make('li', {}, make('button', { type: 'button', 'data-address': `step=${index + 1}` },
      make('b', {}, step.title), ' ', make('span', {}, step.note)))));
};

export const showStep = ({ step, steps, title, text, rule }) => {
  for (const [index, item] of [...byId('step-list').children].entries()) {
    setAttribute(item.firstElementChild, 'aria-current', index + 1 === step ? 'step' : undefined);
  }
  byId('caption-step').textContent = words('step_of', { step, steps, title });
  byId('caption-text').textContent = text;
  byId('caption-rule').textContent = rule;
  const hint = matchMedia('(pointer: coarse)').matches
    ? words('hint_touch', { steps })
    : words('hint', { steps });
  byId('caption-hint').textContent = step === 1 ? hint : '';
};
