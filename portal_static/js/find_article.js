// A box in which an article is found as one types, and chosen by Enter: a combobox as WAI-ARIA describes it.
// `at.find` answers JSON; what may not be linked to stands in the list, says why, and cannot be chosen.

let numbered = 0;

export function findArticle(beside, field, at, choose) {
  const open = beside.parentNode.querySelector(".find-article");
  if (open) return open.querySelector("input").focus();
  const box = build(beside);
  const [input, list, told] = [box.querySelector("input"), box.querySelector("ul"), box.querySelector("p")];
  let found = [];
  let active = -1;
  let waiting;
  let newest = 0;

  beside.after(box);
  input.focus();
  ask(at.first ?? "");
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(input.value), 150);
  });
  input.addEventListener("keydown", (event) => {
    // A form's own Enter would send it.
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Enter" && found[active]) take(found[active]);
    if (event.key === "Escape") close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(step);
  });
  box.addEventListener("focusout", (event) => box.contains(event.relatedTarget) || setTimeout(() => box.remove(), 150));

  async function ask(words) {
    const mine = ++newest;
    const asked = new URLSearchParams({ q: words, locale: at.locale });
    const answer = await fetch(`${at.find}?${asked}`).catch(() => null);
    if (!answer?.ok || answer.redirected || mine !== newest) return;
    const { articles, words: said } = await answer.json();
    [found, active] = [articles, -1];
    told.textContent = said;
    list.replaceChildren(...articles.map((one, number) => option(one, `${list.id}-${number}`)));
    input.setAttribute("aria-expanded", String(articles.length > 0));
    input.removeAttribute("aria-activedescendant");
  }

  function option(one, id) {
    const line = document.createElement("li");
    Object.assign(line, { id, role: "option", dir: "auto", lang: one.locale });
    line.append(one.title);
    if (one.refused) {
      line.ariaDisabled = "true";
      line.append(Object.assign(document.createElement("small"), { textContent: one.refused, dir: "auto", lang: document.documentElement.lang }));
    }
    // Not click: the box would be gone with the focus before it comes.
    line.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      if (!one.refused) take(one);
    });
    return line;
  }

  function go(step) {
    const lines = [...list.children];
    if (!lines.length) return;
    active = (active + step + lines.length) % lines.length;
    lines.forEach((line, number) => (line.ariaSelected = String(number === active)));
    lines[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", lines[active].id);
  }

  function take(one) {
    if (one.refused) return;
    close();
    choose(one);
  }

  function close() {
    box.remove();
    field.focus();
  }
}

function build(beside) {
  const box = document.createElement("div");
  const label = document.createElement("label");
  const input = document.createElement("input");
  const list = document.createElement("ul");
  const told = document.createElement("p");
  const id = `find-article-${++numbered}`;
  box.className = "find-article";
  label.textContent = beside.dataset.find;
  label.htmlFor = id;
  Object.assign(input, { id, type: "text", className: "input", dir: "auto", autocomplete: "off", role: "combobox" });
  input.setAttribute("aria-controls", `${id}-list`);
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  Object.assign(list, { id: `${id}-list`, role: "listbox", ariaLabel: label.textContent });
  Object.assign(told, { className: "meta", role: "status" });
  box.append(label, input, list, told);
  return box;
}
