// The console's page: everything it does, it does by the calls under /_local.
const $ = (id) => document.getElementById(id);
const element = (name, text = "", attributes = {}) => {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

async function call(method, path, body, type = "application/json") {
  const answer = await fetch(`/_local/${path}`, { method, body, headers: body ? { "Content-Type": type } : {} });
  const payload = await answer.json();
  if (!answer.ok) throw new Error(payload.detail || JSON.stringify(payload.left) || answer.statusText);
  return payload;
}

const post = (path, payload) => call("POST", path, JSON.stringify(payload ?? {}));

async function act(words, work) {
  try {
    $("said").dataset.s = "ok";
    await work();
    if (words) $("said").textContent = words;
  } catch (error) {
    $("said").dataset.s = "bad";
    $("said").textContent = error.message;
  }
  await refresh();
}

let info, outbox = { emails: [], sms: [], whatsapp: [] }, chosen;

async function refresh() {
  const [state, newer] = await Promise.all([call("GET", "state"), call("GET", `outbox?after=${lastId()}`)]);
  $("now").textContent = new Date(state.now).toLocaleString("en-GB", { dateStyle: "full", timeStyle: "medium" });
  $("sources").replaceChildren(...state.sources.map(row));
  outbox.emails.push(...newer.emails);
  outbox.sms.push(...newer.sms);
  outbox.whatsapp.push(...newer.whatsapp);
  if (newer.emails.length || !$("mails").children.length) showMails();
  if (newer.sms.length || newer.whatsapp.length || !$("texts").children.length) showTexts();
}

const lastId = () => [...outbox.emails, ...texts()].reduce((last, one) => (one.id > last ? one.id : last), "");

// What the phone shows, SMS and WhatsApp in one list, oldest first.
const texts = () => [...outbox.sms.map((one) => ({ ...one, by: "SMS" })), ...outbox.whatsapp.map((one) => ({ ...one, by: "WhatsApp" }))]
  .sort((one, other) => (one.id < other.id ? -1 : 1));

function row(source) {
  const line = element("tr");
  line.append(element("td", source.name), ...["waiting", "later", "dead"].map((name) => element("td", source[name])));
  return line;
}

function showMails() {
  $("mails").replaceChildren(...outbox.emails.map(mailItem).reverse());
  if (!outbox.emails.length) $("mails").append(element("li", "No mail yet.", { class: "empty hint" }));
}

function mailItem(mail) {
  const item = element("li"), button = element("button");
  button.append(
    element("b", mail.subject, { dir: "auto" }),
    element("span", `to ${mail.to.join(", ")}`, { class: "meta" }),
    element("span", new Date(mail.sent_at).toLocaleString("en-GB"), { class: "meta" }),
  );
  if (mail.id === chosen) button.setAttribute("aria-current", "true");
  button.onclick = () => read(mail);
  item.append(button);
  return item;
}

function read(mail) {
  chosen = mail.id;
  $("letter").src = `/_local/letter?id=${mail.id}`;
  const reply = header(mail.raw, "reply-to");
  if (reply) answer(mail, reply);
  showMails();
}

// What is sent next answers the mail being read, as a mail client would.
let answering = {};
function answer(mail, reply) {
  answering = { "In-Reply-To": header(mail.raw, "message-id") };
  $("m-from").value = mail.to[0];
  $("m-to").value = (reply.match(/<([^>]+)>/) || [, reply])[1];
  $("m-subject").value = /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`;
  $("answering").textContent = "Answers the mail above.";
}

function header(raw, name) {
  const head = raw.split(/\r?\n\r?\n/, 1)[0].replace(/\r?\n[ \t]+/g, " ");
  const line = head.split(/\r?\n/).find((part) => part.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}

function showTexts() {
  $("texts").replaceChildren(...texts().map((text) => {
    const bubble = element("p", text.body, { dir: "auto" });
    bubble.append(element("br"), element("small", `${text.by} to ${text.to}, ${new Date(text.sent_at).toLocaleTimeString("en-GB")}`, { class: "meta" }));
    return bubble;
  }));
  if (!texts().length) $("texts").append(element("span", "No text message yet.", { class: "hint" }));
}

const encoded = (text) => `=?utf-8?B?${btoa(String.fromCharCode(...new TextEncoder().encode(text)))}?=`;

function compose(form) {
  const lines = {
    From: form.from, To: form.to, Subject: encoded(form.subject), Date: new Date().toUTCString().replace("GMT", "+0000"),
    "Message-ID": `<${crypto.randomUUID()}@console.example>`, ...answering, "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit",
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `${head}\r\n${form.text.replace(/\r?\n/g, "\r\n")}\r\n`;
}

function submits(id, words, work) {
  $(id).onsubmit = (event) => {
    event.preventDefault();
    const form = Object.fromEntries(new FormData(event.target, event.submitter));
    act(words, () => work(form, event.target));
  };
}

submits("email-form", "The mail came in.", async (form) => {
  await call("POST", `email?to=${encodeURIComponent(form.to)}`, compose(form), "message/rfc822");
  answering = {};
  $("answering").textContent = $("m-text").value = "";
  $("m-to").value = info.support_address;
});
submits("sms-form", "The text message came in.", async (form) => {
  await post(form.by || "sms", { from: form.from.replace(/[\s()-]/g, ""), body: form.body });
  $("s-body").value = "";
});
submits("enter-form", "", (form) => enter(form.email, "customer"));

async function enter(email, role) {
  location.href = (await post("login", { email, role })).url;
}

document.onclick = ({ target }) => {
  const { enter: who, role, jump, reset } = target.dataset;
  if (who) act("", () => enter(info[who], role));
  if (jump) act("The clock jumped, and what came due ran.", () => post("clock", { advance_seconds: Number(jump) }));
  if (reset && confirm("Forget this world and make a fresh one?")) act("", async () => (await post("reset", { seed: reset }), location.reload()));
};
$("settle").onclick = () => act("All quiet.", () => post("settle"));

info = await call("GET", "info");
$("key").textContent = info.api_key;
$("shop-phone").textContent = info.support_phone;
$("m-to").value = info.support_address;
await refresh();
setInterval(() => document.hidden || refresh().catch(() => {}), 3000);
