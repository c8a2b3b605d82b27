// Where code stands in a source that the formatter has laid out: the bodies of functions, their
// statements, their conditions, and the ranges of tokens that are expressions. Finds these for
// mutants.mjs, which says what may be wrong with each.

import { templateEnd, tokensOf } from './tokens.mjs';

/**
 * All code of a source: { tokens, statements, conditions, expressions }.
 *   statement   { first, last, in, kind }: removable; kind is call, return or jump
 *   condition   { first, last, in, kind }: kind is if or while
 *   expression  { first, last, in }: operators and constants are looked for here
 * `first` and `last` are indices of tokens, `last` included; `in` is the function, or the lambda in
 * it: { name, begin, end }.
 */
export function codeOf(source) {
  const reader = new Reader(tokensOf(source));
  reader.scope(0, reader.tokens.length, '');
  const { tokens, statements, conditions, expressions } = reader;
  return { tokens, statements, conditions, expressions };
}

// What begins a statement in which nothing is changed: at run time, most of these cannot be.
// An assert is itself a test.
const fixed = new Set([
  'using', 'typedef', 'static_assert', 'assert', 'constexpr', 'struct', 'class', 'enum',
]);
const jumps = new Set(['break', 'continue']);

class Reader {
  statements = [];
  conditions = [];
  expressions = [];

  constructor(tokens) { this.tokens = tokens; }

  text(index) { return this.tokens[index]?.text; }

  // --- Namespaces and classes --------------------------------------------------------------------

  scope(begin, end, name) {
    let header = begin;
    for (let i = begin; i < end; i += 1) {
      const text = this.text(i);
      if (text === '(' || text === '[') {
        i = this.tokens[i].match;
      } else if (text === ';') {
        header = i + 1;
      } else if (text === '{') {
        i = this.block(header, i, name);
        header = i + 1;
      } else if (text === ':' && this.text(i - 1) === ')') {
        i = this.initialisers(i, this.nameIn(header, i, name)) - 1;
      } else if (text === ':' && ['public', 'private', 'protected'].includes(this.text(i - 1))) {
        header = i + 1;
      }
    }
  }

  // Reads what stands in the braces that begin at `open`; gives back where they end.
  block(header, open, name) {
    const close = this.tokens[open].match;
    const texts = this.tokens.slice(header, open).map(({ text }) => text);
    const outside = texts.slice(0, texts.includes('(') ? texts.indexOf('(') : undefined);
    if (outside.includes('namespace')) {
      this.scope(open + 1, close, name);
    } else if (outside.includes('enum') || outside.includes('=')) {
      return close;
    } else if (/^(class|struct|union)$/.test(outside.find((text) => text !== 'final') ?? '')) {
      this.scope(open + 1, close, joined(name, outside[1]));
    } else if (texts.includes('(')) {
      const to = this.nameIn(header, open, name);
      this.body(open, { name: to, begin: open + 1, end: close });
    }
    return close;
  }

  // The function whose header this is: what stands before its first parenthesis.
  nameIn(header, end, scope) {
    let paren = header;
    while (paren < end && this.text(paren) !== '(') {
      paren = (this.text(paren) === '[' ? this.tokens[paren].match : paren) + 1;
    }
    if (this.text(paren - 1) === 'operator') paren += 2;
    let first = paren - 1;
    while (first > header && this.tokens[first].start === this.tokens[first - 1].end) first -= 1;
    const name = this.tokens.slice(first, paren).map(({ text }) => text).join('');
    return joined(scope, name.replace(/^[*&]+/, ''));
  }

  // `: member(value), member{value}` of a constructor; gives back where its body begins.
  initialisers(colon, name) {
    let i = colon + 1;
    while (i < this.tokens.length) {
      while (!['(', '{'].includes(this.text(i))) i += 1;
      const close = this.tokens[i].match;
      this.expression(i + 1, close - 1, { name });
      i = close + 1;
      if (this.text(i) !== ',') return i;
    }
    return i;
  }

  // --- Statements --------------------------------------------------------------------------------

  body(open, of) {
    const end = this.tokens[open].match;
    for (let i = open + 1; i < end;) i = this.statement(i, of, end);
  }

  // Reads one statement; gives back where the next one begins.
  statement(i, of, end) {
    const { match } = this.tokens[i];
    switch (this.text(i)) {
      case '{': this.body(i, of); return match + 1;
      case ';': return i + 1;
      case 'if': return this.controlled(i, of, end, 'if');
      case 'while': return this.controlled(i, of, end, 'while');
      case 'switch': return this.controlled(i, of, end, undefined);
      case 'for': return this.loop(i, of, end);
      case 'do': return this.statement(i + 1, of, end);
      case 'else': return this.statement(i + 1, of, end);
      case 'case': case 'default': return this.next(i, end, ':') + 1;
      default: return this.simple(i, of, end);
    }
  }

