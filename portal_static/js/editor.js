// Comforts of the article editor: the preview follows the words, tools write Markdown, and nothing unsaved is lost.
// Without this file the page's Preview button shows the same, and all else is typed by hand.

import { findArticle } from "./find_article.js";
import { uploadImage } from "./upload_image.js";

const form = document.querySelector("#editor");
if (form) {
  document.documentElement.classList.add("with-script");
  const panes = [...form.querySelectorAll(".pane")];
  for (const pane of panes) {
    preview(form, pane);
    tools(form, pane);
    count(pane);
  }
  keep(form);
  // Enter in a line of its own would press the form's first button.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".pane input, .strip input")) event.preventDefault();
  });
}

function preview(form, pane) {
  const field = pane.querySelector("textarea");
  const shown = pane.querySelector(".prose");
  let waiting;
  let newest = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 300);
  });
  async function show() {
    const mine = ++newest;
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, locale: pane.dataset.locale, body: field.value });
    const answer = await fetch(form.dataset.preview, { method: "POST", body }).catch(() => null);
    // An answer to older words, or a page that asks to sign in, shows nothing.
    if (!answer?.ok || answer.redirected || mine !== newest) return;
    shown.innerHTML = await answer.text();
  }
}

function count(pane) {
  const field = pane.querySelector("textarea");
  const line = pane.querySelector(".count");
  const numbers = new Intl.NumberFormat(document.documentElement.lang === "ar" ? "ar-u-nu-latn" : "en");
  const show = () => {
    const told = {
      characters: numbers.format([...field.value].length),
      words: numbers.format(field.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length),
    };
    line.textContent = line.dataset.words.replace(/\{(\w+)\}/g, (_, name) => told[name]);
  };
  field.addEventListener("input", show);
  show();
}

const MARKDOWN = {
  heading: (chosen) => before(chosen, "## "),
  bold: (chosen) => `**${chosen}**`,
  list: (chosen) => before(chosen, "- "),
  steps: (chosen) => chosen.split("\n").map((line, at) => `${at + 1}. ${line}`).join("\n"),
  link: (chosen) => (/^https?:/.test(chosen) ? `[](${chosen})` : `[${chosen}](https://)`),
  note: (chosen) => `> [!NOTE]\n${before(chosen, "> ")}`,
  warning: (chosen) => `> [!WARNING]\n${before(chosen, "> ")}`,
};
const OF_LINES = ["heading", "list", "steps", "note", "warning"];

function before(chosen, sign) {
  return chosen.split("\n").map((line) => sign + line).join("\n");
}

function tools(form, pane) {
  const bar = pane.querySelector(".tools");
  const field = pane.querySelector("textarea");
  const buttons = [...bar.querySelectorAll("button")];
  bar.hidden = false;
  roam(bar, buttons);
  bar.addEventListener("click", async (event) => {
    const name = event.target.closest("button")?.dataset.do;
    if (name === "image") return uploadImage(form, bar, field, insert);
    if (name === "article") {
      const at = { find: form.dataset.find, locale: pane.dataset.locale, markdown: true };
      return findArticle(bar, field, at, (found) => insert(field, `[${chosenText(field) || found.title}](${found.url})`));
    }
    if (name in MARKDOWN) write(field, name);
  });
}

// One stop of the tab key; the arrows go along it, as in any toolbar (WAI-ARIA's toolbar pattern).
function roam(bar, buttons) {
  buttons.forEach((button, at) => (button.tabIndex = at ? -1 : 0));
  bar.addEventListener("keydown", (event) => {
    const turned = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: turned, ArrowLeft: -turned }[event.key];
    const at = buttons.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = buttons[(at + step + buttons.length) % buttons.length];
    buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next.focus();
  });
}

function chosenText(field) {
  return field.value.slice(field.selectionStart, field.selectionEnd);
}

function write(field, name) {
  if (OF_LINES.includes(name)) growToLines(field);
  const chosen = chosenText(field);
  const made = MARKDOWN[name](chosen);
  const start = field.selectionStart;
  insert(field, made);
  // With nothing chosen the cursor stands where the words belong.
  if (!chosen && name === "bold") field.setSelectionRange(start + 2, start + 2);
  if (!chosen && name === "link") field.setSelectionRange(start + 1, start + 1);
}

function growToLines(field) {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = field.value.indexOf("\n", field.selectionEnd);
  field.setSelectionRange(start, end < 0 ? field.value.length : end);
}

// By execCommand where it is there: only then does the browser's own undo know of it.
function insert(field, text) {
  field.focus();
  if (document.execCommand?.("insertText", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// What is typed is kept in this browser until the server has it.
function keep(form) {
  const name = `diwan:article:${form.dataset.id}`;
  const line = document.querySelector("#saved");
  const banner = form.querySelector("#kept");
  let waiting;
  if ("saved" in form.dataset) {
    drop(name);
    drop("diwan:article:new");
  }
  const kept = read(name);
  if (kept && differs(form, kept.words)) offer();

  form.addEventListener("input", (event) => {
    if (!(event.target.name in words(form))) return;
    clearTimeout(waiting);
    waiting = setTimeout(store, 400);
  });
  addEventListener("pagehide", () => waiting && store());

  function store() {
    waiting = null;
    const told = write({ words: words(form), at: Date.now() });
    line.textContent = told ? line.dataset.unsaved : line.dataset.unkept;
  }
  // A browser may have no room, or none for us: then the line says no more than is true.
  function write(value) {
    try {
      localStorage.setItem(name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }
  function offer() {
    const when = new Date(kept.at);
    banner.querySelector("#kept-when").textContent = new Intl.DateTimeFormat(
      document.documentElement.lang === "ar" ? "ar-u-nu-latn" : "en-GB",
      { dateStyle: "medium", timeStyle: "short", hourCycle: "h23", timeZone: form.dataset.zone },
    ).format(when);
    banner.hidden = false;
    banner.addEventListener("click", (event) => {
      const wish = event.target.closest("button")?.dataset.do;
      if (wish === "restore") fill(form, kept.words);
      if (wish === "forget") drop(name);
      if (wish) {
        banner.hidden = true;
        form.querySelector("textarea").focus();
      }
    });
  }
}

function words(form) {
  const found = {};
  for (const field of form.querySelectorAll(".pane input, .pane textarea, .strip select, .strip input")) {
    if (field.name) found[field.name] = field.value;
  }
  return found;
}

function differs(form, kept) {
  const now = words(form);
  return Object.keys(now).some((name) => name in kept && lines(kept[name]) !== lines(now[name]));
}

function lines(text) {
  return text.replace(/\r\n?/g, "\n").trim();
}

function fill(form, kept) {
  for (const [name, value] of Object.entries(kept)) {
    const field = form.elements[name];
    if (!field || field.value === value) continue;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function read(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(name));
    return kept && typeof kept.words === "object" ? kept : null;
  } catch {
    return null;
  }
}

function drop(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
}
