// The tool as WebAssembly, run many times in one process: compiled once, it has an instance, and so
// a memory, of its own for each run. Its JavaScript takes the process and the file system from node;
// here it is given ones whose arguments, standard streams and exit code are the run's.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';

export class WasmTool {
  constructor(file) {
    this.file = file;
    this.script = compileFunction(fs.readFileSync(file, 'utf8'),
      ['Module', 'require', 'process', '__dirname', '__filename'], { filename: file });
    this.program = new WebAssembly.Module(fs.readFileSync(file.replace(/\.js$/, '.wasm')));
  }

  run(args, input) {
    const standard = new Streams(input);
    const files = Object.assign(Object.create(fs), {
      readSync: standard.instead('read', fs.readSync),
      writeSync: standard.instead('write', fs.writeSync),
      closeSync: standard.instead('close', fs.closeSync),
    });
    const load = createRequire(this.file);
    const own = Object.create(process, {
      argv: { value: [process.execPath, this.file, ...args] },
      exitCode: { writable: true },
    });
    const module = {
      instantiateWasm: (imports, receive) =>
        receive(new WebAssembly.Instance(this.program, imports)),
    };
    const modules = (name) => (/^(node:)?fs$/.test(name) ? files : load(name));
    this.script(module, modules, own, path.dirname(this.file), this.file);
    if (own.exitCode === undefined) throw new Error(`teardown ${args.join(' ')} has not ended`);
    return { status: own.exitCode, stdout: standard.text(1), stderr: standard.text(2) };
  }
}

/** Standard input, output and error of one run. Other files are the machine's. */
class Streams {
  written = { 1: [], 2: [] };

  constructor(input) {
    this.input = Buffer.from(input, 'latin1');
  }

  instead(action, usual) {
    return (descriptor, ...rest) =>
      (descriptor > 2 ? usual(descriptor, ...rest) : this[action](descriptor, ...rest));
  }

  read(_descriptor, into, offset, length) {
    const part = this.input.subarray(0, length);
    this.input = this.input.subarray(part.length);
    into.set(part, offset);
    return part.length;
  }

  write(descriptor, from, offset, length) {
    // A copy: the memory that it comes from goes on changing.
    this.written[descriptor].push(Buffer.from(from.slice(offset, offset + length)));
    return length;
  }

  close() {}

  text(descriptor) {
    return Buffer.concat(this.written[descriptor]).toString('latin1');
  }
}
