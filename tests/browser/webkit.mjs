// WebKitGTK: a small W3C WebDriver client for WebKitWebDriver and the MiniBrowser.

import { writeFile } from 'node:fs/promises';
import { startDisplay, findProgram, freePort, removeFolder, start, stop, temporaryFolder }
  from './processes.mjs';
import { Scope, smallWideView } from './scope.mjs';

const keyCodes = {
  Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', PageUp: '\uE00E', PageDown: '\uE00F',
  End: '\uE010', Home: '\uE011', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014',
  ArrowDown: '\uE015', Space: ' ',
};

export async function launchWebKit() {
  const browser = new WebKitBrowser();
  try {
    await browser.begin();
    return browser;
  } catch (error) {
    await browser.close();
    throw error;
  }
}

class WebKitBrowser {
  engine = 'webkit';

  async begin() {
    const driver = findProgram('WebKitGTK\'s driver', [
      process.env.WEBKIT_DRIVER ?? 'WebKitWebDriver', 'WebKitWebDriver',
    ]);
    const binary = findProgram('WebKitGTK\'s MiniBrowser', [
      process.env.WEBKIT_BROWSER ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
      '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
      '/usr/libexec/webkit2gtk-4.1/MiniBrowser',
    ]);
    this.profile = temporaryFolder();
    this.display = await startDisplay();
    const port = await freePort();
    this.base = `http://127.0.0.1:${port}`;
    this.driver = start(driver, [`--port=${port}`], {
      env: {
        ...process.env,
        DISPLAY: this.display.name,
        LIBGL_ALWAYS_SOFTWARE: '1',
        WEBKIT_SKIA_ENABLE_CPU_RENDERING: '1', // less work than a GPU's way without a GPU
        GDK_BACKEND: 'x11',
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', // its sandbox needs a privileged container
        HOME: this.profile, XDG_CACHE_HOME: this.profile, XDG_DATA_HOME: this.profile,
        XDG_CONFIG_HOME: this.profile, XDG_RUNTIME_DIR: this.profile,
      },
    });
    await this.untilReady();
    const session = await this.ask('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          pageLoadStrategy: 'none', // open() itself waits, and listens meanwhile
          'webkitgtk:browserOptions': { binary, args: ['--automation'] },
        },
      },
    });
    this.capabilities = session.capabilities;
    this.session = `/session/${session.sessionId}`;
  }

  async untilReady() {
    const end = Date.now() + 10_000;
    while (Date.now() < end) {
      const failed = await Promise.race([
        this.driver.failure,
        fetch(`${this.base}/status`).then(() => 'ready', () => 'not yet'),
      ]);
      if (failed === 'ready') return;
      if (failed instanceof Error) throw failed;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('WebKitWebDriver did not answer within 10 s');
  }

  async ask(method, path, body) {
    const response = await fetch(this.base + path, {
      method,
      body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
      signal: AbortSignal.timeout(60_000),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  version() {
    return `${this.capabilities.browserName} ${this.capabilities.browserVersion}`;
  }

  /** The engine has one window; open() leaves nothing of the page before behind. */
  async newPage() {
    const page = new WebKitPage(this);
    await page.viewport(smallWideView);
    return page;
  }

  endPage(page) {
    return page.close();
  }

  async close() {
    if (this.session) await this.ask('DELETE', this.session).catch(() => {});
    await stop(this.driver);
    await this.display?.close();
    if (this.profile) removeFolder(this.profile);
  }
}

class WebKitScope extends Scope {
  constructor(browser, frameSelector = null) {
    super();
    Object.assign(this, { browser, frameSelector });
  }

  session(method, path, body) {
    return this.browser.ask(method, this.browser.session + path, body);
  }

  async run(text) {
    // The driver has a current frame; each call names its own, so that pages and frames mix freely.
    await this.session('POST', '/frame', { id: null });
    if (this.frameSelector) {
      const id = await this.session('POST', '/element', {
        using: 'css selector', value: this.frameSelector,
      });
      await this.session('POST', '/frame', { id });
    }
    return this.session('POST', '/execute/sync', { script: `return ${text};`, args: [] });
  }

  problems() {
    return this.evaluate(() => window.problemsForTest);
  }

  /** Chooses a file on disk in a file input. */
  async upload(selector, path) {
    await this.run('document.readyState'); // which makes this scope's frame the current one
    const element = await this.session('POST', '/element', {
      using: 'css selector', value: selector,
    });
    await this.session('POST', `/element/${Object.values(element)[0]}/value`, { text: path });
  }
}

class WebKitPage extends WebKitScope {
  async open(url) {
    await this.close();
    await this.session('POST', '/url', { url });
    await this.waitFor(listenIn, url);
    await this.waitFor(() => document.readyState === 'complete');
  }

  /** This driver does not report requests; the page's own resource timing names them. */
  async requests() {
    const names = await this.evaluate(() =>
      performance.getEntriesByType('resource')
        .filter((entry) => entry.initiatorType !== 'iframe').map((entry) => entry.name));
    return names.filter((url) => !/^(data|blob):/.test(url));
  }

  async frame(selector) {
    const frame = new WebKitScope(this.browser, selector);
    const url = await this.evaluate((css) => document.querySelector(css).src, selector);
    await frame.waitFor(listenIn, url);
    return frame;
  }

  async press(key) {
    const value = keyCodes[key] ?? key;
    await this.session('POST', '/actions', {
      actions: [{
        type: 'key', id: 'keyboard',
        actions: [{ type: 'keyDown', value }, { type: 'keyUp', value }],
      }],
    });
  }

  async screenshot({ path } = {}) {
    const bytes = Buffer.from(await this.session('GET', '/screenshot'), 'base64');
    if (path) await writeFile(path, bytes);
    return bytes;
  }

  async viewport({ width, height, scale = 1 }) {
    if (scale !== 1) throw new Error('WebKitGTK cannot change its pixel ratio while it runs');
    // The toolbar takes room, and the window follows the driver with a delay: what the page shows may
    // belong to the size before. So the difference is asked anew until what is shown is right.
    const shown = () => this.evaluate(() => [innerWidth, innerHeight]);
    for (let attempt = 1; ; ++attempt) {
      const rect = await this.session('GET', '/window/rect');
      const inner = await shown();
      await this.session('POST', '/window/rect', {
        x: 0, y: 0, width: rect.width + width - inner[0], height: rect.height + height - inner[1],
      });
      try {
        await this.waitFor((w, h) => innerWidth === w && innerHeight === h, width, height);
        return;
      } catch (error) {
        if (attempt < 3) continue;
        throw new Error(`The window shows ${(await shown()).join('x')}, not ${width}x${height}`,
          { cause: error });
      }
    }
  }

  /** Leaves the document. The driver may answer before it has gone, and run scripts in it still. */
  async close() {
    await this.session('POST', '/url', { url: 'about:blank' });
    await this.waitFor(() => location.href === 'about:blank' && document.readyState === 'complete');
  }
}

/**
 * Runs in the page, as early as the driver lets us (it has no scripts that run before the page's):
 * collects what goes wrong from then on.
 */
function listenIn(url) {
  if (location.href !== url) return false;
  if (window.problemsForTest) return true;
  const problems = window.problemsForTest = [];
  window.addEventListener('error', (event) => problems.push(`uncaught: ${event.message}`));
  window.addEventListener('unhandledrejection', (event) => {
    problems.push(`uncaught: ${event.reason}`);
  });
  for (const level of ['error', 'assert']) {
    const original = console[level];
    console[level] = (...args) => {
      if (level !== 'assert' || !args[0]) problems.push(args.join(' '));
      original.apply(console, args);
    };
  }
  window.addEventListener('securitypolicyviolation', (event) => {
    problems.push(`policy violation: ${event.effectiveDirective} ${event.blockedURI}`);
  });
  return true;
}
