// Chromium (over the DevTools protocol) and Firefox (over WebDriver BiDi), both by puppeteer-core.

import puppeteer from 'puppeteer-core';
import { findProgram, removeFolder, startDisplay, temporaryFolder } from './processes.mjs';
import { ChromiumPage, PuppeteerPage } from './puppeteer_page.mjs';
import { smallWideView } from './scope.mjs';

const usualView = { width: 1280, height: 800 };

const chromiumArguments = [
  '--no-sandbox', // the tests may run as root, in a container
  '--use-angle=swiftshader', '--enable-unsafe-swiftshader', // WebGL 2 without a GPU
  // The browser's own controls are pages as well, which nobody sees here. Loading them took as
  // long as loading the page under test.
  '--disable-features=PreloadTopChromeWebUI,WebUIOmniboxPopup,WebUIOmniboxAimPopup',
  '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/**
 * Without a GPU the page is composed as on a machine that has none. With it, SwiftShader stands in
 * for the GPU that most readers have, which is slow.
 */
export async function launchChromium({ gpu = false } = {}) {
  const profile = temporaryFolder();
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: findProgram('Chromium', [
      process.env.CHROMIUM ?? 'chromium', 'chromium', 'chromium-browser', 'google-chrome',
    ]),
    headless: true,
    args: gpu ? chromiumArguments : [...chromiumArguments, '--disable-gpu-compositing'],
    userDataDir: profile,
  });
  return new PuppeteerBrowser(browser, 'chromium', () => removeFolder(profile));
}

export async function launchFirefox(preferences = {}) {
  const profile = temporaryFolder();
  const display = await startDisplay();
  const end = async () => {
    await display.close();
    removeFolder(profile);
  };
  try {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: findProgram('Firefox', [
        process.env.FIREFOX ?? 'firefox-esr', 'firefox-esr', 'firefox',
      ]),
      headless: false, // headless Firefox has no WebGL 2 where there is no GPU
      userDataDir: profile,
      extraPrefsFirefox: preferences,
      env: { ...process.env, DISPLAY: display.name, LIBGL_ALWAYS_SOFTWARE: '1', HOME: profile },
    });
    return new PuppeteerBrowser(browser, 'firefox', end);
  } catch (error) {
    await end();
    throw error;
  }
}

class PuppeteerBrowser {
  constructor(browser, engine, end) {
    Object.assign(this, { browser, engine, end });
  }

  version() {
    return this.browser.version();
  }

  /** An empty page, which tells nothing of the ones before it. */
  async newPage() {
    if (this.left) {
      const page = this.left;
      this.left = null;
      return page;
    }
    const context = await this.browser.createBrowserContext();
    const page = await context.newPage();
    const wrapped = this.engine === 'chromium'
      ? new ChromiumPage(page, context, usualView)
      : new PuppeteerPage(page, context, smallWideView);
    await wrapped.listen();
    return wrapped;
  }

  /**
   * Ends a page, or keeps it for the next test where it can be emptied: to make a new one is as
   * much work as to open the page under test in it.
   */
  async endPage(page) {
    if (page.altered) {
      await page.close();
      return;
    }
    await page.empty();
    this.left = page;
  }

  async close() {
    const child = this.browser.process();
    const force = setTimeout(() => child?.kill('SIGKILL'), 5000);
    try {
      await this.browser.close();
    } finally {
      clearTimeout(force);
      await this.end();
    }
  }
}
