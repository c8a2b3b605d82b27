// Running other programs, some at a time.

import { spawn } from 'node:child_process';

/** Runs a command: { code, signal, output }; `output` is what it says, stdout and stderr. */
export function run(command, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => { if (output.length < 10_000_000) output += text; });
    }
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
}

export const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

/** Calls `work(item, index)` for all items, `jobs` at a time; the results, in the items' order. */
export async function inParallel(jobs, items, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return results;
}
