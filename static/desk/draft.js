// The draft's form: one tab a language. Without this script the languages stand one below the other.
const sections = [...document.querySelectorAll("fieldset.language")];

function titleOf(section) {
  return section.querySelector("h2, .fieldset-heading, summary")?.textContent.trim() ?? "";
}

function show(chosen) {
  for (const section of sections) section.hidden = section !== chosen;
  for (const tab of tabs.children) {
    const isChosen = tab.dataset.section === chosen.dataset.section;
    tab.setAttribute("aria-selected", isChosen);
    tab.tabIndex = isChosen ? 0 : -1;
  }
}

const tabs = document.createElement("div");
tabs.className = "language-tabs";
tabs.setAttribute("role", "tablist");

if (sections.length > 1) {
  sections.forEach((section, number) => {
    section.dataset.section = number;
    section.id = `language-panel-${number}`;
    section.setAttribute("role", "tabpanel");
    const tab = document.createElement("button");
    Object.assign(tab, { type: "button", textContent: titleOf(section), id: `language-tab-${number}` });
    tab.dataset.section = number;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", section.id);
    section.setAttribute("aria-labelledby", tab.id);
    tab.classList.toggle("has-errors", section.querySelector(".errorlist") !== null);
    tab.addEventListener("click", () => show(section));
    tabs.append(tab);
  });
  tabs.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (sections.findIndex((section) => !section.hidden) + step + sections.length) % sections.length;
    show(sections[next]);
    tabs.children[next].focus();
  });
  sections[0].before(tabs);
  for (const section of sections) section.classList.add("has-tabs");
  show(sections.find((section) => section.querySelector(".errorlist")) ?? sections[0]);
}

// A warning before leaving with words that are not saved.
const form = document.querySelector("#content-main form");
const changed = new Set(); // forms: a comment that is being written is left by a slip as easily as the text
for (const one of document.querySelectorAll("#content form")) {
  one.addEventListener("input", () => changed.add(one));
  one.addEventListener("submit", () => changed.delete(one));
}
addEventListener("beforeunload", (event) => { if (changed.size) event.preventDefault(); });

// Ctrl+S and ⌘S save.
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    form?.querySelector("[name=_continue]")?.click();
  }
});

// The rich text editor has no accessible name of its own: it takes that of its field, with the language and spelling of its text.
function nameEditors() {
  for (const editor of document.querySelectorAll(".tiptap:not([aria-label])")) {
    const field = editor.closest(".form-row")?.querySelector("textarea");
    if (!field) continue;
    editor.setAttribute("aria-label", field.getAttribute("aria-label") ?? field.name);
    editor.setAttribute("aria-multiline", "true");
    editor.lang = field.lang;
    editor.spellcheck = true;
  }
}

// Neither do the choosers that search while one types: each is named by its label, and then by what is chosen.
function nameChoosers() {
  for (const chosen of document.querySelectorAll(".select2-selection__rendered[role]")) {
    const select = chosen.closest(".select2-container").previousElementSibling;
    const label = document.querySelector(`label[for="${select?.id}"]`);
    if (!label) continue;
    label.id ||= `${select.id}-label`;
    chosen.removeAttribute("role");
    chosen.removeAttribute("aria-readonly");
    chosen.parentElement.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  }
}

// The box to type in, where several can be chosen, takes the name of its label.
function nameSearches() {
  for (const box of document.querySelectorAll("textarea.select2-search__field:not([aria-label]), input.select2-search__field:not([aria-label])")) {
    const select = box.closest(".select2-container")?.previousElementSibling;
    const label = select && document.querySelector(`label[for="${select.id}"]`);
    if (label) box.setAttribute("aria-label", label.textContent.replace(/\s*:\s*$/, ""));
  }
}

function name() {
  nameSearches();
  nameEditors();
  nameChoosers();
}
new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
name();
