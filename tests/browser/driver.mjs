// One driver for three engines. A page is the same object in all of them (see scope.mjs for what
// it can do); only Chromium's also has real input and can lack a capability.

import { launchChromium, launchFirefox } from './puppeteer.mjs';
import { launchWebKit } from './webkit.mjs';

const launchers = {
  chromium: launchChromium,
  'chromium-gpu': () => launchChromium({ gpu: true }),
  firefox: () => launchFirefox(),
  // Resists fingerprinting, except on the tests' own server.
  'firefox-resisting': () => launchFirefox({
    'privacy.resistFingerprinting': true,
    'privacy.resistFingerprinting.exemptedDomains': '127.0.0.1',
  }),
  webkit: launchWebKit,
};

export const engines = Object.keys(launchers);

export function launch(engine) {
  const launcher = launchers[engine];
  if (!launcher) throw new Error(`Unknown engine "${engine}": one of ${engines.join(', ')}`);
  return launcher();
}
