// Makes one program of the unit tests that has all mutants in it, each behind a switch. Takes the
// compiler's and the linker's commands from a build tree in which `unit_tests` has been built, and
// links its objects; the sources and the tree stay as they are.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { blamed, instrumented, overlapping } from './instrument.mjs';
import { inParallel, quoted, run } from './process.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const target = 'tests/unit_tests';

export class Program {
  /** `folder` takes what is made here. */
  constructor({ project, tree, folder, jobs }) {
    Object.assign(this, { project, tree, folder, jobs });
    mkdirSync(folder, { recursive: true });
    const database = JSON.parse(readFileSync(path.join(tree, 'compile_commands.json'), 'utf8'));
    this.commands = new Map(database.map(({ file, command }) => (
      [path.relative(project, file), command])));
    this.file = path.join(folder, 'unit_tests');
  }

  // The command that compiles a file of the project, with another text in it.
  compiler(file, source, options) {
    const command = this.commands.get(file);
    if (command === undefined) throw new Error(`${this.tree} does not build ${file}`);
    return [
      command.replace(/ -MD -MT \S+ -MF \S+/, '').replace(/ -o \S+ -c \S+$/, ''),
      '-w -Wno-error -Wno-narrowing -fdiagnostics-color=never',
      `-iquote ${quoted(path.join(this.project, path.dirname(file)))}`,
      `-include ${quoted(path.join(here, 'switch.hpp'))}`,
      options, quoted(source),
    ].join(' ');
  }

  sourceOf(file) { return path.join(this.folder, file.replaceAll('/', '-')); }

  /** Those of the mutants, all of one file, that compile together. */
  async compiling(file, mutants) {
    const source = readFileSync(path.join(this.project, file), 'utf8');
    const place = this.sourceOf(file);
    const dropped = new Set(overlapping(mutants));
    for (;;) {
      const left = mutants.filter((mutant) => !dropped.has(mutant));
      const made = instrumented(source, left);
      writeFileSync(place, made.text);
      const { code, output } = await run(
        this.compiler(file, place, '-fsyntax-only -fmax-errors=0'), { cwd: this.tree },
      );
      if (code === 0) return left;
      const before = dropped.size;
      for (const places of errorsIn(output, place)) {
        const guilty = places.map((at) => blamed(made, ...at)).find((some) => some.length > 0);
        for (const mutant of guilty ?? []) dropped.add(mutant);
      }
      if (dropped.size === before) throw new Error(`${file} with mutants: ${output}`);
    }
  }

  /** Compiles the files as `compiling()` has left them, and links the program. */
  async link(files) {
    const objects = await inParallel(this.jobs, files, async (file) => {
      const place = this.sourceOf(file);
      await this.must(this.compiler(file, place, `-o ${quoted(`${place}.o`)} -c`));
      return `${place}.o`;
    });
    const [compiler] = this.commands.get('tests/support/main.cpp').split(' -');
    const object = path.join(this.folder, 'switch.o');
    const source = path.join(here, 'switch.cpp');
    await this.must(`${compiler} -std=c++23 -O1 -o ${quoted(object)} -c ${quoted(source)}`);
    await this.must(await this.linker([object, ...objects]));
  }

  // Of two definitions, the linker takes the object's and leaves the archive's alone.
  async linker(objects) {
    const { output } = await run(`ninja -C ${quoted(this.tree)} -t commands ${target}`);
    const link = output.split('\n').flatMap((line) => line.split(' && '))
      .findLast((part) => part.includes(` -o ${target} `));
    if (link === undefined) throw new Error(`${this.tree} does not link ${target}`);
    const added = objects.map(quoted).join(' ');
    return link.replace(` -o ${target} `, ` -o ${quoted(this.file)} ${added} `);
  }

  async must(command) {
    const { code, output } = await run(command, { cwd: this.tree });
    if (code !== 0) throw new Error(`${command}\n${output}`);
  }
}

/**
 * For each error that a compiler reports, the places in this file that it names: [line, column].
 * The error's own comes first; an error in a header names those that led to it in notes.
 */
export function errorsIn(output, file) {
  const errors = [];
  let before = [];
  let current;
  for (const line of output.split('\n')) {
    const [, name, row, column, rest] = line.match(/^(\S+?):(\d+):(\d+):\s*(.*)$/) ?? [];
    if (name === undefined) continue;
    const place = name === file ? [[Number(row), Number(column)]] : [];
    if (/^(fatal )?error:/.test(rest)) {
      current = [...place, ...before];
      errors.push(current);
      before = [];
    } else if (/^note:/.test(rest)) {
      current?.push(...place);
    } else {
      before.push(...place);
    }
  }
  return errors;
}
