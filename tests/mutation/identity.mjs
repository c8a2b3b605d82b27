// What a mutant is called: file, function, and the change as a reader sees it. Line numbers are not
// part of it, so that it stays the same when other lines come and go.

import { createHash } from 'node:crypto';

const around = 40; // characters of the clause that are shown on each side of the change
const shown = 100; // characters of what is changed

const tidy = (text) => text.replace(/\/\/[^\n]*/g, '').replace(/\s+/g, ' ');

const cutEnd = (text, length) => (text.length <= length ? text
  : `${text.slice(0, length).replace(/\w*$/, '').trimEnd()}…`);
const cutBegin = (text, length) => (text.length <= length ? text
  : `…${text.slice(-length).replace(/^\w*/, '').trimStart()}`);

/** The change as { from, to }, each one line. */
export function changeOf(source, { clause, cut, put, statement }) {
  const before = cutBegin(tidy(source.slice(clause[0], cut[0])).trimStart(), around);
  const after = statement ? '' : cutEnd(tidy(source.slice(cut[1], clause[1])).trimEnd(), around);
  const old = cutEnd(tidy(source.slice(...cut)), shown);
  if (statement) return { from: `${before}${old}${after}`, to: '(removed)' };
  return { from: `${before}${old}${after}`, to: tidy(`${before}${put}${after}`).trim() };
}

/**
 * Gives each mutant of a file `file`, `from`, `to` and `id`. Of those in one function that look the
 * same, the second is `(2)`, and so on.
 */
export function identified(file, source, mutants) {
  const seen = new Map();
  return mutants.map((mutant) => {
    const { from, to } = changeOf(source, mutant);
    const text = `${file} | ${mutant.function} | ${from} | ${to}`;
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { ...mutant, file, from, to, id: count === 1 ? text : `${text} (${count})` };
  });
}

/** The mutants in an order that the seed decides, and that a change elsewhere does not disturb. */
export function shuffled(mutants, seed) {
  const rank = ({ id }) => createHash('sha256').update(`${seed} ${id}`).digest('hex');
  return mutants.map((mutant) => ({ mutant, at: rank(mutant) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ mutant }) => mutant);
}
