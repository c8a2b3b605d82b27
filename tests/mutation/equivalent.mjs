// The list of mutants that no test can notice, since every run stays the same:
//
//   core/tcp/arrival.cpp | trim | range.seq >= seq | range.seq > seq
//     The reason, indented, in one line or several.
//
// The first line is the mutant's id, as `scripts/mutate --list` prints it.

/** { id, reason } of each entry. Lines that begin with # are for readers. */
export function readEquivalents(text) {
  const entries = [];
  for (const [index, line] of text.split('\n').entries()) {
    const wrong = (what) => new Error(`equivalent.txt, line ${index + 1}: ${what}`);
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (!line.startsWith(' ')) {
      entries.push({ id: line, reason: '' });
      continue;
    }
    const entry = entries.at(-1);
    if (entry === undefined) throw wrong('this reason belongs to no mutant');
    entry.reason = `${entry.reason} ${line.trim()}`.trim();
  }
  return entries;
}
