// Keeps what is typed into a draft every few seconds, on the server and for this person alone, and says who else is at it.
// Without this script: one saves oneself, and the page says at least who was there when it was opened.
const box = document.querySelector("#keeping");
const form = box?.closest("form");
const others = document.querySelector("#editing-now");
const EVERY = 5000; // milliseconds between two looks at the form
const SIGN_OF_LIFE = 3; // looks between two signs of life

let kept = null; // what the form said when it was opened, or last kept; null: nobody has touched it yet
let looks = 0;
let request = null;

function said() {
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  fields.delete("csrfmiddlewaretoken");
  return fields.toString();
}

function tell(answer) {
  box.querySelector(".kept").textContent = answer.told || box.querySelector(".kept").textContent;
  if (answer.others !== undefined && others.textContent !== answer.others) others.textContent = answer.others;
}

function warn(text, address) {
  const note = box.querySelector("[role=alert]");
  note.hidden = !text;
  if (note.dataset.text === text) return; // said once, and not again at every look
  note.dataset.text = text;
  note.textContent = text;
  if (address) {
    const link = Object.assign(document.createElement("a"), { href: address, target: "_blank", textContent: box.dataset.signIn });
    note.append(" ", link);
  }
}

// Somebody who has signed in again has a new token, and the page's forms get it too.
function renew(token) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
}

async function send(text, isAgain = false) {
  const fields = new URLSearchParams(text ?? { based_on: form.elements.based_on?.value ?? "" });
  fields.set("_unsaved", text === null ? "here" : "text");
  fields.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const headers = { Accept: "application/json" };
  const response = await fetch(box.dataset.address, { method: "POST", body: fields, headers, redirect: "manual", signal: request.signal });
  if (response.status === 401) return warn(box.dataset.signedOut, box.dataset.signInAddress);
  const answer = await response.json();
  if (answer.token) renew(answer.token);
  if (response.status === 403 && answer.token && !isAgain) return send(text, true);
  if (response.ok) warn("");
  if (response.ok && text !== null) kept = text;
  if (response.status === 413) warn(answer.told);
  else if (response.ok) tell(answer);
}

async function look(isSignOfLife) {
  if (request) return;
  const now = said();
  const isNew = kept !== null && now !== kept;
  if (isNew && document.querySelector("#unsaved-offer")) warn(box.dataset.waiting);
  const text = isNew && !document.querySelector("#unsaved-offer") ? now : null;
  if (text === null && !isSignOfLife) return;
  request = new AbortController();
  try {
    await send(text);
  } catch (error) {
    if (error.name !== "AbortError") warn(box.dataset.unreachable);
  }
  request = null;
}

if (form) {
  const touched = () => { kept ??= said(); };
  for (const event of ["pointerdown", "keydown", "focusin", "beforeinput"]) form.addEventListener(event, touched, { capture: true });
  setInterval(() => look(looks++ % SIGN_OF_LIFE === 0), EVERY);
  addEventListener("focus", () => look(true));
  document.addEventListener("visibilitychange", () => { if (document.hidden) look(false); });
  // A real save keeps the text itself.
  form.addEventListener("submit", () => {
    request?.abort();
    request = new AbortController();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) request = null; });
}
