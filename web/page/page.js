// The page's side of the stage: starts it, brings it input, and shows what it says. All decisions
// are made in C++; here are only the document and its events.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const box = byId('box');
const canvas = byId('canvas');
const twin = byId('twin');
const caption = byId('caption');
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

let stage = null;
let frameAsked = false;

// --- Frames: one only when something asks for it -------------------------------------------------

const wake = () => {
  if (frameAsked || !stage || root.dataset.stage === 'lost') return;
  frameAsked = true;
  requestAnimationFrame(() => {
    frameAsked = false;
    if (root.dataset.stage === 'lost') return;
    try {
      const more = stage._stage_frame();
      root.dataset.stage = 'running';
      if (more) wake();
    } catch (error) {
      giveUp(`The running connection stopped: ${error.message}.`);
    }
  });
};

/** Calls one of the stage's functions, while there is a stage, and lets it draw what follows. */
const tell = (name, ...values) => {
  if (!stage) return;
  stage[name](...values);
  wake();
};

// More than any address or key may be; what is handed over stands on a stack of limited size.
const longestText = 20_000;

/** The same with a text; gives back what the function says. */
const tellText = (name, text) => {
  if (!stage) return 0;
  const result = stage.ccall(name, 'number', ['string'], [text.slice(0, longestText)]);
  wake();
  return result;
};

// --- What the stage says -------------------------------------------------------------------------

const elements = new Map();
let captionShown = '';

const makeTwin = ({ id, role }) => {
  const element = document.createElement({ button: 'button', list: 'ul', listitem: 'li' }[role]);
  if (role === 'button') {
    element.type = 'button';
    element.dataset.node = id;
  } else {
    element.setAttribute('role', role);
  }
  return element;
};

const setAttribute = (element, name, value) => {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};

/** Puts the elements over what is drawn, in the order in which it was drawn. */
const showTwin = (nodes) => {
  const stale = new Set(elements.keys());
  let list = null;
  const places = new Map([[twin, 0]]);
  for (const node of nodes) {
    stale.delete(node.id);
    const element = elements.get(node.id) ?? makeTwin(node);
    elements.set(node.id, element);
    if (node.role === 'listitem') {
      if (element.textContent !== node.name) element.textContent = node.name;
    } else {
      setAttribute(element, 'aria-label', node.name);
    }
    if (node.role === 'button') setAttribute(element, 'aria-disabled', String(!node.enabled));
    const parent = node.role === 'listitem' ? list : twin;
    const [x, y, width, height] = node.rect;
    const [left, top] = parent === list && list ? list.origin : [0, 0];
    element.style.left = `${x - left}px`;
    element.style.top = `${y - top}px`;
    element.style.width = `${width}px`;
    element.style.height = `${height}px`;
    const holder = parent === list && list ? list.element : twin;
    const place = places.get(holder);
    if (holder.children[place] !== element) holder.insertBefore(element, holder.children[place]);
    places.set(holder, place + 1);
    if (node.role === 'list') {
      list = { element, origin: [x, y] };
      places.set(element, 0);
    }
  }
  for (const id of stale) {
    elements.get(id).remove();
    elements.delete(id);
  }
};

const showNotices = (notices) => {
  const holder = byId('notices');
  const wanted = new Set(notices.map(({ id }) => String(id)));
  for (const shown of [...holder.children]) {
    if (!wanted.delete(shown.dataset.notice)) shown.remove();
  }
  for (const { id, text } of notices) {
    if (!wanted.has(String(id))) continue;
    const paragraph = document.createElement('p');
    paragraph.dataset.notice = id;
    const sentence = document.createElement('span');
    sentence.textContent = text;
    const dismiss = document.createElement('button');
    dismiss.type = 'button';
    dismiss.textContent = 'Dismiss';
    dismiss.addEventListener('click', () => {
      tell('_stage_dismiss', id);
      box.focus({ preventScroll: true });
    });
    paragraph.append(sentence, dismiss);
    holder.append(paragraph);
  }
};

const receive = (said) => {
  root.dataset.theme = said.dark ? 'dark' : 'light';
  caption.style.bottom = `${said.transport}px`;
  const step = `Step ${said.step} of ${said.steps} · ${said.title}`;
  const shown = `${said.scenario} ${step}`;
  if (shown !== captionShown) {
    byId('caption-step').textContent = step;
    byId('caption-text').textContent = said.text;
    byId('caption-rule').textContent = said.rule;
    // The first sentence is not news: it is what the page shows when it opens.
    if (captionShown) byId('live').textContent = said.text;
    captionShown = shown;
  }
  showTwin(said.nodes);
  showNotices(said.notices);
};

// --- What the reader does ------------------------------------------------------------------------

