// Comforts of the composer: it counts an SMS as one types, puts ready words and articles where the cursor stands, and
// sends files up meanwhile. Without this file the buttons beside them do the same.

import { attach } from "./attachments.js";
import { findArticle } from "./find_article.js";
import { clean, count } from "./sms_text.js";

const form = document.querySelector(".for-reply");
if (form) {
  countAsOneTypes(form);
  const macros = form.querySelector(".macros:not(.articles)");
  if (macros) insertInPlace(form, macros);
  linkArticles(form, form.querySelector(".articles"));
}
for (const box of document.querySelectorAll(".composer .attach")) attach(box.closest("form"), box);

function countAsOneTypes(form) {
  const line = form.querySelector("#count");
  const told = line.dataset;
  let waiting;
  const show = () => {
    const chosen = form.elements.way.selectedOptions[0];
    line.textContent = chosen?.value.startsWith("sms:") ? words(told, form.elements.text.value, chosen.dataset.price) : "";
  };
  form.querySelector("button[value=count]").hidden = true;
  // A screen reader is told of the newest count only.
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  addEventListener("pageshow", show);
}

function words(told, typed, price) {
  const text = clean(typed);
  if (!text) return "";
  const { encoding, parts, left } = count(text);
  const octets = new TextEncoder().encode(text).length;
  if (parts > Number(told.maxParts) || octets > Number(told.mostOctets)) return told.long;
  const said = [fill(told.words, { parts: told.parts.split("|")[parts - 1], left: leftWords(told, left) })];
  if (price) said.push(fill(told.priced, { price: Math.max(price * parts, 0.01).toFixed(2) }));
  if (encoding === "UCS-2") said.push(told.wide);
  return said.join(" · ");
}

// The plurals stand in the page in this order.
function leftWords(told, left) {
  const plural = new Intl.PluralRules(document.documentElement.lang).select(left);
  const place = ["zero", "one", "two", "few", "many", "other"].indexOf(plural);
  return fill(told.left.split("|")[place], { left });
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function insertInPlace(form, macros) {
  const button = macros.querySelector("button");
  button.addEventListener("click", async (event) => {
    const id = form.elements.macro.value;
    event.preventDefault();
    if (!id) return form.elements.macro.focus();
    const answer = await fetch(macros.dataset.at + id).catch(() => null);
    // Not the words, but a page that asks to sign in: then the button goes its own way.
    if (!answer?.ok || answer.redirected) return form.requestSubmit(button);
    insert(form.elements.text, await answer.text());
    tell(form.querySelector("#left-empty"), answer.headers.get("Diwan-Left-Empty"));
  });
}

function linkArticles(form, articles) {
  const { at: find, locale, first } = articles.dataset;
  articles.querySelector("button[value=articles]")?.addEventListener("click", (event) => {
    event.preventDefault();
    findArticle(articles, form.elements.text, { find, locale, first }, (found) => insert(form.elements.text, found.link));
  });
}

function tell(line, places) {
  line.textContent = places ? fill(line.dataset.words, { places }) : "";
}

function insert(field, text) {
  field.focus();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