  // The index of this text at the depth of `i`.
  next(i, end, text) {
    let at = i;
    while (at < end && this.text(at) !== text) {
      at = (['(', '[', '{'].includes(this.text(at)) ? this.tokens[at].match : at) + 1;
    }
    return at;
  }

  controlled(i, of, end, kind) {
    const constant = this.text(i + 1) === 'constexpr';
    const open = i + (constant ? 2 : 1);
    const close = this.tokens[open].match;
    if (!constant) {
      const semicolon = this.next(open + 1, close, ';');
      const first = semicolon < close ? semicolon + 1 : open + 1;
      if (semicolon < close) this.expression(open + 1, semicolon - 1, of);
      this.expression(first, close - 1, of);
      // A condition that declares something cannot be replaced; what it declares is used.
      const declares = this.next(first, close, '=') < close;
      if (kind && !declares) this.conditions.push({ first, last: close - 1, in: of, kind });
    }
    return this.text(close + 1) === ';' ? close + 2 : this.statement(close + 1, of, end);
  }

  loop(i, of, end) {
    const open = i + 1;
    const close = this.tokens[open].match;
    const first = this.next(open + 1, close, ';');
    if (first < close) {
      const second = this.next(first + 1, close, ';');
      this.expression(open + 1, first - 1, of);
      this.expression(first + 1, second - 1, of);
      this.expression(second + 1, close - 1, of);
    } else {
      this.expression(this.next(open + 1, close, ':') + 1, close - 1, of);
    }
    return this.statement(close + 1, of, end);
  }

  simple(i, of, end) {
    const semicolon = this.next(i, end, ';');
    const word = this.text(i);
    const constant = fixed.has(word) || (word === 'static' && this.text(i + 1) === 'constexpr');
    if (constant || this.isNeverReached(i)) return semicolon + 1;
    if (word === 'return' || jumps.has(word)) {
      const first = i + 1;
      if (first < semicolon) this.expression(first, semicolon - 1, of);
      // The last statement of a function has no other one to go on to.
      if (semicolon + 1 !== of.end) {
        const kind = word === 'return' ? 'return' : 'jump';
        this.statements.push({ first: i, last: semicolon, in: of, kind });
      }
    } else {
      this.expression(i, semicolon - 1, of);
      if (!this.declares(i)) {
        this.statements.push({ first: i, last: semicolon, in: of, kind: 'call' });
      }
    }
    return semicolon + 1;
  }

  // What follows `assert(false);` is never done.
  isNeverReached(i) {
    const before = this.tokens.slice(Math.max(0, i - 5), i).map(({ text }) => text).join('');
    return before === 'assert(false);';
  }

  // Does a declaration begin here? It does where one name follows another: `const Type<T>& name`.
  declares(begin) {
    if (['const', 'auto', 'static'].includes(this.text(begin))) return true;
    let i = begin;
    while (this.tokens[i].kind === 'word') {
      i = (templateEnd(this.tokens, i + 1) ?? i) + 1;
      if (this.text(i) !== '::') break;
      i += 1;
    }
    while (['&', '*', '&&'].includes(this.text(i)) && !this.tokens[i].binary) i += 1;
    return i > begin && this.tokens[i]?.kind === 'word';
  }

  // --- Expressions -------------------------------------------------------------------------------

  // An expression, and the bodies of the lambdas in it.
  expression(first, last, of) {
    if (first > last) return;
    this.expressions.push({ first, last, in: of });
    for (let i = first; i <= last; i += 1) {
      const body = this.lambdaBody(i);
      if (body === undefined) continue;
      this.body(body, { ...of, begin: body + 1, end: this.tokens[body].match });
      i = this.tokens[body].match;
    }
  }

  lambdaBody(i) {
    return this.text(i) === '[' ? lambdaBody(this.tokens, i) : undefined;
  }
}

/** The index of the brace that begins a lambda's body, if `[` at this index begins a lambda. */
export function lambdaBody(tokens, index) {
  const before = tokens[index - 1];
  const subscript = before && (/^[)\]]$/.test(before.text) || before.start + before.text.length
    === tokens[index].start && ['word', 'string'].includes(before.kind));
  if (subscript || before?.text === 'auto' || tokens[index + 1].text === '[') return undefined;
  let i = tokens[index].match + 1;
  if (tokens[i]?.text === '(') i = tokens[i].match + 1;
  while (i < tokens.length && !/^[;{})\],]$/.test(tokens[i].text)) {
    i = (templateEnd(tokens, i + 1) ?? i) + 1;
  }
  return tokens[i]?.text === '{' ? i : undefined;
}

const joined = (scope, name) => (scope === '' ? name : `${scope}::${name}`);
