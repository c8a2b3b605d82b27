// Where everything stands at every step of a scenario, gathered in one go inside the page, and what
// is wrong with that.

/**
 * Runs in the page before its own scripts: nothing is painted on the canvas. Where things stand does
 * not depend on that, and there are thousands of steps to see.
 */
export function leaveUnpainted() {
  for (const paints of ['bufferData', 'clear', 'drawElements']) {
    WebGL2RenderingContext.prototype[paints] = () => {};
  }
  // Each frame asks the same, and each answer comes from another process.
  const { getParameter } = WebGL2RenderingContext.prototype;
  const known = new Map();
  WebGL2RenderingContext.prototype.getParameter = function answer(name) {
    if (!known.has(name)) known.set(name, getParameter.call(this, name));
    return known.get(name);
  };
}

/**
 * Runs in the page, which has its frames watched and quick: an entry for each step, or for the last
 * one alone. The page has its layout meanwhile, but is not painted either.
 */
export async function survey(id, title, whole) {
  const box = document.querySelector('#box');
  const rect = (element) => {
    const { x, y, right, bottom } = element.getBoundingClientRect();
    return [x, y, right, bottom];
  };
  const nameOf = (element) => element.getAttribute('aria-label') ??
    element.textContent.replace(/\s+/g, ' ').trim();
  const shows = (step) =>
    document.querySelector('#caption').textContent.startsWith(`Step ${step} of `) &&
    document.querySelector('#twin [data-node="stories"]').getAttribute('aria-label') ===
      `Story: ${title}` &&
    window.framesForTest.waiting.size === 0;
  const caption = document.querySelector('#caption');
  // The first report of a new observer comes with the browser's own next frame, after the page's.
  const ownFrame = () => new Promise((resolve) => {
    new ResizeObserver((_, observer) => {
      observer.disconnect();
      resolve();
    }).observe(caption);
  });
  const reach = async (step, go) => {
    const end = performance.now() + 10_000;
    go();
    do {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (performance.now() > end) throw new Error(`${id} never comes to step ${step}`);
    } while (!shows(step));
    // Only then the page hears that the caption has grown, and the ladder scrolls.
    await ownFrame();
    while (window.framesForTest.waiting.size > 0) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  };
  const seen = [];
  document.documentElement.style.visibility = 'hidden';
  // Another address each time would cost the browser far more than the step itself.
  await reach(1, () => {
    document.querySelector('#twin [data-node="stories"]').click();
    document.querySelector(`#stories [data-story="${id}"]`).click();
  });
  const buttons = [...document.querySelectorAll('#step-list button')];
  for (let step = whole ? 1 : buttons.length; step <= buttons.length; step += 1) {
    await reach(step, () => buttons[step - 1].click());
    const [lists, controls] = [[], []];
    for (const element of document.querySelector('#twin').children) {
      const entry = { name: nameOf(element), rect: rect(element) };
      if (element.getAttribute('role') !== 'list') {
        controls.push(entry);
        continue;
      }
      entry.items = [...element.children].map((item) => ({ name: nameOf(item), rect: rect(item) }));
      lists.push(entry);
    }
    seen.push({
      step,
      box: rect(box),
      stage: rect(document.querySelector('#stage')),
      caption: rect(caption),
      captionCut: caption.scrollWidth > caption.clientWidth + 1 ||
        (caption.scrollHeight > caption.clientHeight + 1 && caption.tabIndex !== 0),
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      lists,
      controls,
    });
  }
  document.documentElement.style.visibility = '';
  return seen;
}

const slack = 1; // rectangles are told in whole pixels

const within = ([x, y, right, bottom], [left, top, end, low]) =>
  x >= left - slack && y >= top - slack && right <= end + slack && bottom <= low + slack;

const overlap = (a, b) =>
  Math.min(a[2], b[2]) - Math.max(a[0], b[0]) > slack &&
  Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > slack;

const place = (rect) => rect.map(Math.round).join(',');

/** Sentences on what is wrong at one step; what is not at the step `before` is new. */
export function faultsOf(seen, before, smallest) {
  const faults = [];
  const { box, stage, caption, captionCut, overflow, lists, controls } = seen;
  if (controls.length === 0 || lists.length === 0) faults.push('nothing on the stage is named');
  if (overflow > 0) faults.push(`the page is ${overflow} px wider than the window`);
  if (captionCut) faults.push('the caption is cut');
  if (!within(caption, stage)) faults.push(`the caption leaves the stage: ${place(caption)}`);
  for (const { name, rect } of [...controls, ...lists]) {
    if (!within(rect, box)) faults.push(`"${name}" leaves the stage: ${place(rect)}`);
  }
  const texts = [...controls];
  for (const list of lists) {
    const known = before.lists.find(({ name }) => name === list.name)?.items ?? [];
    for (const item of list.items) {
      const { name, rect } = item;
      if (rect[0] < list.rect[0] - slack || rect[2] > list.rect[2] + slack) {
        faults.push(`"${name}" leaves the ${list.name}: ${place(rect)}`);
      }
      const fresh = !known.some((other) => other.name === name);
      // A long caption may cover what is known, and nothing that is new.
      if (fresh && !(within(rect, list.rect) && rect[3] <= caption[1] + slack)) {
        faults.push(`"${name}" is new and not in view: ${place(rect)} of ${place(list.rect)}, ` +
          `the caption from ${Math.round(caption[1])}`);
      }
      if (rect[3] - rect[1] < smallest) {
        faults.push(`"${name}" is only ${(rect[3] - rect[1]).toFixed(1)} px high`);
      }
    }
    // What the ladder has scrolled away is not seen, and overlaps nothing.
    texts.push(...list.items.filter(({ rect }) => within(rect, list.rect)));
  }
  for (const [i, one] of texts.entries()) {
    for (const other of texts.slice(i + 1)) {
      if (!overlap(one.rect, other.rect)) continue;
      faults.push(`"${one.name}" (${place(one.rect)}) overlaps "${other.name}" ` +
        `(${place(other.rect)})`);
    }
  }
  return faults;
}

/** Runs in the page: the texts that are smaller than this, or cut, outside of the stage's twin. */
export function smallTexts(smallest) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faults = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || element.closest('#twin, script, style, noscript')) continue;
    if (!element.checkVisibility({ checkVisibilityCSS: true })) continue;
    const matrix = element.closest('svg') ? element.getScreenCTM() : { a: 1, b: 0 };
    const size = parseFloat(getComputedStyle(element).fontSize) * Math.hypot(matrix.a, matrix.b);
    const said = node.textContent.trim().slice(0, 40);
    if (size < smallest - 0.05) faults.add(`"${said}" is ${size.toFixed(1)} px high`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right, width } = range.getBoundingClientRect();
    // What is for readers only is clipped to a point; what scrolls by itself is not cut.
    if (width <= 1 || element.closest('pre, #live')) continue;
    if (left < -1 || right > innerWidth + 1) faults.add(`"${said}" is cut by the window`);
  }
  return [...faults];
}
