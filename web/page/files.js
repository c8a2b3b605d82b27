// A scenario file of the reader's own, chosen in the menu or dropped on the page. The stage
// says what is in it and what is wrong with it.

import { byId } from './dom.js';
import { openFile } from './moment.js';
import { words } from './words.js';

const file = byId('file');
const target = byId('stage');

// One byte more than a scenario may have: the parser then says that it is too large.
const mostOfFile = 1_000_001;

const handOver = async (chosen) => {
  const bytes = await chosen.slice(0, mostOfFile).arrayBuffer()
    .then((buffer) => new Uint8Array(buffer), () => null);
  openFile(chosen.name, bytes);
  target.scrollIntoView({ block: 'nearest' });
};

const mayDrop = ({ dataTransfer }) => !file.disabled && dataTransfer.types.includes('Files');

file.addEventListener('change', () => {
  const [chosen] = file.files;
  if (!chosen) return;
  file.closest('dialog').close();
  handOver(chosen);
  // So that choosing the same file again, once it is corrected, counts as a change.
  file.value = '';
});
// Beside the stage as well: there the browser would leave the page for the file.
addEventListener('dragover', (event) => {
  if (!mayDrop(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
  if (target.contains(event.target)) target.dataset.drop = words('drop');
});
target.addEventListener('dragleave', ({ relatedTarget }) => {
  if (!target.contains(relatedTarget)) delete target.dataset.drop;
});
addEventListener('drop', (event) => {
  delete target.dataset.drop;
  if (!mayDrop(event)) return;
  event.preventDefault();
  const [dropped] = event.dataTransfer.files;
  if (dropped) handOver(dropped);
});
