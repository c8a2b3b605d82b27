// Code that runs inside the page under test: finding elements the way assistive technology names
// them. It is sent as text, so each function here must stand alone; it is the same in all engines.

/** All elements with this role and accessible name, those left out that are hidden from readers. */
export function findByRole(role, name) {
  const implicit = {
    A: 'link', BUTTON: 'button', UL: 'list', OL: 'list', LI: 'listitem', IMG: 'img', MAIN: 'main',
    H1: 'heading', H2: 'heading', H3: 'heading', SECTION: 'region', ARTICLE: 'article',
    SELECT: 'combobox', OUTPUT: 'status',
  };
  const roleOf = (element) => element.getAttribute('role') ?? implicit[element.tagName];
  const squeeze = (text) => text.replace(/\s+/g, ' ').trim();
  const nameOf = (element) => {
    const labels = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean)
      .map((id) => document.getElementById(id)?.textContent ?? '');
    return squeeze(labels.join(' ') || element.getAttribute('aria-label') || element.textContent);
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
