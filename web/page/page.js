// The page's side of the stage: starts it, brings it input, and shows what it says. All decisions
// are made in C++; here are only the document and its events.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const box = byId('box');
const canvas = byId('canvas');
const twin = byId('twin');
const caption = byId('caption');
const ports = byId('ports');
const file = byId('file');
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

let stage = null;
let frameAsked = false;

// --- Frames: one only when something asks for it -------------------------------------------------

const wake = () => {
  if (frameAsked || !stage || root.dataset.stage === 'lost') return;
  frameAsked = true;
  requestAnimationFrame((now) => {
    frameAsked = false;
    if (root.dataset.stage === 'lost') return;
    try {
      const more = stage._stage_frame(now);
      if (root.dataset.stage !== 'running') run();
      if (more) wake();
    } catch (error) {
      giveUp(`The running connection stopped: ${error.message}.`);
    }
  });
};

/** What drives the stage from the article, or asks the engine, can be used while there is one. */
const letDrive = (may) => {
  for (const control of document.querySelectorAll('[data-address]')) control.disabled = !may;
  ports.disabled = !may;
  file.disabled = !may;
};

/** The first frame is there. */
const run = () => {
  root.dataset.stage = 'running';
  letDrive(true);
  // A browser may have kept what was in the fields before.
  countPorts();
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

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const offered = new Map();

/** A select offers its options in their groups. */
const fillSelect = (select, { id, options }) => {
  const wanted = JSON.stringify(options);
  if (offered.get(id) === wanted) return;
  offered.set(id, wanted);
  select.replaceChildren();
  let place = select;
  let group = '';
  for (const option of options) {
    if (option.group !== group) {
      group = option.group;
      place = make('optgroup', { label: group });
      select.append(place);
    }
    place.append(make('option', { value: option.value }, option.label));
  }
};

const makeTwin = {
  button: () => make('button', { type: 'button' }),
  select: () => make('select'),
  slider: () => make('input', { type: 'range', min: 1, step: 1 }),
  group: () => make('div', { role: 'group' }),
  list: () => make('ul', { role: 'list' }),
  listitem: () => make('li'),
};

const setAttribute = (element, name, value) => {
  if (value === undefined) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
};

/**
 * A list that is too long for its place is scrolled here, by whatever a reader scrolls with, and the
 * picture follows. Where the stage has scrolled it itself, it follows the picture.
 */
const showScroll = (list, { above = 0, scroll = 0 }) => {
  // What no longer scrolls cannot keep the focus; the stage's keys go on working.
  if (above === 0 && document.activeElement === list) box.focus({ preventScroll: true });
  setAttribute(list, 'tabindex', above > 0 ? 0 : undefined);
  setAttribute(list, 'data-above', above > 0 ? above : undefined);
  list.style.setProperty('--above', `${above}px`);
  if (Number(list.dataset.scroll) === scroll) return;
  list.dataset.scroll = scroll;
  list.scrollTop = scroll;
};

const describe = (element, node) => {
  if (node.role === 'listitem') {
    if (element.textContent !== node.name) element.textContent = node.name;
    return;
  }
  element.dataset.node = node.id;
  setAttribute(element, 'aria-label', node.name);
  if (node.role === 'button') {
    setAttribute(element, 'aria-disabled', Boolean(node.disabled));
    setAttribute(element, 'aria-pressed', node.pressed);
  }
  if (node.role === 'select') fillSelect(element, node);
  if (node.role === 'slider') {
    setAttribute(element, 'max', node.most);
    setAttribute(element, 'aria-valuetext', node.valueText);
  }
  if (node.value !== undefined && element.value !== node.value) element.value = node.value;
};

/** Puts the elements over what is drawn, in the order in which it was drawn. */
const showTwin = (nodes) => {
  // What is gone goes first: else all that follows it would be moved, and lose the focus.
  const named = new Set(nodes.map(({ id }) => id));
  for (const [id, element] of elements) {
    if (named.has(id)) continue;
    element.remove();
    elements.delete(id);
  }
  let list = { element: twin, origin: [0, 0] };
  const places = new Map([[twin, 0]]);
  for (const node of nodes) {
    if (!elements.has(node.id)) elements.set(node.id, makeTwin[node.role](node));
    const element = elements.get(node.id);
    describe(element, node);
    const holder = node.role === 'listitem' ? list : { element: twin, origin: [0, 0] };
    const [x, y, width, height] = node.rect;
    element.style.left = `${x - holder.origin[0]}px`;
    element.style.top = `${y - holder.origin[1]}px`;
    element.style.width = `${width}px`;
    element.style.height = `${height}px`;
    const place = places.get(holder.element);
    const there = holder.element.children[place];
    if (there !== element) holder.element.insertBefore(element, there ?? null);
    places.set(holder.element, place + 1);
    if (node.role === 'list') {
      showScroll(element, node);
      list = { element, origin: [x, y - element.scrollTop] };
      places.set(element, 0);
    }
  }
};

/** The article's list of steps, and the run as text, are those of the run on the stage. */
const showRun = ({ title, question, figure, steps }) => {
  byId('steps-of').textContent = question ? `${title}: ${question}` : title;
  byId('ladder-text').textContent = figure;
  byId('step-list').replaceChildren(...steps.map((step, index) =>
    make('li', {}, make('button', { type: 'button', 'data-address': `step=${index + 1}` },
      make('b', {}, step.title), ' ', make('span', {}, step.note)))));
};

const showStep = (said) => {
  for (const [index, item] of [...byId('step-list').children].entries()) {
    setAttribute(item.firstElementChild, 'aria-current',
      index + 1 === said.step ? 'step' : undefined);
  }
  byId('caption-step').textContent = `Step ${said.step} of ${said.steps} · ${said.title}`;
  byId('caption-text').textContent = said.text;
  byId('caption-rule').textContent = said.rule;
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

let stepShown = 0;

const receive = (said) => {
  root.dataset.theme = said.dark ? 'dark' : 'light';
  caption.style.bottom = `${said.above}px`;
  // A run is told once, in the first snapshot that shows it.
  if (said.run) showRun(said.run);
  if (said.run || said.step !== stepShown) {
    showStep(said);
    // What the page shows when it opens is no news; while steps fly past, none is spoken.
    if (stepShown && !said.quick && !scrubbing) byId('live').textContent = said.text;
    stepShown = said.step;
  }
  showTwin(said.nodes);
  showNotices(said.notices);
};

// --- What the reader does ------------------------------------------------------------------------

let scrubbing = false;

const place = (event) => {
  const { left, top } = box.getBoundingClientRect();
  tell('_stage_pointer', event.clientX - left, event.clientY - top);
};

const letGo = () => {
  tell('_stage_pointer_gone');
  tell('_stage_button', 0);
};

/** A focused control's own keys win; the stage's keys act on the rest. */
const keyPressed = (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { target, key } = event;
  const own = target.tagName === 'BUTTON' ? [' ', 'Enter']
    : target.type === 'range' ? ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']
      : [];
  if (own.includes(key) || target.tagName === 'SELECT') return;
  if (key === '?') {
    byId('help').showModal();
  } else if (event.shiftKey) {
    return;
  } else if (key.toLowerCase() === 's') {
    elements.get('scenario').focus();
  } else if (!tellText('stage_key', key)) {
    return;
  }
  event.preventDefault();
};

const listen = () => {
  box.addEventListener('pointermove', place);
  box.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    place(event);
    tell('_stage_button', 1);
  });
  box.addEventListener('pointerup', (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
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
    if (button?.dataset.node === 'help') {
      byId('help').showModal();
    } else if (button) {
      tellText('stage_activate', button.dataset.node);
    }
  });
  box.addEventListener('keydown', keyPressed);
  // A list that scrolls tells how much of what is above it has come back into view.
  box.addEventListener('scroll', ({ target }) => {
    const above = Number(target.dataset.above);
    const scroll = Math.min(Math.round(target.scrollTop), above);
    if (!above || Number(target.dataset.scroll) === scroll) return;
    target.dataset.scroll = scroll;
    tell('_stage_scroll', 1 - scroll / above);
  }, { capture: true, passive: true });
  // Selects and the slider are worked in the document.
  box.addEventListener('input', (event) => {
    tellText('stage_set', `${event.target.dataset.node}=${event.target.value}`);
  });
  box.addEventListener('pointerdown', (event) => { scrubbing = event.target.type === 'range'; });
  for (const end of ['pointerup', 'pointercancel']) {
    addEventListener(end, () => { scrubbing = false; });
  }
  document.addEventListener('click', (event) => {
    const control = event.target.closest('[data-address]');
    if (!control) return;
    tellText('stage_change', control.dataset.address);
    byId('stage').scrollIntoView({ block: 'nearest' });
  });
  // A hash without "=" is a place in the article.
  addEventListener('hashchange', () => {
    if (!location.hash || location.hash.includes('=')) tellText('stage_open', location.hash);
  });
  reducedMotion.addEventListener('change', () =>
    tell('_stage_system_motion', reducedMotion.matches));
  prefersDark.addEventListener('change', () => tell('_stage_system_dark', prefersDark.matches));
};

