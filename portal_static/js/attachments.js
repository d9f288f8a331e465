// Files go up while one still writes: each straight to where files are kept, by a form that our server signs for it.
// The form then carries their ids in its field `files`. Without this file they are added on the page after sending.

export function attach(form, box) {
  const told = box.dataset;
  const list = box.querySelector(".files");
  const picker = box.querySelector("input[type=file]");
  const said = box.querySelector("[role=status]");
  const files = new Set();
  box.hidden = false;

  const say = (words, name) => { said.textContent = words.replace("{name}", name); };
  const write = () => { form.elements.files.value = [...files].map((one) => one.id).filter(Boolean).join(" "); };
  const add = (given) => { for (const file of given) begin(file); picker.value = ""; };

  for (const line of list.children) {
    const file = { id: line.dataset.id, name: line.textContent, size: Number(line.dataset.size), line };
    files.add(file);
    line.className = "file-line";
    line.append(remover(file));
  }

  picker.addEventListener("change", () => add([...picker.files]));
  form.addEventListener("paste", (event) => {
    const pictures = [...(event.clipboardData?.files ?? [])];
    if (pictures.length) { event.preventDefault(); add(pictures); }
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.toggle("over", name === "dragover");
      if (name === "drop") add([...event.dataTransfer.files]);
    });
  }
  // A file that is under way would be left behind.
  form.addEventListener("submit", (event) => {
    if (![...files].some((one) => one.request)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    warn(told.waiting);
  }, true);

  async function begin(picked) {
    const file = { name: picked.name || "picture.png", size: picked.size, line: document.createElement("li") };
    show(file);
    const refusal = refused(file);
    if (refusal) return fail(file, refusal);
    files.add(file);
    file.request = new XMLHttpRequest();
    say(told.sending, file.name);
    const right = await ask(form, told.at, file);
    if (!right.id) return fail(file, right.error ?? told.broken);
    if (!files.has(file)) return;
    send(file, right, picked);
  }

  function refused(file) {
    if (files.size >= Number(told.most)) return told.tooMany;
    if (file.size > Number(told.octets)) return told.tooLarge;
    const whole = [...files].reduce((sum, one) => sum + one.size, file.size);
    return whole > Number(told.octets) ? told.tooMuch : "";
  }

  function send(file, right, picked) {
    const body = new FormData();
    for (const [name, value] of Object.entries(right.fields)) body.append(name, value);
    body.append("file", picked);
    const bar = file.line.querySelector("progress");
    file.request.upload.addEventListener("progress", (event) => { bar.max = event.total; bar.value = event.loaded; });
    file.request.addEventListener("load", () => {
      if (file.request.status >= 300) return fail(file, told.broken);
      delete file.request;
      file.id = right.id;
      bar.remove();
      write();
      say(told.done, file.name);
    });
    file.request.addEventListener("error", () => fail(file, told.broken));
    file.request.open("POST", right.url);
    file.request.send(body);
  }

  function fail(file, words) {
    files.delete(file);
    delete file.request;
    file.line.querySelector("progress")?.remove();
    const line = Object.assign(document.createElement("span"), { className: "error", textContent: words });
    file.line.append(line);
    said.textContent = `${file.name}: ${words}`;
  }

  function warn(words) {
    const line = box.querySelector(":scope > .error") ?? box.insertBefore(document.createElement("p"), list);
    line.className = "error";
    line.setAttribute("role", "alert");
    line.textContent = words;
    picker.focus();
  }

  function show(file) {
    file.line.className = "file-line";
    const name = Object.assign(document.createElement("bdi"), { textContent: file.name });
    const size = Object.assign(document.createElement("span"), { className: "meta", textContent: measured(file.size, told.units) });
    const bar = Object.assign(document.createElement("progress"), { max: file.size || 1, value: 0 });
    bar.setAttribute("aria-label", file.name);
    file.line.append(name, size, bar, remover(file));
    list.append(file.line);
  }

  function remover(file) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn small quiet", textContent: "×" });
    button.setAttribute("aria-label", told.remove.replace("{name}", file.name));
    button.addEventListener("click", () => {
      file.request?.abort();
      files.delete(file);
      file.line.remove();
      write();
      picker.focus();
    });
    return button;
  }
}

async function ask(form, at, file) {
  const body = new URLSearchParams({ csrf: form.elements.csrf.value, name: file.name, size: file.size });
  const answer = await fetch(at, { method: "POST", body }).catch(() => null);
  return answer ? answer.json().catch(() => ({})) : {};
}

function measured(octets, units) {
  const [b, kb, mb] = units.split("|");
  if (octets < 1000) return `${octets} ${b}`;
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: octets < 1e6 ? 0 : 1 });
  return octets < 1e6 ? `${number.format(octets / 1000)} ${kb}` : `${number.format(octets / 1e6)} ${mb}`;
}
