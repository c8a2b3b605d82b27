// The moment that is shown, and the way back to it when the stage has to start again.

import { tellFile, tellText } from './stage.js';

let moment = null;
let handed = null; // the file that the stage was given and has not answered yet
let opened = null; // the last file that it has opened

/** What the page's address says to the stage. It says nothing when it names a place in the page. */
export const addressOfStage = () => document.querySelector(':target') ? '' : location.hash;

/** Takes note of a snapshot. */
export const noteMoment = ({ link, playing, own, run }) => {
  moment = { link, playing, own };
  // The next snapshot after a file was handed over shows whether it was opened.
  if (handed && run && own) opened = handed;
  handed = null;
};

/** Hands a file over, and keeps it if it is opened: no link can bring it back. */
export const openFile = (name, bytes) => {
  handed = { name, bytes };
  tellFile(name, bytes);
};

/** The link of this moment; none before anything was shown. */
export const linkOfThisMoment = () => moment && moment.link + (moment.playing ? '&play=1' : '');

/** Shows this moment again, on an instance that has shown nothing yet. */
export const returnToThisMoment = () => {
  handed = null;
  if (opened) tellFile(opened.name, opened.bytes);
  // A link to the reader's own file names no scenario, so it must not open the first one.
  tellText(moment.own ? 'stage_change' : 'stage_open', linkOfThisMoment());
};
