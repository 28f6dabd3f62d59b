// Pictures of the library inside rich text: chosen, dropped or pasted, each with its words in the language of the text.
// The text keeps the picture's number and these words, and no address (newsroom/library/illustrations.py).
import { Node, Plugin, crel } from "django-prose-editor/editor";

const KEPT = ["picture", "alt", "credit", "decorative"];
const cards = new Map(); // what the library says of a picture, by its number

async function answered(address, options) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, ...options });
  return { ok: answer.ok, ...(await answer.json()) };
}

function cardOf(library, number) {
  if (!cards.has(number)) cards.set(number, answered(`${library}${number}/card/`).catch(() => ({ ok: false })));
  return cards.get(number);
}

function imageIn(transfer) {
  return [...(transfer?.files ?? [])].find((file) => file.type.startsWith("image/"));
}

// Word processors and browsers put a picture of the copied words beside them: then the words are meant.
function isPictureAlone(transfer) {
  const html = new DOMParser().parseFromString(transfer.getData("text/html"), "text/html");
  return !html.body.textContent.trim();
}

async function upload(library, file) {
  const data = new FormData();
  data.append("file", file);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  return answered(`${library}upload/`, { method: "POST", body: data, headers: { Accept: "application/json", "X-CSRFToken": token } });
}

