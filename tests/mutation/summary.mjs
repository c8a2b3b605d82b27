// What a run of mutants came to, as a table by room.

import { outcomes } from './trial.mjs';

const killed = ['assertion', 'crash', 'timeout'];

/** Killed ones of those that are not equivalent, in per cent. */
export function scoreOf(results) {
  const counted = results.filter(({ equivalent }) => !equivalent);
  const dead = counted.filter(({ outcome }) => killed.includes(outcome));
  return counted.length === 0 ? 100 : (100 * dead.length) / counted.length;
}

/** What must not be: survivors that are not equivalent, and equivalents that were killed. */
export function failuresOf(results) {
  return results.filter(({ outcome, equivalent }) => killed.includes(outcome) === equivalent);
}

/** The table: a line per group, e.g. per room, a column per outcome. */
export function table(results, groupOf, title) {
  const groups = [...new Set(results.map(groupOf))];
  const columns = [...outcomes.slice(0, 3), 'equivalent', ...outcomes.slice(3), 'all', 'score'];
  const row = (name, some) => {
    const cells = columns.map((column) => {
      if (column === 'all') return String(some.length);
      if (column === 'score') return `${scoreOf(some).toFixed(1)} %`;
      if (column === 'equivalent') return String(some.filter((one) => one.equivalent).length);
      return String(some.filter((one) => one.outcome === column && !one.equivalent).length);
    });
    return line(name, cells);
  };
  const line = (name, cells) => name.padEnd(14) + cells.map((cell) => cell.padStart(13)).join('');
  return [
    line(title, columns),
    ...groups.map((group) => row(group, results.filter((one) => groupOf(one) === group))),
    row('together', results),
  ].join('\n');
}
