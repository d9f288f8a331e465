// Comforts only: every page works without this file.

// One press sends once. The label stays, so nothing jumps; the server ignores a second submit in any case.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.submitter?.formTarget) return; // into a frame of the page, to look at it
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
});
// Coming back by the browser's Back must find working buttons.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }
});

// Ctrl or Command with Enter sends what is being written.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

// A slash goes to the search box, unless something is being written.
document.addEventListener("keydown", (event) => {
  const field = document.querySelector("input[type=search], .find input");
  if (event.key !== "/" || !field || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  field.focus();
});

// A menu closes by Escape and by a press elsewhere.
const close = (menu) => menu.removeAttribute("open");
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.account[open]");
  if (event.key !== "Escape" || !menu) return;
  close(menu);
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.account[open]")) if (!menu.contains(event.target)) close(menu);
});
