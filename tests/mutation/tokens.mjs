// C++ as a list of tokens, as far as mutants need it. Knows neither types nor macros. It relies on
// the formatter: a binary operator has white space on both sides; a `<` of a template has none.

const patterns = [
  ['space', /\s+/y],
  ['comment', /\/\/[^\n]*|\/\*[^]*?\*\//y],
  ['directive', /#(?:\\\n|[^\n])*/y],
  ['string', /(?:u8|[uUL])?R"([^(\s]*)\([^]*?\)\1"/y],
  ['string', /(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"/y],
  ['char', /(?:u8|[uUL])?'(?:\\.|[^'\\\n])+'/y],
  ['number', /\.?\d(?:[eEpP][+-]|'\w|[\w.])*/y],
  ['word', /[A-Za-z_]\w*/y],
  ['sign', /<<=|>>=|<=>|->\*|\.\.\./y],
  ['sign', /::|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[^\s\w]/y],
];

const closing = { '(': ')', '[': ']', '{': '}' };

/**
 * The tokens of a source, without comments and directives:
 *   { kind, text, start, end, binary, match }
 * `binary` says that white space stands on both sides; `match` is the index of the other bracket.
 */
export function tokensOf(source) {
  const tokens = [];
  let at = 0;
  while (at < source.length) {
    const [kind, end] = patterns.reduce((found, [name, pattern]) => {
      if (found) return found;
      pattern.lastIndex = at;
      return pattern.test(source) ? [name, pattern.lastIndex] : undefined;
    }, undefined) ?? [];
    if (kind === undefined) throw new Error(`no token at "${source.slice(at, at + 20)}"`);
    if (!['space', 'comment', 'directive'].includes(kind)) {
      const binary = /\s/.test(source[at - 1] ?? '') && /\s/.test(source[end] ?? '');
      tokens.push({ kind, text: source.slice(at, end), start: at, end, binary });
    }
    at = end;
  }
  return matched(tokens);
}

function matched(tokens) {
  const open = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'sign') continue;
    if (token.text in closing) open.push(index);
    if (!Object.values(closing).includes(token.text)) continue;
    const first = open.pop();
    if (first === undefined || closing[tokens[first].text] !== token.text) {
      throw new Error(`"${token.text}" at ${token.start} closes nothing`);
    }
    tokens[first].match = index;
    token.match = first;
  }
  if (open.length > 0) throw new Error(`"${tokens[open[0]].text}" is not closed`);
  return tokens;
}

/** The index of the `>` of a template's arguments, if those begin at this token. */
export function templateEnd(tokens, index) {
  if (tokens[index]?.text !== '<' || tokens[index].binary) return undefined;
  let depth = 0;
  for (let i = index; i < tokens.length; i += 1) {
    const { text, match } = tokens[i];
    if (text === ';' || text === '{') return undefined;
    if (text === '(' || text === '[') i = match;
    else if (text === '<') depth += 1;
    else if (text === '>' || text === '>>') depth -= text.length;
    if (depth <= 0) return i;
  }
  return undefined;
}
