// A page of Chromium or of Firefox, by puppeteer-core: what both can do, and what Chromium can.

import { Scope } from './scope.mjs';

class PuppeteerScope extends Scope {
  constructor(target) {
    super();
    this.target = target;
  }

  run(text) {
    return this.target.evaluate(text);
  }

  /** Chooses a file on disk in a file input, as the browser's own dialogue would. */
  async upload(selector, path) {
    const input = await this.target.waitForSelector(selector);
    await input.uploadFile(path);
  }
}

export class PuppeteerPage extends PuppeteerScope {
  console = [];
  requested = [];
  scripts = [];
  altered = false; // in a way that the next document in it would notice

  constructor(page, context, view) {
    super(page);
    Object.assign(this, { page, context, view });
  }

  async listen() {
    this.page.on('console', (message) => {
      if (['error', 'assert'].includes(message.type())) this.console.push(message.text());
    });
    this.page.on('pageerror', (error) => this.console.push(`uncaught: ${error.message ?? error}`));
    this.page.on('request', (request) => {
      if (!request.isNavigationRequest()) this.requested.push(request.url());
    });
    // Chromium reports violations to the console by itself, Firefox only to the page.
    await this.page.evaluateOnNewDocument(() => {
      window.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI}`);
      });
    });
    await this.viewport(this.view);
  }

  /** Leaves the document, and forgets what was set for those to come. */
  async empty() {
    for (const script of this.scripts.splice(0)) {
      await this.page.removeScriptToEvaluateOnNewDocument(script);
    }
    await this.session?.detach(); // which ends what was set through it
    this.session = undefined;
    await this.page.goto('about:blank');
    await this.page.mouse.move(0, 0); // where nothing is under it
    await this.viewport(this.view);
  }

  async open(url) {
    this.console.length = 0;
    this.requested.length = 0;
    await this.page.goto(url, { waitUntil: 'load' });
  }

  /** What went wrong in the page: console errors, uncaught exceptions, policy violations. */
  async problems() {
    return this.console;
  }

  /** The address of everything requested since open(), except the documents themselves. */
  async requests() {
    return this.requested.filter((url) => !/^(data|blob):/.test(url));
  }

  async frame(selector) {
    const element = await this.page.waitForSelector(selector);
    return new PuppeteerScope(await element.contentFrame());
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  /** The picture as PNG bytes, of everything in view or of a part of it. */
  /** What is seen, or a part of it: `clip` is in the window, wherever the page is scrolled to. */
  async screenshot({ path, clip } = {}) {
    const { left, top } = await this.evaluate(() => ({ left: scrollX, top: scrollY }));
    const part = clip && { ...clip, x: clip.x + left, y: clip.y + top };
    return this.page.screenshot({ path, clip: part, captureBeyondViewport: false });
  }

  viewport({ width, height, scale = 1, touch = false }) {
    if (scale !== 1 || touch) this.altered = true;
    return this.page.setViewport({
      width, height, deviceScaleFactor: scale, hasTouch: touch, isMobile: false,
    });
  }

  async close() {
    await this.context.close();
  }
}

/** Real input, and a browser that lacks something: what only the DevTools protocol can do. */
export class ChromiumPage extends PuppeteerPage {
  /** Runs a function in every document before any of the page's own scripts. */
  async before(fn, ...args) {
    const { identifier } = await this.page.evaluateOnNewDocument(fn, ...args);
    this.scripts.push(identifier);
  }

  scripting(enabled) {
    this.altered = true;
    return this.page.setJavaScriptEnabled(enabled);
  }

  /** A command of the DevTools protocol itself. */
  async protocol(method, parameters = {}) {
    this.session ??= await this.page.createCDPSession();
    return this.session.send(method, parameters);
  }

  /** For instance { 'prefers-reduced-motion': 'reduce' }; the medium may be 'print'. */
  media(features, medium = '') {
    return this.protocol('Emulation.setEmulatedMedia', {
      media: medium,
      features: Object.entries(features).map(([name, value]) => ({ name, value })),
    });
  }

  /** The size of letters that a reader has chosen in the settings; 16 is the usual one. */
  letters(pixels) {
    this.altered = true;
    return this.protocol('Page.setFontSizes', {
      fontSizes: { standard: pixels, fixed: pixels * 13 / 16 },
    });
  }

  /** Does what makes the browser ask for a file, and answers in its place. */
  async answerChooser(act, path) {
    await this.protocol('Page.enable');
    await this.protocol('Page.setInterceptFileChooserDialog', { enabled: true });
    const asked = new Promise((resolve) => {
      this.session.once('Page.fileChooserOpened', resolve);
    });
    await act();
    const { backendNodeId } = await asked;
    await this.protocol('DOM.setFileInputFiles', { files: [path], backendNodeId });
  }

  /** One event of a drag that comes from outside with files: dragEnter, dragOver, drop, … */
  dragFiles(type, point, files, items = []) {
    this.altered = true;
    const data = { items, files, dragOperationsMask: 1 };
    return this.protocol('Input.dispatchDragEvent', { type, ...point, data });
  }

  moveTo(point) {
    return this.page.mouse.move(point.x, point.y);
  }

  mouseClick(point) {
    return this.page.mouse.click(point.x, point.y);
  }

  /** Presses the mouse, moves it in small moves, and lets go: after `before`, where it is given. */
  async drag(from, to, before = () => {}) {
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 8 });
    await before();
    await mouse.up();
  }

  async wheel(point, deltaY) {
    await this.page.mouse.move(point.x, point.y);
    await this.page.mouse.wheel({ deltaY });
  }

  tap(point) {
    this.altered = true;
    return this.page.touchscreen.tap(point.x, point.y);
  }

  /** A finger set down, moved up or (below 0) down by CSS pixels in small moves, and lifted. */
  async panUp(point, distance) {
    this.altered = true;
    const finger = await this.page.touchscreen.touchStart(point.x, point.y);
    for (let moved = 10; moved <= Math.abs(distance); moved += 10) {
      await finger.move(point.x, point.y - Math.sign(distance) * moved);
    }
    await finger.end();
  }

  /** A key with modifiers held, for instance pressWith(['Control'], 'r'). */
  async pressWith(modifiers, key) {
    this.altered = true; // Control and + makes letters larger, for instance
    const { keyboard } = this.page;
    for (const modifier of modifiers) await keyboard.down(modifier);
    await keyboard.press(key);
    for (const modifier of modifiers) await keyboard.up(modifier);
  }
}
