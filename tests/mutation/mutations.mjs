// The list of small breakages of the engine, tests/mutation/mutations.txt: how it is written and
// how each one finds its place in the source. Knows nothing of building or testing.
//
//   file core/tcp/tcb.cpp
//
//   the number behind the window counts as inside it
//   - seq < right_edge
//   + seq <= right_edge
//
// A name in one line, the text that stands in the file exactly once (-), and what stands there
// instead (+; without any, nothing does). White space of any length matches any other, so that the
// formatter may break lines as it likes. Lines that begin with # are for readers.

/** All breakages: { name, file, find, replace }, in the order of the list. */
export function readMutations(text) {
  const mutations = [];
  let file = '';
  let current;
  for (const [index, line] of text.split('\n').entries()) {
    const problem = (what) => new Error(`mutations.txt, line ${index + 1}: ${what}`);
    const content = line.slice(2);
    if (line === '' || line.startsWith('#')) {
      current = undefined;
    } else if (line.startsWith('file ')) {
      file = line.slice('file '.length);
    } else if (/^[-+] /.test(line)) {
      if (current === undefined) throw problem('this text belongs to no name');
      const key = line.startsWith('-') ? 'find' : 'replace';
      if (key === 'find' && current.replace !== '') throw problem('"-" comes before "+"');
      current[key] = current[key] === '' ? content : `${current[key]}\n${content}`;
    } else {
      if (current !== undefined) throw problem('a name is one line, with an empty one before it');
      if (file === '') throw problem('no file is named yet');
      current = { name: line, file, find: '', replace: '' };
      mutations.push(current);
    }
  }
  return mutations;
}

const words = (text) => text.trim().split(/\s+/);

/** Every place of the text that a breakage looks for: [first, last) in the source. */
function places({ find }, source) {
  if (find.trim() === '') return [];
  const escaped = words(find).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return [...source.matchAll(new RegExp(escaped.join('\\s+'), 'g'))]
    .map((match) => [match.index, match.index + match[0].length]);
}

/** What is wrong with a breakage of this source, or nothing. */
export function complaint(mutation, source) {
  const { find, replace } = mutation;
  if (find.trim() === '') return 'it looks for nothing';
  if (words(find).join(' ') === words(replace).join(' ')) return 'it changes nothing';
  const count = places(mutation, source).length;
  return count === 1 ? undefined : `its text stands there ${count} times`;
}

/** The source with the breakage in it. */
export function broken(mutation, source) {
  const wrong = complaint(mutation, source);
  if (wrong !== undefined) throw new Error(`${mutation.file}: "${mutation.name}": ${wrong}`);
  const [[first, last]] = places(mutation, source);
  return source.slice(0, first) + mutation.replace + source.slice(last);
}
