// Which files are mutated, by room. The unit tests answer for these; the command-line tools and the
// page have tests of other kinds.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { identified } from './identity.mjs';
import { constantsOf, mutantsOf } from './mutants.mjs';

const rooms = [
  { name: 'tcp', files: /^core\/tcp\/(?!policy|profiles|rule)\w+\.cpp$/ },
  { name: 'sim', files: /^core\/sim\/\w+\.cpp$/ },
  { name: 'narrate', files: /^core\/narrate\/\w+\.cpp$/ },
  { name: 'app', files: /^web\/app\/\w+\.cpp$/ },
];

/** Where constants are declared that are used in these files. */
const declared = /^(core|web\/app)\/.*\.[ch]pp$/;

/** The mutants of all rooms: as in mutants.mjs, with `room`, `file`, `from`, `to` and `id`. */
export function allMutants(project) {
  const files = ['core', 'web/app']
    .flatMap((folder) => readdirSync(path.join(project, folder), { recursive: true })
      .map((name) => path.join(folder, name)))
    .filter((file) => declared.test(file)).sort();
  const text = (file) => readFileSync(path.join(project, file), 'utf8');
  const constants = constantsOf(files.map(text));
  return files.flatMap((file) => {
    const room = rooms.find((one) => one.files.test(file));
    if (!room) return [];
    return identified(file, text(file), mutantsOf(text(file), constants))
      .map((mutant) => ({ ...mutant, room: room.name }));
  });
}
