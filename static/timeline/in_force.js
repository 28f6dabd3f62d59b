// The slider of "in force": moves the day through the record, and shows each day in place. Without it the form and the links lead to the same pages.
const place = document.querySelector(".slider");
const DAY = 86_400_000;
const PARTS = "[data-held], .languages, .foot"; // what tells of the day, or leads on with it
const PAUSE = 200; // milliseconds without a move before a day is asked for
const number = (iso) => Date.parse(iso) / DAY;
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

function words(day) {
  // In the page's own words: the browser's differ (“1 octobre”, “October 1”).
  const { months, one } = place.dataset;
  const [year, month, date] = iso(day).split("-").map(Number);
  return `${date === 1 ? one : date} ${months.split(" ")[month - 1]} ${year}`;
}

function built({ first, last, day, days, label }) {
  const range = Object.assign(document.createElement("input"), { type: "range", id: "slider", min: number(first), max: number(last) });
  const marks = Object.assign(document.createElement("datalist"), { id: "slider-days" });
  marks.append(...days.split(" ").map((one) => Object.assign(document.createElement("option"), { value: number(one) })));
  range.setAttribute("list", marks.id);
  range.value = number(day);
  const shown = Object.assign(document.createElement("output"), { htmlFor: "slider" });
  const name = Object.assign(document.createElement("label"), { htmlFor: "slider", textContent: label });
  place.append(name, range, marks, shown);
  place.hidden = false;
  return { range, shown };
}

async function show(day, signal) {
  const address = new URL(location);
  address.searchParams.set("on", day);
  const answer = await fetch(address, { signal });
  if (!answer.ok) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = [...page.querySelectorAll(PARTS)];
  document.querySelectorAll(PARTS).forEach((part, at) => part.replaceWith(document.adoptNode(parts[at])));
  document.title = page.title;
  document.getElementById("filter-on").value = day;
  history.replaceState(null, "", address);
}

if (place) {
  const { range, shown } = built(place.dataset);
  let asked = new AbortController();
  let timer;
  const say = () => {
    shown.textContent = words(range.valueAsNumber);
    range.setAttribute("aria-valuetext", shown.textContent);
  };
  range.addEventListener("input", () => {
    say();
    asked.abort();
    asked = new AbortController();
    clearTimeout(timer);
    timer = setTimeout(() => show(iso(range.valueAsNumber), asked.signal).catch((error) => {
      if (error.name !== "AbortError") throw error;
    }), PAUSE);
  });
  say();
}
