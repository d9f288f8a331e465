// Suggestions under the search box, as an editable combobox with a list of its own:
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ – nothing is chosen until an arrow is pressed, so Enter searches
// for what was typed. Without this file the box is a plain form.

const WAIT = 150; // ms after the last letter
const FEWEST = 2; // letters

for (const form of document.querySelectorAll("form[data-suggest]")) suggest(form, form.querySelector("input[type=search]"));

function suggest(form, input) {
  const list = form.querySelector("[role=listbox]");
  const said = form.querySelector("[role=status]");
  const words = JSON.parse(form.dataset.said);
  let waiting, asking, active = -1;

  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }

  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    said.textContent = "";
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };

  const choose = (place) => {
    active = place;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
    const option = list.children[place];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  const show = ({ suggestions, did_you_mean: meant }) => {
    const shown = suggestions.map((one) => option(one.title_html, one.url));
    if (meant) shown.push(option(form.dataset.mean.replace("{}", escaped(meant)), `${form.action}?q=${encodeURIComponent(meant)}`));
    list.replaceChildren(...shown.map((one, n) => Object.assign(one, { id: `suggestion-${n}` })));
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = words[Math.min(shown.length, words.length - 1)];
    choose(-1);
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const q = input.value.trim();
    if (q.length < FEWEST) return close();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(q)}`, { signal: asking.signal });
      // Who has left the box meanwhile wants no list over the page.
      if (answer.ok && document.activeElement === input) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = list.children.length - 1;
    const moves = { ArrowDown: active < last ? active + 1 : -1, ArrowUp: active < 0 ? last : active - 1 };
    if (event.key in moves && list.hidden) return event.key === "ArrowDown" ? ask() : undefined;
    if (event.key in moves) choose(moves[event.key]);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.url);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  // Pressing an option must not take the focus away first, which would close the list under the pointer.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}

function option(html, url) {
  const made = document.createElement("li");
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.dir = "auto";
  made.dataset.url = url;
  // The server has escaped the title and put <mark> in.
  made.innerHTML = html;
  return made;
}

function escaped(text) {
  const made = document.createElement("bdi");
  made.textContent = text;
  return made.outerHTML;
}
