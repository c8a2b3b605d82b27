// On paper the run as text and the table of profiles are shown, even if they are closed on screen.

let openedForPrint = [];

addEventListener('beforeprint', () => {
  openedForPrint = [...document.querySelectorAll('#run-text details, #profiles')]
    .filter((drawer) => !drawer.open);
  for (const drawer of openedForPrint) drawer.open = true;
});
addEventListener('afterprint', () => {
  for (const drawer of openedForPrint) drawer.open = false;
});
