// Pictures: dropped or pasted where a file is asked for, or beside an edition's picture field; and the point that matters.
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value;

function imageIn(transfer) {
  return [...(transfer?.files ?? [])].find((file) => file.type.startsWith("image/"));
}

// Whatever takes pictures is given those dropped on it, and those pasted while nothing else takes the paste.
function takePictures(zone, take) {
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("is-over");
    const file = imageIn(event.dataTransfer);
    if (!file) return;
    event.preventDefault();
    take(file);
  });
  document.addEventListener("paste", (event) => {
    const file = imageIn(event.clipboardData);
    if (!file || event.target.closest?.(".prose-editor")) return;
    event.preventDefault();
    take(file);
  });
}

// --- The library's own forms: the file goes into the field, and is shown.
const field = document.querySelector("input[type=file][name=file]");
if (field) {
  const row = field.closest(".form-row");
  const shown = document.createElement("img");
  shown.className = "thumbnail";
  shown.alt = "";
  const show = () => {
    if (!field.files[0]) return;
    const reader = new FileReader(); // data:, which the desk's policy allows
    reader.onload = () => { shown.src = reader.result; row.append(shown); };
    reader.readAsDataURL(field.files[0]);
  };
  row.classList.add("drop-zone");
  takePictures(row, (file) => {
    const files = new DataTransfer();
    files.items.add(file);
    field.files = files.files;
    show();
  });
  field.addEventListener("change", show);
}

// --- An edition's picture field: what is chosen is shown, and a new picture is taken in on the spot.
const chooser = document.querySelector("select[name=picture]");
const words = chooser?.dataset ?? {}; // what the page says, in the desk's language
const library = "/admin/library/picture/";

function fill(card) {
  for (const [name, said] of [["picture_alt_en", card.alt_en], ["picture_alt_fr", card.alt_fr], ["picture_credit", card.credit]]) {
    const input = document.querySelector(`[name=${name}]`);
    if (!input || (input.value && input.value !== input.dataset.copied)) continue;
    input.value = input.dataset.copied = said;
  }
}

function cardOf(zone) {
  const shown = zone.querySelector(".picture-card");
  return (card) => {
    shown.hidden = !card;
    if (!card) return;
    shown.querySelector(".whole").src = card.address;
    shown.querySelector(".cut").src = card.sharing;
  };
}

function zoneFor(row) {
  const zone = document.createElement("div");
  zone.className = "drop-zone";
  zone.innerHTML = '<div class="picture-card" hidden><img class="thumbnail whole" alt=""><figure><img class="thumbnail cut" alt=""><figcaption></figcaption></figure></div><label class="button"><span></span><input type="file" class="visually-hidden" accept="image/*"></label><p role="status"></p>';
  zone.querySelector("figcaption").textContent = words.cut;
  zone.querySelector("label span").textContent = words.drop;
  row.append(zone);
  return zone;
}

async function upload(file, status) {
  const data = new FormData();
  data.append("file", file);
  status.textContent = words.busy;
  try {
    const answer = await fetch(`${library}upload/`, { method: "POST", body: data, headers: { "X-CSRFToken": token() } });
    const card = await answer.json();
    status.textContent = answer.ok ? words.taken : card.error;
    return answer.ok ? card : null;
  } catch {
    status.textContent = words.refused;
    return null;
  }
}

if (chooser) {
  const zone = zoneFor(chooser.closest(".form-row"));
  const status = zone.querySelector("[role=status]");
  const show = cardOf(zone);
  const take = async (file) => {
    const card = await upload(file, status);
    if (!card) return;
    chooser.append(new Option(card.title, card.pk, true, true));
    chooser.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const chosen = async (isNew) => {
    const answer = chooser.value && await fetch(`${library}${chooser.value}/card/`);
    const card = answer?.ok ? await answer.json() : null;
    show(card);
    if (card && isNew) fill(card);
  };
  // Select2 tells of a choice through jQuery alone.
  django.jQuery(chooser).on("change", () => chosen(true));
  takePictures(zone, take);
  zone.querySelector("input").addEventListener("change", (event) => event.target.files[0] && take(event.target.files[0]));
  chosen(false);
}

// --- The point that matters: a click moves it, the numbers say it, and a frame shows what is left.
const whole = document.querySelector(".focus-picture");
if (whole) {
  const [across, down] = ["focus_x", "focus_y"].map((name) => document.querySelector(`[name=${name}]`));
  const frame = document.createElement("div");
  frame.className = "cut-frame";
  whole.append(frame);
  const read = () => [across, down].map((input, axis) => Number(input?.value ?? document.querySelectorAll(".field-focus_x .readonly, .field-focus_y .readonly")[axis]?.textContent ?? 50));
  const draw = () => {
    const picture = whole.querySelector("img");
    const [width, height] = [picture.naturalWidth, picture.naturalHeight];
    const [wide, high] = whole.dataset.shape.split(" ").map(Number);
    const scale = Math.min(width / wide, height / high);
    const sides = [[width, wide * scale], [height, high * scale]];
    const [left, top] = sides.map(([all, part], axis) => Math.min(Math.max(all * read()[axis] / 100 - part / 2, 0), all - part));
    Object.assign(frame.style, { left: `${100 * left / width}%`, top: `${100 * top / height}%`, width: `${100 * sides[0][1] / width}%`, height: `${100 * sides[1][1] / height}%` });
  };
  if (across && "focus" in whole.dataset) {
    whole.addEventListener("click", (event) => {
      const box = whole.getBoundingClientRect();
      across.value = Math.round(100 * (event.clientX - box.left) / box.width);
      down.value = Math.round(100 * (event.clientY - box.top) / box.height);
      draw();
    });
    for (const input of [across, down]) input.addEventListener("input", draw);
  }
  whole.querySelector("img").addEventListener("load", draw);
  if (whole.querySelector("img").complete) draw();
}
