// The filter answers in place. It fetches the very address that the form or a link names, and puts that page's parts into this one;
// without this script, or when anything goes wrong, the browser opens the address itself.
const PARTS = ["#asked", "#results", ".cite", ".languages", ".memento-bar", ".foot"];
const HEAD = 'link[rel="canonical"], link[rel="alternate"], meta[property="og:url"]';
const PATIENCE = 300; // milliseconds in which a list may still be moved through by its keys

let waiting, timer;

function addressOf(form) {
  const given = [...new FormData(form)].filter(([, value]) => value.trim());
  const query = new URLSearchParams(given).toString();
  return form.action.split("?")[0] + (query && `?${query}`);
}

async function open(address, focus, isNew = true) {
  waiting?.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  document.querySelector("#results").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!page.querySelector("#results") || answer.redirected) throw new Error("not the timeline");
    if (isNew) history.pushState(null, "", address);
    show(page, focus);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

function show(page, focus) {
  const place = document.activeElement?.id;
  const isMore = document.querySelector(".filter-more")?.open;
  for (const part of PARTS) {
    const here = document.querySelector(part), there = page.querySelector(part);
    if (here && there) here.replaceWith(there);
    else here?.remove();
  }
  document.head.querySelectorAll(HEAD).forEach((one) => one.remove());
  document.head.append(...page.head.querySelectorAll(HEAD));
  document.title = page.title;
  if (isMore) document.querySelector(".filter-more").open = true;
  const problem = document.querySelector(".problems");
  document.querySelector("#announced").textContent = problem ? "" : document.querySelector(".found-words").textContent;
  const next = problem ?? document.getElementById(focus || place);
  next?.focus({ preventScroll: !focus && !problem });
  if (focus) next?.scrollIntoView();
}

document.addEventListener("submit", (event) => {
  if (event.target.id !== "filter") return;
  event.preventDefault();
  clearTimeout(timer);
  open(addressOf(event.target), event.submitter ? "found" : "");
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("#filter select")) return;
  clearTimeout(timer);
  timer = setTimeout(() => open(addressOf(document.querySelector("#filter"))), PATIENCE);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#results a[href]");
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.defaultPrevented);
  if (!link || !isPlain || link.target || link.pathname !== location.pathname || link.origin !== location.origin || link.hash) return;
  event.preventDefault();
  open(link.href, "found");
});

addEventListener("popstate", () => open(location.href, "", false));
