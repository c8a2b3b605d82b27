// How long the ports last: the engine counts, the page asks and shows.

import { byId, make, root, setAttribute } from './dom.js';
import { ask } from './stage.js';

const ports = byId('ports');
const fields = [...ports.querySelectorAll('input')]; // in the order of what ports_reply takes

// No number is longer. An argument is copied to the stage's stack, which is small.
const longestNumber = 200;

/** Asks with the fields as they are, shows the reply, and returns its problems and sentences. */
export const countPorts = () => {
  const texts = fields.map(({ value }) => value.slice(0, longestNumber));
  const types = [...texts.map(() => 'string'), 'number', 'number'];
  const serverFirst = Number(byId('ports-closer').value === 'server');
  const known = byId('ports-known');
  // The field for what is not known keeps what was written into it, until it is asked for.
  for (const { value } of known.options) {
    byId(`ports-${value}`).parentElement.hidden = value !== known.value;
  }
  const socketsKnown = Number(known.value === 'sockets');
  const reply = ask('ports_reply', types, [...texts, serverFirst, socketsKnown]);
  if (!reply) return { problems: [], says: [] };
  for (const field of fields) {
    const problem = reply.problems.find((one) => one.field === field.name);
    byId(`${field.id}-problem`).textContent = problem?.text ?? '';
    setAttribute(field, 'aria-invalid', problem && true);
  }
  byId('ports-answer').replaceChildren(...reply.says.map((sentence) => make('p', {}, sentence)));
  return reply;
};

/** Choosing a system fills in its figures; figures of no system select the last option. */
const choose = ({ target }) => {
  const system = byId('ports-system');
  const figures = ['ports-ports', 'ports-wait'].map(byId);
  const own = [...system.options].at(-1);
  const figuresOf = ({ dataset }) => [dataset.ports, dataset.wait];
  if (target === system && system.value !== own.value) {
    figuresOf(system.selectedOptions[0]).forEach((figure, i) => {
      figures[i].value = Number(figure).toLocaleString(root.lang);
    });
  } else if (figures.includes(target)) {
    const written = figures.map(({ value }) => value.replace(/[\s,]/g, ''));
    const same = (option) => figuresOf(option).every((figure, i) => figure === written[i]);
    system.value = ([...system.options].find(same) ?? own).value;
  }
  countPorts();
};

/** Announced once a figure is complete, not at every key. */
const speak = ({ target }) => {
  const { problems, says } = countPorts();
  const own = problems.find((one) => one.field === target.name);
  byId('live').textContent = own?.text ?? says.join(' ');
};

ports.addEventListener('input', choose);
ports.addEventListener('change', speak);
