// Copies the run as text, or selects it where the browser does not let the page copy.

import { byId } from './dom.js';
import { words } from './words.js';

byId('copy').addEventListener('click', async () => {
  const text = byId('ladder-text');
  try {
    await navigator.clipboard.writeText(text.textContent);
    byId('copied').textContent = words('copied');
  } catch {
    getSelection().selectAllChildren(text);
    byId('copied').textContent = words('selected');
  }
});
