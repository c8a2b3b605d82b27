// Puts many mutants into one source, each behind a switch: `a < b` becomes
// `(mutation::on(7) ? (a <= b) : (a < b))`. One is on at a time, so what a mutant puts in is the
// source as it was, but for its own change.

const inside = (a, b) => b.span[0] <= a.span[0] && a.span[1] <= b.span[1];
const apart = (a, b) => a.span[1] <= b.span[0] || b.span[1] <= a.span[0];
const same = (a, b) => a.span[0] === b.span[0] && a.span[1] === b.span[1];

/**
 * The source with these mutants, each of which has a `number`: { text, places }. A place is
 * { begin, end, mutants }: whose text an error between these offsets is about.
 */
export function instrumented(source, mutants) {
  const places = [];
  let text = '';
  const groups = grouped(mutants);

  const write = (begin, end, within) => {
    let at = begin;
    for (const group of outermost(within)) {
      const [from, to] = group[0].span;
      text += source.slice(at, from);
      const start = text.length;
      const inner = within.filter((other) => other !== group && inside(other[0], group[0]));
      open(group);
      write(from, to, inner);
      text += group[0].statement ? ' }' : ')'.repeat(group.length + 1);
      places.push({ begin: start, end: text.length, mutants: group });
      at = to;
    }
    text += source.slice(at, end);
  };

  // Statements have one mutant, which leaves them out; expressions may have several.
  const open = (group) => {
    if (group[0].statement) {
      text += `{ if (!mutation::on(${group[0].number})) `;
      return;
    }
    // An expression of any type may be tested; both sides of `?:` have to be of one.
    const truth = group.some((mutant) => mutant.truth) ? '!!' : '';
    for (const mutant of group) {
      text += `(mutation::on(${mutant.number}) ? ${truth}(`;
      const start = text.length;
      text += source.slice(mutant.span[0], mutant.cut[0]) + mutant.put;
      text += source.slice(mutant.cut[1], mutant.span[1]);
      places.push({ begin: start, end: text.length, mutants: [mutant] });
      text += ') : ';
    }
    text += `${truth}(`;
  };

  write(0, source.length, groups);
  return { text, places };
}

// Those with one span are written together. A statement and an expression never have the same.
function grouped(mutants) {
  const groups = [];
  for (const mutant of mutants) {
    const group = groups.find(([first]) => same(first, mutant));
    if (group) group.push(mutant);
    else groups.push([mutant]);
  }
  return groups;
}

function outermost(groups) {
  return groups
    .filter((group) => !groups.some((other) => other !== group && inside(group[0], other[0])))
    .sort((a, b) => a[0].span[0] - b[0].span[0]);
}

/** Those that cannot be written into one source, since their spans overlap: to be left out. */
export function overlapping(mutants) {
  return mutants.filter((mutant, index) => mutants.slice(0, index).some((other) => (
    !apart(mutant, other) && !inside(mutant, other) && !inside(other, mutant))));
}

/** The mutants that an error at this line and column is about: those in whose text it is. */
export function blamed({ text, places }, line, column) {
  const lines = text.split('\n').slice(0, line - 1);
  const offset = lines.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
  const around = places.filter(({ begin, end }) => begin <= offset && offset <= end);
  const closest = around.sort((a, b) => (a.end - a.begin) - (b.end - b.begin))[0];
  return closest?.mutants ?? [];
}