// --- A file of the reader's own ------------------------------------------------------------------

// One byte more than a scenario may have: the parser says that what has more is too large.
const mostOfFile = 1_000_001;

/** Hands a file over. What is in it, and what is wrong with that, is the stage's to say. */
const openFile = async (opened) => {
  const bytes = await opened.slice(0, mostOfFile).arrayBuffer()
    .then((buffer) => new Uint8Array(buffer), () => null);
  if (!stage) return;
  stage.file = bytes;
  stage.ccall('stage_open_file', null, ['string', 'number'],
    [opened.name.slice(0, longestText), bytes ? bytes.length : -1]);
  stage.file = null;
  wake();
  byId('stage').scrollIntoView({ block: 'nearest' });
};

const listenForFiles = () => {
  file.addEventListener('change', () => {
    const [chosen] = file.files;
    if (chosen) openFile(chosen);
    // Choosing the same file again, after it was mended, is a change too.
    file.value = '';
  });
  const target = byId('stage');
  const mayDrop = ({ dataTransfer }) => !file.disabled && dataTransfer.types.includes('Files');
  // Beside the stage as well: there the browser would leave the page for the file.
  addEventListener('dragover', (event) => {
    if (!mayDrop(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    if (target.contains(event.target)) target.dataset.drop = '';
  });
  target.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!target.contains(relatedTarget)) delete target.dataset.drop;
  });
  addEventListener('drop', (event) => {
    delete target.dataset.drop;
    if (!mayDrop(event)) return;
    event.preventDefault();
    const [dropped] = event.dataTransfer.files;
    if (dropped) openFile(dropped);
  });
};

