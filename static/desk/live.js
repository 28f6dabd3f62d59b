// A text that goes live while its page is open: the page is loaded again, but not under somebody who has begun to write on it.
// Without this script the page stays as it was opened.
const note = document.querySelector("#goes-live");
let isTouched = false;
addEventListener("input", () => { isTouched = true; }, { capture: true });

function hasWords() {
  return isTouched || [...document.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
}

if (note) {
  setTimeout(() => {
    if (hasWords()) note.hidden = false;
    else location.reload();
  }, Number(note.dataset.seconds) * 1000);
}
