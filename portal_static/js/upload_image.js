// A picture goes from the author's disk straight into the store, by a form that the server signed; then its Markdown
// stands where the cursor was.

export function uploadImage(form, bar, field, insert) {
  const chooser = document.createElement("input");
  Object.assign(chooser, { type: "file", accept: bar.dataset.types });
  chooser.addEventListener("change", () => chooser.files[0] && upload(form, bar, field, chooser.files[0], insert));
  chooser.click();
}

export async function upload(form, bar, field, file, insert) {
  const told = bar.querySelector("[role=status]");
  const shown = bar.querySelector("progress");
  told.textContent = "";
  const asked = new URLSearchParams({ csrf: form.elements.csrf.value, name: file.name, type: file.type, size: file.size });
  const answer = await fetch(form.dataset.images, { method: "POST", body: asked }).catch(() => null);
  const signed = answer?.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
  if (!signed.url) return (told.textContent = signed.detail ?? bar.dataset.failed);
  shown.hidden = false;
  shown.value = 0;
  const arrived = await send(signed, file, (part) => (shown.value = part));
  shown.hidden = true;
  told.textContent = arrived ? bar.dataset.arrived : bar.dataset.failed;
  if (arrived) insert(field, `![${words(field) || bar.dataset.describe}](${signed.path}${await size(file)})`);
}

// Behind its address, so that pages leave room for it before it comes.
async function size(file) {
  const drawn = await createImageBitmap(file).catch(() => null);
  return drawn ? `#${drawn.width}x${drawn.height}` : "";
}

function words(field) {
  return field.value.slice(field.selectionStart, field.selectionEnd);
}

// Not fetch: it tells nothing of how far an upload has come.
function send({ url, fields }, file, tell) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", file);
  const request = new XMLHttpRequest();
  request.open("POST", url);
  request.upload.addEventListener("progress", (event) => event.lengthComputable && tell(event.loaded / event.total));
  return new Promise((resolve) => {
    request.addEventListener("load", () => resolve(request.status < 300));
    request.addEventListener("error", () => resolve(false));
    request.send(body);
  });
}
