// Tries mutants: which test cases come to each, and what they make of it.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { inParallel, quoted, run } from './process.mjs';

export const outcomes = ['assertion', 'crash', 'timeout', 'survived', 'not reached'];

const memory = 4_000_000; // kB; a mutant may ask for all there is
const batch = 0.3; // seconds of tests that one process runs

export class Trial {
  /** `program` is the unit tests; `sources` is a pattern for their files that are asked. */
  constructor({ program, folder, jobs, sanitized, sources }) {
    const memoryLimit = sanitized ? '' : `ulimit -v ${memory};`; // sanitizers reserve terabytes
    Object.assign(this, { folder, jobs, memoryLimit });
    this.command = `${quoted(program)} --no-colors --source-file=${quoted(sources)}`;
  }

  // Runs test cases until one fails. They may take ten times as long as usual, and some seconds.
  async test(names, usual, environment) {
    const cpu = Math.ceil(10 * usual) + 3;
    // Names are filters here, in which a comma would begin the next one.
    const filter = names.map((name) => name.replaceAll(',', '?')).join(',');
    const limits = `ulimit -S -t ${cpu}; ${this.memoryLimit}`;
    return run(`${limits} exec ${this.command} --abort-after=1 --test-case=${quoted(filter)}`, {
      env: { ...process.env, ASAN_OPTIONS: 'hard_rss_limit_mb=4000', ...environment },
      timeout: 1000 * (5 * cpu + 10),
      killSignal: 'SIGKILL',
    });
  }

  /** Runs each test case alone and without a mutant: what it comes to, and how long it takes. */
  async explore() {
    const { output } = await run(`${this.command} --list-test-cases`);
    const names = new Set(output.split('\n').filter((line) => !/^(\[doctest\]|=+$|$)/.test(line)));
    this.tests = await inParallel(this.jobs, [...names], async (name, index) => {
      const file = path.join(this.folder, `reached-${index}`);
      rmSync(file, { force: true });
      const begin = performance.now();
      const result = await this.test([name], 100, { TEARDOWN_MUTANTS_REACHED: file });
      const seconds = (performance.now() - begin) / 1000;
      if (result.code !== 0 || !existsSync(file)) {
        throw new Error(`Red without a mutant: ${name}\n${result.output}`);
      }
      const reached = new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number));
      return { name, seconds, reached };
    });
    this.tests.sort((a, b) => a.seconds - b.seconds);
  }

  // The test cases that come to a mutant, quickest first, in batches of some length.
  batches(number) {
    const batches = [];
    for (const test of this.tests.filter(({ reached }) => reached.has(number))) {
      const last = batches.at(-1);
      if (last && last.seconds + test.seconds <= batch) {
        last.names.push(test.name);
        last.seconds += test.seconds;
      } else {
        batches.push({ names: [test.name], seconds: test.seconds });
      }
    }
    return batches;
  }

  /** { outcome, by }: what becomes of a mutant, and the test case that noticed. */
  async of({ number }) {
    const batches = this.batches(number);
    if (batches.length === 0) return { outcome: 'not reached' };
    for (const { names, seconds } of batches) {
      const result = await this.test(names, seconds, { TEARDOWN_MUTANT: String(number) });
      if (result.code !== 0) return { outcome: outcomeOf(result), by: failedTest(result.output) };
    }
    return { outcome: 'survived' };
  }
}

/** How a test run ended that did not end well. */
export function outcomeOf({ signal, output }) {
  if (signal === 'SIGXCPU' || signal === 'SIGKILL') return 'timeout';
  if (signal !== null || /CRASHED|THREW exception|AddressSanitizer|runtime error:/.test(output)) {
    return 'crash';
  }
  return 'assertion';
}

// doctest names the test case before what is wrong in it.
function failedTest(output) {
  return [...output.matchAll(/^TEST CASE: {2}(.*)$/gm)].at(-1)?.[1];
}
