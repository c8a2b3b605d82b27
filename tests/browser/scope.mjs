// What a page and a frame have in common, whatever engine shows them: one way to run code in them
// (`run`, given by the engine), and everything the tests say built upon it.

import { findByRole, giveValue, itemTexts } from './inpage.mjs';

/** How long a condition may take before the test fails. Never a pause: conditions end waits. */
export const deadlineMs = 20_000;
const pollMs = 40;

/**
 * About the smallest window that has the article beside the stage. Without a GPU most of what
 * Firefox and WebKit do is painting, and no test of theirs needs more room.
 */
export const smallWideView = { width: 1000, height: 640 };

export class Scope {
  /** Calls a function inside the page; arguments and result travel as JSON. */
  evaluate(fn, ...args) {
    return this.run(callText(fn, args));
  }

  /** Asks the page again and again until the answer is truthy, and returns that answer. */
  async waitFor(fn, ...args) {
    const text = callText(fn, args);
    return poll(() => this.run(text), () => `the page never answered yes to ${text}`);
  }

  /** A handle that finds its element anew at each use: the twin may be rebuilt at any frame. */
  role(role, name) {
    return new RoleHandle(this, role, name);
  }

  /** The text of one element, with white space as a reader perceives it. */
  text(selector) {
    return this.evaluate(
      (css) => document.querySelector(css).textContent.replace(/\s+/g, ' ').trim(), selector);
  }

  /** Whether an element can be seen: it is rendered and takes up room. */
  visible(selector) {
    return this.evaluate((css) => {
      const element = document.querySelector(css);
      const { width, height } = element.getBoundingClientRect();
      return element.checkVisibility({ checkVisibilityCSS: true }) && width > 0 && height > 0;
    }, selector);
  }
}

class RoleHandle {
  constructor(scope, role, name) {
    this.scope = scope;
    this.what = { role, name };
  }

  /** Activates as a screen reader does, without any pointer. */
  click() {
    return this.withElement((element) => element.click());
  }

  focus() {
    return this.withElement((element) => element.focus());
  }

  text() {
    return this.withElement((element) => element.textContent.replace(/\s+/g, ' ').trim());
  }

  attribute(name) {
    return this.withElement((element, key) => element.getAttribute(key), name);
  }

  /** What a field holds. */
  value() {
    return this.withElement((element) => element.value);
  }

  /** Chooses in a field, as a reader does there. */
  choose(value) {
    return this.withElement(giveValue, value);
  }

  /** The texts of the items, where this is a list. */
  items() {
    return this.withElement(itemTexts);
  }

  /** Place in the viewport in CSS pixels, with its middle. */
  rect() {
    return this.withElement((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height, middle: { x: x + width / 2, y: y + height / 2 } };
    });
  }

  /** Scrolls it into view if it is not, and says where it is then. */
  async reveal() {
    await this.withElement((element) => element.scrollIntoView({ block: 'nearest' }));
    return this.rect();
  }

  /** How many such elements there are now; does not wait. */
  count() {
    const { role, name } = this.what;
    return this.scope.run(`(${findByRole})(...${json([role, name])}).length`);
  }

  async withElement(fn, ...args) {
    const { role, name } = this.what;
    const text = `(() => {
      const found = (${findByRole})(...${json([role, name])});
      if (found.length !== 1) return { count: found.length };
      return { count: 1, value: (${fn})(found[0], ...${json(args)}) };
    })()`;
    let count = 0;
    const answer = await poll(async () => {
      const reply = await this.scope.run(text);
      count = reply.count;
      return count === 1 && reply;
    }, () => `wanted one ${role} named "${name}", found ${count}`);
    return answer.value;
  }
}

/** Repeats `ask` until it answers; an error in the page is an answer "not yet", and is reported. */
async function poll(ask, complaint) {
  const end = Date.now() + deadlineMs;
  let failure;
  do {
    try {
      const answer = await ask();
      if (answer) return answer;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  } while (Date.now() < end);
  throw new Error(`${complaint()} within ${deadlineMs / 1000} s`, { cause: failure });
}

const json = (value) => JSON.stringify(value);
const callText = (fn, args) => `(${fn})(...${json(args)})`;
