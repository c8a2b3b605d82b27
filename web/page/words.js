// The words that the script itself shows. They stand in the table of words, in the area "page".
// scripts/pack.mjs refuses an id that is not there, and an entry that nobody uses.

import text from '../../assets/text/en.json' with { type: 'json' };

/** The text with this id, its {named places} filled in. */
export const words = (id, places = {}) =>
  text.page[id].replace(/\{(\w+)\}/g, (_, name) => places[name]);
