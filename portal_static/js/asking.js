// Comforts of the ticket form: articles that may answer it as one types, the fields that go with the topic, and a copy
// of what was typed in this tab, should the page be lost. Without this file all fields show, and articles come after.

import { attach } from "./attachments.js";

const form = document.querySelector("form[data-draft]");
const done = document.querySelector("[data-draft-done]");
if (done) forget(done.dataset.draftDone);
if (form) {
  keep(form);
  const topic = form.elements.field_topic;
  if (topic) follow(form, topic);
  const box = form.querySelector(".may-answer");
  if (box) suggest(form, box);
  const files = form.querySelector(".attach");
  if (files) attach(form, files);
}

// The words, not tokens: those are of the page. Storage may be full or shut; then there is no copy.
function keep(form) {
  const name = "draft:" + form.dataset.draft;
  const fields = [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "file" && one.name !== "website" && one.type !== "submit");
  const stored = read(name);
  // A page that tells of an error holds the words already, and those are newer.
  if (stored && !document.querySelector("[role=alert]")) {
    for (const one of fields) {
      if (!(one.name in stored)) continue;
      if (one.type === "checkbox") one.checked = one.checked || stored[one.name];
      else if (!one.value) one.value = stored[one.name];
    }
  }
  form.addEventListener("input", () => {
    const typed = Object.fromEntries(fields.map((one) => [one.name, one.type === "checkbox" ? one.checked : one.value]));
    try { sessionStorage.setItem(name, JSON.stringify(typed)); } catch { return; }
  });
}

function read(name) {
  try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; }
}

function forget(draft) {
  try { sessionStorage.removeItem("draft:" + draft); } catch { return; }
}

function follow(form, topic) {
  const hanging = [...form.querySelectorAll("[data-topics]")];
  const show = () => {
    for (const field of hanging) {
      field.hidden = !JSON.parse(field.dataset.topics).includes(topic.value);
      const hint = field.querySelector(".hint");
      if (hint) hint.hidden = true;
    }
  };
  topic.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}

function suggest(form, box) {
  const list = box.querySelector("ul");
  const said = document.querySelector("#may-answer-said");
  const fields = form.elements;
  let waiting, asked = "", newest = 0;
  const ask = async () => {
    const words = `${form.elements.subject.value} ${form.elements.text.value}`.trim();
    if (words === asked) return;
    asked = words;
    if (words.length < 4) return show([]);
    const turn = ++newest;
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, subject: form.elements.subject.value, text: form.elements.text.value.slice(0, 400) });
    if (!fields.after_suggested.value) body.set("first", "1");
    const answer = await fetch(box.dataset.at, { method: "POST", body }).catch(() => null);
    if (!answer?.ok || turn !== newest) return;
    show((await answer.json()).suggestions);
  };
  const show = (found) => {
    // What was opened stays to be said yes to, whatever is typed on.
    if (!found.length && fields.after_article.value) return;
    box.hidden = !found.length;
    list.replaceChildren(...found.map((one) => line(box, one)));
    const words = found.length ? said.dataset.words.replace("{count}", found.length) : "";
    if (said.textContent !== words) said.textContent = words;
    if (found.length) fields.after_suggested.value = "1";
  };
  list.addEventListener("click", (event) => {
    if (!event.target.closest("a")) return;
    box.querySelector(".asked").hidden = false;
    if (!fields.after_article.value) navigator.sendBeacon(box.dataset.at + "/opened", new URLSearchParams({ csrf: form.elements.csrf.value }));
    fields.after_article.value = "1";
  });
  form.addEventListener("input", (event) => {
    if (!["subject", "text"].includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 300);
  });
  ask();
}

// The server has made the title safe; its only elements are <mark>.
function line(box, one) {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: one.url, target: "_blank", rel: "noopener" });
  const title = Object.assign(document.createElement("span"), { innerHTML: one.title_html, dir: "auto" });
  const told = Object.assign(document.createElement("span"), { className: "vh", textContent: " " + box.dataset.newTab });
  title.append(told);
  link.append(box.querySelector("template").content.cloneNode(true), title);
  item.append(link);
  return item;
}
