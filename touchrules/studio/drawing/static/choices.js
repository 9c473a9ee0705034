// A button that opens a list of choices in sections: searched, ticked, with how many touches each has.
const MOST = 300;

function isTicked(option, chosen) {
  const values = option.members ?? [option.value];
  return values.length > 0 && values.every((value) => chosen.has(value));
}

function makeOption(option, chosen, place) {
  const box = make("input", { type: "checkbox", "data-place": place });
  box.checked = isTicked(option, chosen);
  const told = option.count === undefined ? null : make("span", { class: "quiet number" }, count(option.count));
  return make("label", { class: "option" }, box, make("span", { class: "words" }, option.label), told);
}

function matching(sections, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return sections.map((section, part) => ({
    title: section.title,
    options: section.options
      .map((option, place) => ({ option, place: `${part}.${place}` }))
      .filter(({ option }) => {
        const text = `${section.title} ${option.label}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
  }));
}

function makeSection({ title, options }, chosen) {
  const id = freshId();
  const shown = options.slice(0, MOST).map(({ option, place }) => makeOption(option, chosen, place));
  const left = options.length - shown.length;
  const more = left > 0 ? make("div", { class: "quiet" }, `${count(left)} more: search for them`) : null;
  const heading = make("div", { class: "heading", id }, title);
  return make("div", { role: "group", "aria-labelledby": id }, heading, ...shown, more);
}

function makeFrame(label) {
  const id = freshId();
  const button = make("button", {
    class: "button opener",
    type: "button",
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
    "aria-controls": id,
  });
  const search = make("input", { class: "field search", type: "search", "aria-label": `Search: ${label}` });
  search.placeholder = "Search";
  const list = make("div", { class: "list" });
  const clear = make("button", { class: "button clear", type: "button" }, "Clear");
  const foot = make("div", { class: "foot" }, clear);
  const box = make("div", { class: "box", role: "dialog", id, "aria-label": label, hidden: true }, search, list, foot);
  const root = make("div", { class: "drawn drawn-choices" }, button, box);
  return { root, button, box, search, list, clear };
}

function paint(parts, model) {
  const chosen = new Set(model.get("chosen") ?? []);
  const [label, summary] = [model.get("label"), model.get("summary")];
  parts.button.replaceChildren(
    make("span", { class: "quiet" }, `${label}: `),
    make("span", { class: "words" }, summary),
    make("span", { "aria-hidden": "true" }, " ▾"),
  );
  parts.root.toggleAttribute("data-chosen", chosen.size > 0);
  parts.clear.disabled = chosen.size === 0;
  if (parts.box.hidden) return;
  const held = document.activeElement?.dataset?.place;
  const scroll = parts.list.scrollTop;
  const sections = matching(model.get("sections") ?? [], parts.search.value).filter(({ options }) => options.length);
  const none = make("div", { class: "quiet empty", role: "status" }, "Nothing here is called that.");
  parts.list.replaceChildren(...(sections.length ? sections.map((one) => makeSection(one, chosen)) : [none]));
  parts.list.scrollTop = scroll;
  if (held) parts.list.querySelector(`[data-place="${held}"]`)?.focus();
}

function tick(model, place, on) {
  const [part, option] = place.split(".").map(Number);
  const ticked = model.get("sections")[part].options[option];
  const chosen = new Set(model.get("chosen") ?? []);
  for (const value of ticked.members ?? [ticked.value]) {
    if (on) chosen.add(value);
    else chosen.delete(value);
  }
  model.set("chosen", [...chosen]);
  model.save_changes();
}

function listen(scope, model, parts, turn) {
  scope.on(parts.button, "click", () => turn(parts.box.hidden));
  scope.on(parts.search, "input", () => paint(parts, model));
  scope.on(parts.list, "change", (event) => {
    if (event.target.dataset.place) tick(model, event.target.dataset.place, event.target.checked);
  });
  scope.on(parts.clear, "click", () => {
    model.set("chosen", []);
    model.save_changes();
    parts.search.focus();
  });
  scope.on(parts.root, "keydown", (event) => {
    if (event.key === "Escape" && !parts.box.hidden) {
      turn(false);
      parts.button.focus();
    }
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  scope.on(document, "pointerdown", (event) => {
    if (!parts.box.hidden && !event.composedPath().includes(parts.root)) turn(false);
  });
}

function render({ model, el }) {
  const scope = openScope(model);
  const parts = makeFrame(model.get("label"));
  el.append(parts.root);
  const turn = (open) => {
    parts.box.hidden = !open;
    parts.button.setAttribute("aria-expanded", String(open));
    paint(parts, model);
    if (open) parts.search.focus();
  };
  listen(scope, model, parts, turn);
  scope.watch(["label", "summary", "sections", "chosen"], () => paint(parts, model));
  paint(parts, model);
  return () => {
    scope.close();
    parts.root.remove();
  };
}

export default { render };
