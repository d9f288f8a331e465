// Tells once that a result was opened, so that authors see which searches led nowhere; who opened it is not kept.
// Without this file the search counts as one from which nothing was opened.

const list = document.querySelector("ol[data-opened]");
const { opened, q, csrf } = list?.dataset ?? {};
let told = false;

// The middle button, which opens a tab, makes an auxclick.
for (const press of ["click", "auxclick"]) {
  list?.addEventListener(press, (event) => {
    if (told || event.button > 1 || !event.target.closest("a")) return;
    told = navigator.sendBeacon(opened, new URLSearchParams({ q, csrf }));
  });
}