// A click that follows a pointer of ours has been handled by the stage already; any other, from a
// keyboard or a screen reader, is a command of its own.
let pressedOn = null;

const place = (event) => {
  const { left, top } = box.getBoundingClientRect();
  tell('_stage_pointer', event.clientX - left, event.clientY - top);
};

const letGo = () => {
  pressedOn = null;
  tell('_stage_pointer_gone');
  tell('_stage_button', 0);
};

const listen = () => {
  box.addEventListener('pointermove', place);
  box.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    pressedOn = event.target;
    place(event);
    tell('_stage_button', 1);
  });
  box.addEventListener('pointerup', (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    // No click follows when it is let go over something else; a finger stays with what it pressed.
    if (document.elementFromPoint(event.clientX, event.clientY) !== pressedOn) pressedOn = null;
    place(event);
    tell('_stage_button', 0);
    if (event.pointerType !== 'mouse') tell('_stage_pointer_gone');
  });
  // The browser takes a finger over, to scroll with it.
  box.addEventListener('pointercancel', letGo);
  box.addEventListener('pointerleave', (event) => {
    // A finger leaves whenever it is lifted, before the click that it means.
    if (event.pointerType === 'mouse') letGo();
  });
  box.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    const handled = pressedOn !== null;
    pressedOn = null;
    if (button && !handled) tellText('stage_activate', button.dataset.node);
  });
  box.addEventListener('keydown', (event) => {
    pressedOn = null;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (tellText('stage_key', event.key)) event.preventDefault();
  });
  addEventListener('hashchange', () => tellText('stage_open', location.hash));
  prefersDark.addEventListener('change', () => tell('_stage_system_dark', prefersDark.matches));
};

// --- Size and sharpness --------------------------------------------------------------------------

const resize = () => {
  tell('_stage_resize', box.clientWidth, box.clientHeight, devicePixelRatio);
  tell('_stage_caption', caption.offsetHeight);
};

const watchSize = () => {
  const watcher = new ResizeObserver(resize);
  watcher.observe(box);
  watcher.observe(caption);
  const watchRatio = () => {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      resize();
      watchRatio();
    }, { once: true });
  };
  watchRatio();
};

// --- A lost context ------------------------------------------------------------------------------

const watchContext = () => {
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    root.dataset.stage = 'lost';
    byId('figure-reason').textContent = 'The browser has taken the graphics away from the stage. '
      + 'It comes back by itself as soon as the browser allows.';
  });
  canvas.addEventListener('webglcontextrestored', () => {
    root.dataset.stage = 'starting';
    tell('_stage_restore');
  });
};

// --- Start ---------------------------------------------------------------------------------------

const missing = () => {
  if (typeof WebAssembly !== 'object') return 'WebAssembly';
  try {
    new DecompressionStream('deflate-raw');
  } catch {
    return 'DecompressionStream';
  }
  return document.createElement('canvas').getContext('webgl2') ? '' : 'WebGL 2';
};

const giveUp = (reason) => {
  stage = null;
  root.dataset.stage = 'unavailable';
  byId('figure-reason').textContent = `This is a picture of the normal close. ${reason}`;
};

/** Base64 to bytes; the quick way is new. */
const decode = (text) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
};

/** The payload: a length, the WebAssembly, the glue. scripts/pack.mjs says how it is made. */
const unpack = async () => {
  const packed = new Blob([decode(byId('payload').textContent.trim())]);
  const stream = packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const end = 4 + new DataView(bytes.buffer).getUint32(0, true);
  const glue = new TextDecoder().decode(bytes.subarray(end));
  return { wasmBinary: bytes.subarray(4, end), glue };
};

const start = async () => {
  root.dataset.stage = 'starting';
  const lacking = missing();
  if (lacking) {
    return giveUp(`The running connection needs ${lacking}, which this browser does not offer.`);
  }
  try {
    const { wasmBinary, glue } = await unpack();
    const script = document.createElement('script');
    script.textContent = glue;
    document.head.append(script);
    const module = await globalThis.createStage({ canvas, wasmBinary, receive });
    if (!module._stage_ready()) throw new Error('there is no WebGL 2 context');
    stage = module;
  } catch (error) {
    return giveUp(`The running connection could not be started: ${error.message}.`);
  }
  watchContext();
  tell('_stage_system_dark', prefersDark.matches);
  tellText('stage_open', location.hash);
  listen();
  watchSize();
};

/** After the first paint, when the stage is in view and the browser has nothing better to do. */
const startWhenSeen = () => {
  const idle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then));
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    watcher.disconnect();
    requestAnimationFrame(() => idle(start));
  });
  watcher.observe(byId('stage'));
};

root.dataset.theme = prefersDark.matches ? 'dark' : 'light';
startWhenSeen();
