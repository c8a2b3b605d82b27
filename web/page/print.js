// On paper the run as text is shown, and so is what the article has folded. A dialog would lie over
// it: it is closed meanwhile.

let openedForPrint = [];
let closedForPrint = null;

addEventListener('beforeprint', () => {
  closedForPrint = document.querySelector('dialog[open]');
  closedForPrint?.close();
  openedForPrint = [...document.querySelectorAll('article details')]
    .filter((drawer) => !drawer.open);
  for (const drawer of openedForPrint) drawer.open = true;
});
addEventListener('afterprint', () => {
  for (const drawer of openedForPrint) drawer.open = false;
  closedForPrint?.showModal();
});
