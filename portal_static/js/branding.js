// The preview follows what is typed; without this script the button beside it does the same. Each colour gets a picker.
const form = document.getElementById("form");
const look = document.getElementById("look");

let waiting;
const show = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => form.requestSubmit(look), 400);
};
form.addEventListener("input", show);
form.addEventListener("change", show);
form.requestSubmit(look);

for (const field of document.querySelectorAll(".colours input.input")) {
  const picker = document.createElement("input");
  const row = document.createElement("div");
  picker.type = "color";
  picker.value = field.id.endsWith("_accent") ? field.closest("fieldset").dataset.ours : "#888888";
  picker.ariaLabel = form.querySelector(`label[for=${field.id}]`).firstChild.textContent.trim();
  row.className = "with-picker";
  field.replaceWith(row);
  row.append(field, picker);
  const follow = () => {
    if (/^#[0-9a-f]{6}$/i.test(field.value)) picker.value = field.value.toLowerCase();
  };
  picker.addEventListener("input", () => {
    field.value = picker.value;
    show();
  });
  field.addEventListener("input", follow);
  follow();
}
