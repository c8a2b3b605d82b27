// Child processes and temporary folders that never outlive the test: everything started here ends
// with close(), and also when the test process itself ends first, for whatever reason.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const running = new Set();
const folders = new Set();

process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
  for (const folder of folders) removeFolder(folder);
});
for (const [signal, number] of [['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]]) {
  process.once(signal, () => process.exit(128 + number));
}

/** Starts a program as the head of its own process group, so that its children end with it. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'ignore', ...options, detached: true });
  running.add(child);
  child.failure = new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', (code, signal) => {
      resolve(new Error(`${command} ended by itself (${signal ?? `exit code ${code}`})`));
    });
  });
  return child;
}

/** Ends a program and what it started: politely first, by force after two seconds. */
export async function stop(child) {
  if (!child || !running.has(child)) return;
  const gone = child.failure;
  signalGroup(child, 'SIGTERM');
  const force = setTimeout(() => signalGroup(child, 'SIGKILL'), 2000);
  await gone;
  clearTimeout(force);
  signalGroup(child, 'SIGKILL');
  running.delete(child);
}

function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** A fresh folder for a profile; remove it with removeFolder(). */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'teardown-browser-'));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  folders.delete(folder);
}

/** A screen in memory. Firefox and WebKitGTK draw WebGL 2 only in a window. */
export async function startDisplay() {
  // Xvfb picks a free display number by itself and writes it to descriptor 3: no race for numbers.
  const screen = start(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const number = new Promise((resolve) => {
    let text = '';
    screen.stdio[3].on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.trim());
    });
  });
  const first = await Promise.race([number, screen.failure]);
  if (first instanceof Error) throw new Error(`No virtual screen: ${first.message}`);
  return { name: `:${first}`, close: () => stop(screen) };
}

/** A loopback port that nobody listens on at this moment. */
export async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The first of these programs that is on this machine, by path or by name on PATH. */
export function findProgram(what, candidates) {
  const onPath = (process.env.PATH ?? '').split(path.delimiter);
  for (const candidate of candidates) {
    const files = path.isAbsolute(candidate)
      ? [candidate]
      : onPath.map((folder) => path.join(folder, candidate));
    const found = files.find((file) => existsSync(file));
    if (found) return found;
  }
  throw new Error(`${what} is not installed: looked for ${candidates.join(', ')}`);
}
