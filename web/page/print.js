// On paper the run as text is shown, and so is what the article has folded.

let openedForPrint = [];

addEventListener('beforeprint', () => {
  openedForPrint = [...document.querySelectorAll('#run-text details, article details')]
    .filter((drawer) => !drawer.open);
  for (const drawer of openedForPrint) drawer.open = true;
});
addEventListener('afterprint', () => {
  for (const drawer of openedForPrint) drawer.open = false;
});