// --- Size and sharpness --------------------------------------------------------------------------

const resize = () => {
  const scale = parseFloat(getComputedStyle(root).fontSize) / 16;
  const { width, height } = box.getBoundingClientRect();
  tell('_stage_resize', width, height, devicePixelRatio, scale);
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
    letDrive(false);
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
  letDrive(false);
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
  tell('_stage_system_motion', reducedMotion.matches);
  tellText('stage_open', location.hash);
  if (byId('theme').value !== 'system') tellText('stage_change', `theme=${byId('theme').value}`);
  listen();
  listenForFiles();
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

// --- How long the ports last: the engine counts, the page asks and shows --------------------------

const portsFields = [...ports.querySelectorAll('input')];

// No number is longer; what is handed over stands on a stack of limited size.
const longestNumber = 200;

/** Asks with the fields as they are, shows the reply, and gives back its problems and sentences. */
const countPorts = () => {
  if (!stage) return { problems: [], says: [] };
  const texts = portsFields.map(({ value }) => value.slice(0, longestNumber));
  const types = [...texts.map(() => 'string'), 'number'];
  const serverFirst = Number(byId('ports-closer').value === 'server');
  const reply = JSON.parse(stage.ccall('ports_reply', 'string', types, [...texts, serverFirst]));
  for (const field of portsFields) {
    const problem = reply.problems.find((one) => one.field === field.name);
    byId(`${field.id}-problem`).textContent = problem?.text ?? '';
    setAttribute(field, 'aria-invalid', problem && true);
  }
  byId('ports-answer').replaceChildren(...reply.says.map((sentence) => make('p', {}, sentence)));
  return reply;
};

/** A system fills in its figures; figures that are nobody's are the reader's own. */
const choosePorts = ({ target }) => {
  const system = byId('ports-system');
  const figures = ['ports-ports', 'ports-wait'].map(byId);
  const own = [...system.options].at(-1);
  const figuresOf = ({ dataset }) => [dataset.ports, dataset.wait];
  if (target === system && system.value !== own.value) {
    figuresOf(system.selectedOptions[0]).forEach((figure, i) => {
      figures[i].value = Number(figure).toLocaleString('en');
    });
  } else if (figures.includes(target)) {
    const written = figures.map(({ value }) => value.replace(/[\s,]/g, ''));
    const same = (option) => figuresOf(option).every((figure, i) => figure === written[i]);
    system.value = ([...system.options].find(same) ?? own).value;
  }
  countPorts();
};

/** Heard once a figure is settled, not at every key. */
const speakPorts = ({ target }) => {
  const { problems, says } = countPorts();
  const own = problems.find((one) => one.field === target.name);
  byId('live').textContent = own?.text ?? says.join(' ');
};

// --- The rest of the page ------------------------------------------------------------------------

/** The theme is the stage's to know; until there is one, the page follows the choice itself. */
const chooseTheme = () => {
  const { value } = byId('theme');
  const dark = value === 'system' ? prefersDark.matches : value === 'dark';
  root.dataset.theme = dark ? 'dark' : 'light';
  tellText('stage_change', `theme=${value}`);
};

/** Copies the ladder, or selects it where the browser lets nobody copy. */
const copyLadder = async () => {
  const text = byId('ladder-text');
  try {
    await navigator.clipboard.writeText(text.textContent);
    byId('copied').textContent = 'Copied.';
  } catch {
    getSelection().selectAllChildren(text);
    byId('copied').textContent = 'Selected: copy it with your keyboard.';
  }
};

// Paper shows the run as text and the table of the profiles, whether they are folded away or not.
let openForPrint = [];
addEventListener('beforeprint', () => {
  openForPrint = [...document.querySelectorAll('#run-text details, #profiles')]
    .filter((drawer) => !drawer.open);
  for (const drawer of openForPrint) drawer.open = true;
});
addEventListener('afterprint', () => {
  for (const drawer of openForPrint) drawer.open = false;
});
byId('theme').addEventListener('change', chooseTheme);
byId('copy').addEventListener('click', copyLadder);
ports.addEventListener('input', choosePorts);
ports.addEventListener('change', speakPorts);
byId('help-close').addEventListener('click', () => byId('help').close());
letDrive(false);
root.dataset.theme = prefersDark.matches ? 'dark' : 'light';
startWhenSeen();