// --- Dialogs, outside the page's form: what is typed in them is no part of it.
function opened(title, parts) {
  const heading = crel("h2", { id: "picture-dialog-title", textContent: title });
  const dialog = crel("dialog", { className: "picture-dialog", "aria-labelledby": heading.id }, [heading, ...parts]);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function closed(dialog) {
  return new Promise((done) => dialog.addEventListener("close", () => { dialog.remove(); done(); }, { once: true }));
}

function buttons(words, dialog, ...others) {
  const cancel = crel("button", { type: "button", className: "button", textContent: words.cancel });
  cancel.addEventListener("click", () => dialog().close());
  return crel("p", { className: "desk-buttons" }, [...others, cancel]);
}

// Gives the card of the picture that is chosen or taken in, or null.
async function choose({ library, words }) {
  let chosen = null;
  const search = crel("input", { type: "search", id: "picture-search" });
  const list = crel("ul", { className: "picture-choices" });
  const file = crel("input", { type: "file", accept: "image/*", className: "visually-hidden" });
  const status = crel("p", { role: "status" });
  const zone = crel("div", { className: "drop-zone" }, [
    crel("label", { className: "button" }, [crel("span", { textContent: words.upload }), file]), status,
  ]);
  const label = crel("label", { htmlFor: search.id, textContent: words.search });
  const dialog = opened(words.choose, [crel("p", {}, [label, search]), list, zone, buttons(words, () => dialog)]);
  const take = async (card) => { chosen = card; dialog.close(); };
  const takeFile = async (one) => {
    if (!one) return;
    status.textContent = words.busy;
    const card = await upload(library, one).catch(() => ({}));
    if (card.ok) take(card);
    else status.textContent = card.error ?? words.refused;
  };
  file.addEventListener("change", () => takeFile(file.files[0]));
  dialog.addEventListener("paste", (event) => takeFile(imageIn(event.clipboardData)));
  dialog.addEventListener("dragover", (event) => event.preventDefault());
  dialog.addEventListener("drop", (event) => { event.preventDefault(); takeFile(imageIn(event.dataTransfer)); });
  const look = async () => {
    const asked = search.value;
    const found = await answered(`${library}choices/?q=${encodeURIComponent(asked)}`).catch(() => ({}));
    if (asked !== search.value) return; // an older question's answer
    list.replaceChildren(...(found.cards ?? []).map((card) => choice(card, take)));
    status.textContent = !found.ok ? words.unreachable : found.cards.length ? "" : words.none;
  };
  search.addEventListener("input", look);
  look();
  await closed(dialog);
  return chosen;
}

function choice(card, take) {
  const shown = crel("button", { type: "button" }, [crel("img", { className: "thumbnail", src: card.address, alt: "" }), crel("span", { textContent: card.title })]);
  shown.addEventListener("click", () => take(card));
  return crel("li", {}, [shown]);
}

function line(name, label, value, most, help = "") {
  const input = crel("input", { type: "text", id: `picture-${name}`, name, value, maxLength: most });
  return crel("p", {}, [crel("label", { htmlFor: input.id, textContent: label }), input, ...(help ? [crel("span", { className: "help", textContent: help })] : [])]);
}

// Gives the words said of a picture, "remove", or null where nothing is to change.
async function describe({ library, words }, before, language, isNew) {
  let said = null;
  const card = await cardOf(library, before.picture);
  const decorative = crel("input", { type: "checkbox", name: "decorative", checked: Boolean(before.decorative) });
  const form = crel("form", { method: "dialog", lang: language }, [
    crel("img", { className: "thumbnail", src: card.address ?? "", alt: card.title ?? "" }),
    line("alt", words.alt, before.alt, 300, words.alt_help),
    crel("p", { className: "choice" }, [crel("label", {}, [decorative, crel("span", { textContent: words.decorative })])]),
    line("caption", words.caption, before.caption, 300),
    line("credit", words.credit, before.credit, 200),
  ]);
  const remove = crel("button", { type: "button", className: "button", textContent: words.remove });
  const done = crel("button", { type: "submit", className: "button default", textContent: words.done });
  form.append(buttons(words, () => dialog, done, ...(isNew ? [] : [remove])));
  const dialog = opened(words.words, [form]);
  form.alt.focus();
  remove.addEventListener("click", () => { said = "remove"; dialog.close(); });
  form.addEventListener("submit", () => {
    const [alt, caption, credit] = ["alt", "caption", "credit"].map((name) => form[name].value.trim());
    said = { alt, caption, credit, decorative: decorative.checked ? "yes" : "" };
  });
  await closed(dialog);
  return said;
}

// --- The text
function languageOf(editor) {
  return editor.view.dom.closest(".prose-editor").querySelector("textarea").lang;
}

async function insert(editor, options, card) {
  if (!card) return editor.commands.focus();
  cards.set(String(card.pk), card);
  const language = languageOf(editor);
  const attributes = { picture: String(card.pk), alt: card[`alt_${language}`] ?? "", caption: "", credit: card.credit, decorative: "" };
  const said = await describe(options, attributes, language, true);
  if (said) editor.chain().focus().insertContent({ type: "picture", attrs: { ...attributes, ...said } }).run();
  else editor.commands.focus();
}

async function change(editor, options, position) {
  const node = editor.state.doc.nodeAt(position);
  const said = await describe(options, node.attrs, languageOf(editor), false);
  const chain = editor.chain().focus().setNodeSelection(position);
  if (said === "remove") chain.deleteSelection().run();
  else if (said) chain.updateAttributes("picture", said).run();
  else chain.run();
}

async function takeIn(editor, options, file) {
  const box = editor.view.dom.closest(".prose-editor");
  const status = box.querySelector(".picture-status") ?? crel("p", { className: "picture-status", role: "status" });
  box.append(status);
  status.textContent = options.words.busy;
  const card = await upload(options.library, file).catch(() => ({}));
  status.textContent = card.ok ? "" : card.error ?? options.words.refused;
  if (card.ok) insert(editor, options, card);
}

function view(options) {
  return ({ node, editor, getPos }) => {
    const { words } = options;
    const picture = crel("img", { alt: "", draggable: false });
    const said = crel("figcaption");
    const edit = crel("button", { type: "button", className: "link", textContent: words.open });
    const dom = crel("figure", { className: "picture-in-text" }, [picture, said, edit]);
    const show = async ({ attrs }) => {
      const lacks = !attrs.alt && !attrs.decorative;
      dom.classList.toggle("is-undescribed", lacks);
      said.replaceChildren(...[lacks ? words.undescribed : attrs.alt, attrs.caption, attrs.credit].filter(Boolean).map((text) => crel("span", { textContent: text })));
      const card = await cardOf(options.library, attrs.picture);
      if (card.address && picture.getAttribute("src") !== card.address) picture.src = card.address;
    };
    const open = () => change(editor, options, getPos());
    edit.addEventListener("click", open);
    picture.addEventListener("dblclick", open);
    show(node);
    return {
      dom,
      update(after) {
        if (after.type.name !== "picture") return false;
        show(after);
        return true;
      },
      stopEvent: (event) => event.target === edit,
      ignoreMutation: () => true,
    };
  };
}

function kept(name) {
  return { default: "", parseHTML: (dom) => dom.getAttribute(`data-${name}`) ?? "", renderHTML: (attrs) => (attrs[name] ? { [`data-${name}`]: attrs[name] } : {}) };
}

export const Picture = Node.create({
  name: "picture",
  group: "block",
  atom: true,
  draggable: true,

  addOptions: () => ({ library: "", words: {} }),
  addAttributes: () => ({
    ...Object.fromEntries(KEPT.map((name) => [name, kept(name)])),
    caption: { default: "", parseHTML: (dom) => dom.querySelector("figcaption")?.textContent ?? "", renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: "figure[data-picture]" }],
  renderHTML: ({ node, HTMLAttributes }) => ["figure", HTMLAttributes, ["figcaption", {}, node.attrs.caption]],
  addNodeView() { return view(this.options); },

  addMenuItems({ menu, buttons: icons }) {
    const { options } = this;
    menu.defineItem({
      name: "picture",
      groups: "nodes",
      button: icons.material("image", options.words.picture),
      active: (editor) => editor.isActive("picture"),
      command: async (editor) => {
        if (editor.isActive("picture")) change(editor, options, editor.state.selection.from);
        else insert(editor, options, await choose(options));
      },
    });
  },

  addProseMirrorPlugins() {
    const { editor, options } = this;
    return [new Plugin({
      props: {
        handlePaste(_view, event) {
          const file = imageIn(event.clipboardData);
          if (!file || !isPictureAlone(event.clipboardData)) return false;
          takeIn(editor, options, file);
          return true;
        },
        handleDrop(view, event) {
          const file = imageIn(event.dataTransfer);
          if (!file) return false;
          event.preventDefault();
          const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
          if (place) editor.commands.setTextSelection(place.pos);
          takeIn(editor, options, file);
          return true;
        },
      },
    })];
  },
});
