// Light or dark, and motion: what the reader chooses here, and what the system asks for. The stage
// decides the theme; until there is a stage, the page follows the choice itself.

import { byId, root } from './dom.js';
import { tell, tellText } from './stage.js';

const chosen = byId('theme');
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

export const showTheme = (dark) => { root.dataset.theme = dark ? 'dark' : 'light'; };

const tellDark = () => tell('_stage_system_dark', prefersDark.matches);
const tellMotion = () => tell('_stage_system_motion', reducedMotion.matches);

export const tellSystem = () => {
  tellDark();
  tellMotion();
};

/** The theme chosen on the page before there was a stage. */
export const tellTheme = () => {
  if (chosen.value !== 'system') tellText('stage_change', `theme=${chosen.value}`);
};

chosen.addEventListener('change', () => {
  const { value } = chosen;
  showTheme(value === 'system' ? prefersDark.matches : value === 'dark');
  tellText('stage_change', `theme=${value}`);
});
prefersDark.addEventListener('change', tellDark);
reducedMotion.addEventListener('change', tellMotion);
showTheme(prefersDark.matches);
