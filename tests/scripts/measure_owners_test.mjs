// scripts/measure_owners.mjs: every byte of a module has one owner.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { owners } from '../../scripts/measure_owners.mjs';

/** A module that imports a function and has one with as many bytes as each length says. */
function moduleOf(lengths, data) {
  const bodies = lengths.flatMap((length) => [length - 1, ...Array(length - 1).fill(1)]);
  return Buffer.from([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    2, 7, 1, 1, 0x61, 1, 0x66, 0, 0,
    10, 0x80 | bodies.length + 1, 0, lengths.length, ...bodies,
    11, data, ...Array(data).fill(0),
  ]);
}

const lengths = [30, 9, 8, 7, 6, 5, 4, 3];
const data = 40;
const map = String.raw`0:pen_draw
1:ImGui::Begin\28char\20const*\29
2:core::step\28core::Tcb\29
3:\28anonymous\20namespace\29::bar\28int\29
4:std::__2::vector<core::Step>::clear\28\29
5:core::step\28core::Tcb\29.17
6:nlohmann::json::get\28\29
7:SDL_Init
8:memcpy`;
const symbols = `web/CMakeFiles/imgui.dir/a/imgui.cpp.o: -------- T ImGui::Begin(char const*)
core/CMakeFiles/core_tcp.dir/tcp/step.cpp.o: -------- T core::step(core::Tcb)
core/CMakeFiles/core_sim.dir/sim/run.cpp.o: -------- W core::step(core::Tcb)
core/CMakeFiles/core_sim.dir/sim/run.cpp.o: -------- W std::__2::vector<core::Step>::clear()
web/CMakeFiles/stage.dir/Unity/unity_ui-ladder_cxx.cxx.o: -------- t (anonymous namespace)::bar(int)
web/CMakeFiles/sdl2.dir/a/b/sdl2/SDL.c.o: -------- T SDL_Init`;

test('a function belongs to the folder or the library that it was compiled from', () => {
  const module = moduleOf(lengths, data);
  const rows = owners(module, map, symbols);
  assert.deepEqual(rows.slice(0, -1), [
    ['Dear ImGui', 30],
    ['core/tcp', 9 + 6],
    ['web/ui/ladder', 8],
    ['C++ library', 7],
    ['JSON for Modern C++', 5],
    ['SDL2', 4],
    ['C library', 3],
    ['data', data],
  ]);
  assert.deepEqual(rows.at(-1), ['the rest', module.length - data - 72]);
});
