// Code that runs inside the page under test: finding elements the way assistive technology names
// them. It is sent as text, so each function here must stand alone; it is the same in all engines.

/** All elements with this role and accessible name that are not hidden from readers. */
export function findByRole(role, name) {
  const implicit = {
    A: 'link', BUTTON: 'button', UL: 'list', OL: 'list', LI: 'listitem', IMG: 'img', MAIN: 'main',
    H1: 'heading', H2: 'heading', H3: 'heading', SECTION: 'region', ARTICLE: 'article',
    SELECT: 'combobox', OUTPUT: 'status', DIALOG: 'dialog', INPUT: 'slider',
  };
  const roleOf = (element) => {
    if (element.hasAttribute('role')) return element.getAttribute('role');
    if (element.tagName === 'INPUT' && element.type !== 'range') return element.type;
    return implicit[element.tagName];
  };
  const squeeze = (text) => text.replace(/\s+/g, ' ').trim();
  const nameOf = (element) => {
    const ids = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
    const given = [
      ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' '),
      element.getAttribute('aria-label') ?? '',
      [...element.labels ?? []].map((label) => label.textContent).join(' '),
      element.textContent,
    ];
    return given.map(squeeze).find(Boolean) ?? '';
  };
  const reachable = (element) =>
    !element.closest('[aria-hidden="true"], [hidden], [inert]') &&
    element.checkVisibility({ checkVisibilityCSS: true });
  const tags = Object.entries(implicit).filter(([, r]) => r === role).map(([tag]) => tag);
  return [...document.querySelectorAll([`[role="${role}"]`, ...tags].join(', '))]
    .filter((element) => roleOf(element) === role && nameOf(element) === name)
    .filter(reachable);
}

/** The texts of a list's items, in document order. */
export function itemTexts(list) {
  return [...list.querySelectorAll('li, [role="listitem"]')].map((item) =>
    (item.getAttribute('aria-label') ?? item.textContent).replace(/\s+/g, ' ').trim());
}

/** A value given to a field, as a reader's choice arrives there. */
export function giveValue(field, value) {
  field.value = value;
  if (field.value !== value) throw new Error(`"${value}" cannot be chosen`);
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
}
