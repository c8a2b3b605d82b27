// What may be wrong in a source, one small mistake at a time: operators, conditions, constants,
// removed statements. A mutant that does not compile is found out later, by the compiler.

import { codeOf, lambdaBody } from './functions.mjs';
import { templateEnd } from './tokens.mjs';

/** The kinds of mutants, in the order of the summary. */
export const kinds = [
  'relation', 'logic', 'operand', 'condition', 'arithmetic', 'call', 'number', 'boolean',
  'enumerator', 'text', 'statement', 'return',
];

// --- Names with neighbours -----------------------------------------------------------------------

/**
 * What the constants of these sources are: `enums`, a Map from the name of an enumeration to its
 * enumerators, and `numbers`, the Set of names that stand for a number.
 */
export function constantsOf(sources) {
  const enums = new Map();
  const numbers = new Set();
  for (const source of sources) {
    const text = source.replace(/\/\/.*/g, '');
    for (const [, name, body] of text.matchAll(/enum class (\w+)[^;{]*\{([^}]*)\}/g)) {
      const names = body.split(',').map((part) => part.trim().split(/\W/)[0]);
      enums.set(name, names.filter((part) => part !== ''));
    }
    for (const [, name] of text.matchAll(/constexpr [\w:]+ (\w+) = -?\d[\d'.]*\w*;/g)) {
      numbers.add(name);
    }
  }
  return { enums, numbers };
}

// --- One source ----------------------------------------------------------------------------------

/**
 * All mutants of a source, in its order:
 *   { kind, function, span, cut, put, statement, truth, clause }
 * In `span`, a statement or an expression, the text of `cut` gives way to `put`. Both are offsets,
 * [begin, end). `truth` says that only the truth of the expression counts. `clause` is what a
 * reader needs to see of the source to understand the change.
 */
export function mutantsOf(source, constants = constantsOf([source])) {
  const code = codeOf(source);
  const finder = new Finder(code.tokens, constants);
  for (const statement of code.statements) finder.statement(statement);
  for (const condition of code.conditions) finder.condition(condition);
  for (const expression of code.expressions) finder.expression(expression);
  return finder.found.sort((a, b) => a.cut[0] - b.cut[0] || b.cut[1] - a.cut[1]);
}

const relations = { '<': '<=', '<=': '<', '>': '>=', '>=': '>', '==': '!=', '!=': '==' };
const arithmetic = {
  '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '+=': '-=', '-=': '+=', '|': '&', '&': '|',
};
const calls = {
  min: 'max', max: 'min', any_of: 'all_of', all_of: 'any_of', none_of: 'any_of', front: 'back',
  back: 'front', begin: 'end', min_element: 'max_element', max_element: 'min_element',
};
const assigning = 16;
const strengths = [
  ['*', '/', '%'], ['+', '-'], ['<<', '>>'], ['<=>'], ['<', '<=', '>', '>='], ['==', '!='], ['&'],
  ['^'], ['|'], ['&&'], ['||'],
];
/** How loosely an operator binds; what ends every operand binds loosest. */
function looseness({ text, binary, kind }) {
  if (kind === 'word') return /^(return|case|else|do)$/.test(text) ? Infinity : 0;
  if (kind !== 'sign') return 0;
  if (/^([,;?]|:|[-+*/%&|^]?=|<<=|>>=)$/.test(text)) return assigning;
  if (!binary) return 0;
  const level = strengths.findIndex((operators) => operators.includes(text));
  return level < 0 ? 0 : level + 5;
}

class Finder {
  found = [];

  constructor(tokens, { enums, numbers }) {
    this.tokens = tokens;
    this.enums = enums;
    this.numbers = numbers;
  }

  text(index) { return this.tokens[index]?.text; }
  range([first, last]) { return [this.tokens[first].start, this.tokens[last].end]; }

  // `span` and `cut` are the first and the last of their tokens here.
  add(kind, of, span, cut, put, statement = false) {
    this.found.push({
      kind,
      function: of.in.name,
      span: this.range(span),
      cut: this.range(cut),
      put,
      statement,
      truth: ['condition', 'logic', 'operand'].includes(kind),
      clause: this.range([of.first, of.last]),
    });
  }

  // --- Statements and conditions -----------------------------------------------------------------

  statement(it) {
    const whole = [it.first, it.last];
    if (it.kind === 'call') {
      this.add('statement', it, whole, whole, '', true);
    } else {
      // One return looks like another; what comes before it tells them apart.
      this.add('return', { ...it, first: it.in.begin }, whole, whole, '', true);
    }
  }

  condition(it) {
    const whole = [it.first, it.last];
    if (it.kind !== 'while') this.replace('condition', it, whole, 'true');
    this.replace('condition', it, whole, 'false');
  }

  replace(kind, of, span, put) { this.add(kind, of, span, span, put); }

  // --- Expressions -------------------------------------------------------------------------------

  expression(it) {
    for (let i = it.first; i <= it.last; i += 1) {
      const token = this.tokens[i];
      if (token.kind === 'word') this.word(it, i);
      else if (token.kind === 'number') this.number(it, i);
      else if (token.kind === 'string') this.string(it, i);
      else if (token.text === '[') i = lambdaBody(this.tokens, i) ? this.lambda(i) : i;
      else if (token.kind === 'sign') this.sign(it, i);
    }
  }

  // What stands in a lambda has been read as code of its own.
  lambda(i) { return this.tokens[lambdaBody(this.tokens, i)].match; }

  sign(it, i) {
    const { text, binary } = this.tokens[i];
    if (text === '!') {
      this.add('logic', it, [i, this.unaryEnd(i + 1)], [i, i], '');
    } else if (binary && text === '?') {
      const tested = [this.operandBegin(it, i, assigning), i - 1];
      this.replace('condition', it, tested, 'true');
      this.replace('condition', it, tested, 'false');
    } else if (binary && (text === '&&' || text === '||')) {
      this.logic(it, i);
    } else if (binary && text in relations) {
      this.operator('relation', it, i, relations[text]);
    } else if (binary && text in arithmetic) {
      this.operator('arithmetic', it, i, arithmetic[text]);
    }
  }

  logic(it, i) {
    const [first, last] = this.operands(it, i);
    this.operator('logic', it, i, this.text(i) === '&&' ? '||' : '&&');
    this.add('operand', it, [first, last], [first, i], '');
    this.add('operand', it, [first, last], [i, last], '');
  }

  operator(kind, it, i, put) { this.add(kind, it, this.operands(it, i), [i, i], put); }

  /** The tokens of `a + b`, whose `+` this is. */
  operands(it, i) {
    const strength = looseness(this.tokens[i]);
    const right = strength === assigning ? strength : strength - 1;
    let last = i;
    for (let at = i + 1; at <= it.last; at += 1) {
      const token = this.tokens[at];
      if (token.match < at || looseness(token) > right) break;
      last = at = this.skip(at);
    }
    return [this.operandBegin(it, i, strength + 1), last];
  }

  // Where the operand before this operator begins: behind what binds as loosely as `strength`.
  operandBegin(it, i, strength) {
    let first = i;
    for (let at = i - 1; at >= it.first; at -= 1) {
      const token = this.tokens[at];
      if (token.match > at || looseness(token) >= strength) break;
      if (token.match !== undefined) at = token.match;
      first = at;
    }
    return first;
  }

  skip(i) { return this.tokens[i].match > i ? this.tokens[i].match : i; }

  // The last token of what `!` negates: a name or parentheses, and what is called or taken of it.
  unaryEnd(i) {
    let last = i;
    if (this.text(i) === '!') return this.unaryEnd(i + 1);
    if (this.text(i) === '(') last = this.tokens[i].match;
    for (;;) {
      const next = this.text(last + 1);
      const end = templateEnd(this.tokens, last + 1);
      if (next === '::' || next === '.' || next === '->') last += 2;
      else if (next === '(' || next === '[') last = this.tokens[last + 1].match;
      else if (end !== undefined) last = end;
      else return last;
    }
  }

  // --- Constants and names -----------------------------------------------------------------------

  number(it, i) {
    const [, digits, suffix] = this.text(i).match(/^(0x[\da-f']+|[\d'.]+)(.*)$/i);
    const value = Number(digits.replaceAll("'", ''));
    if (Number.isNaN(value) || this.isTemplateArgument(i)) return;
    const decimals = digits.includes('.') ? 2 : 0;
    const written = (number) => number.toFixed(decimals) + suffix;
    this.replace('number', it, [i, i], written(value + 1));
    if (value >= 1) this.replace('number', it, [i, i], written(value - 1));
  }

  isTemplateArgument(i) {
    return this.text(i - 1) === '<' && !this.tokens[i - 1].binary;
  }

  string(it, i) {
    if (this.tokens[i - 1]?.kind === 'string' || this.text(i) === '""') return;
    let last = i;
    while (this.tokens[last + 1]?.kind === 'string') last += 1;
    this.replace('text', it, [i, last], '""');
  }

  word(it, i) {
    const text = this.text(i);
    if (text === 'true' || text === 'false') {
      this.replace('boolean', it, [i, i], text === 'true' ? 'false' : 'true');
    } else if (this.enums.has(text) && this.text(i + 1) === '::') {
      this.enumerator(it, i);
    } else if (this.numbers.has(text) && !['.', '->'].includes(this.text(i - 1))) {
      const whole = [this.nameBegin(i), i];
      const name = this.tokens.slice(whole[0], i + 1).map((token) => token.text).join('');
      this.replace('number', it, whole, `${name} + 1`);
      this.replace('number', it, whole, `${name} - 1`);
    } else if (Object.hasOwn(calls, text)) {
      this.call(it, i);
    }
  }

  enumerator(it, i) {
    const names = this.enums.get(this.text(i));
    const place = names.indexOf(this.text(i + 2));
    if (place < 0 || names.length < 2 || this.isTemplateArgument(i)) return;
    const other = names[(place + 1) % names.length];
    this.add('enumerator', it, [this.nameBegin(i), i + 2], [i + 2, i + 2], other);
  }

  // `std::min(a, b)`, `list.front()`
  call(it, i) {
    const open = (templateEnd(this.tokens, i + 1) ?? i) + 1;
    if (this.text(open) !== '(') return;
    this.add('call', it, [this.nameBegin(i), this.tokens[open].match], [i, i], calls[this.text(i)]);
  }

  // Where `a::b.c(d)->e` begins, of which this is `e`.
  nameBegin(i) {
    let first = i;
    while (['::', '.', '->'].includes(this.text(first - 1))) {
      first -= 2;
      while (this.tokens[first].match < first) first = this.tokens[first].match - 1;
    }
    return first;
  }
}
