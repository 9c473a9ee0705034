// Phrases with how many touches say each; what is being typed is looked for at once.
const REST = 150;

function makeFrame(model) {
  const id = freshId();
  const label = model.get("label");
  const entry = make("input", { id, class: "field entry", type: "text", placeholder: "Add a phrase, then Enter" });
  const add = make("button", { class: "button", type: "button" }, "Add");
  const back = make("button", { class: "button back", type: "button" }, "Back to the saved list");
  const told = make("div", { class: "told", role: "status", "aria-live": "polite" });
  const list = make("ul", { class: "phrases", "aria-label": label });
  const about = make("div", { class: "quiet" }, model.get("about") || "");
  about.hidden = !about.textContent;
  const notice = makeNotice();
  const row = make("div", { class: "row" }, entry, add);
  const head = make("div", { class: "head" }, make("label", { for: id }, label), back);
  const root = make("div", { class: "drawn drawn-phraselist" }, head, about, row, notice.node, told, list);
  return { root, entry, add, back, told, list, notice };
}

function touches(number, verb) {
  if (number === 0) return verb === "say it" ? "no touch says it" : "no touch is that";
  return counted(number, "touch");
}

function makeRow(model, phrase) {
  const known = (model.get("counts") ?? {})[phrase];
  const number = known ?? null;
  const text = number === null ? "" : touches(number, model.get("verb"));
  const remove = { class: "button remove", type: "button", tabindex: -1, "aria-label": `Take out ${phrase}` };
  return make(
    "li",
    { class: "phrase", "data-phrase": phrase, "data-none": number === 0 },
    make("span", { class: "words" }, phrase),
    make("span", { class: number === 0 ? "number never" : "number" }, text),
    make("button", remove, "\u00d7"),
  );
}

function paintList(parts, model) {
  const isBack = parts.back === document.activeElement;
  const at = rowsOf(parts).findIndex((row) => row.contains(document.activeElement));
  const scroll = parts.list.scrollTop;
  parts.list.replaceChildren(...(model.get("phrases") ?? []).map((phrase) => makeRow(model, phrase)));
  parts.list.scrollTop = scroll;
  const rows = rowsOf(parts);
  buttonOf(rows[0])?.setAttribute("tabindex", "0");
  if (at >= 0) {
    if (rows.length) goTo(parts, Math.min(at, rows.length - 1));
    else parts.entry.focus();
  }
  const saved = model.get("saved") ?? [];
  parts.back.hidden = JSON.stringify(saved) === JSON.stringify(model.get("phrases"));
  if (isBack && parts.back.hidden) parts.entry.focus();
}

function paintFound(parts, model) {
  const found = model.get("found") ?? {};
  const typed = parts.entry.value.trim();
  if (!typed || found.phrase !== typed) {
    parts.told.replaceChildren();
    return;
  }
  const line = make("div", { class: found.touches ? "" : "never" }, touches(found.touches, model.get("verb")));
  const places = (found.snippets ?? []).map(([before, said, behind]) =>
    make("li", {}, before, make("mark", {}, said), behind),
  );
  parts.told.replaceChildren(line, make("ul", { class: "places" }, ...places));
}

function rowsOf(parts) {
  return [...parts.list.children];
}

function buttonOf(row) {
  return row?.querySelector("button");
}

function goTo(parts, at) {
  rowsOf(parts).forEach((row, number) => buttonOf(row).setAttribute("tabindex", number === at ? "0" : "-1"));
  buttonOf(rowsOf(parts)[at])?.focus();
}

async function ask(scope, parts, question) {
  try {
    await scope.ask(question);
    parts.notice.tell("");
    return true;
  } catch (mistake) {
    parts.notice.tell(mistake.message);
    return false;
  }
}

async function add(scope, model, parts) {
  const phrase = parts.entry.value.trim();
  if (!(await ask(scope, parts, { add: phrase }))) return;
  parts.entry.value = "";
  model.set("typed", "");
  model.save_changes();
  paintFound(parts, model);
  parts.list.scrollTop = parts.list.scrollHeight;
}

function listenToKeys(scope, model, parts) {
  scope.on(parts.entry, "keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") void add(scope, model, parts);
    if (event.key === "ArrowDown" && rowsOf(parts).length) {
      event.preventDefault();
      goTo(parts, 0);
    }
  });
  scope.on(parts.list, "keydown", (event) => {
    const at = rowsOf(parts).findIndex((row) => row.contains(event.target));
    const last = rowsOf(parts).length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (to !== undefined) goTo(parts, Math.max(0, Math.min(last, to)));
    else if (event.key === "Delete" || event.key === "Backspace") remove(scope, parts, at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function remove(scope, parts, at) {
  const phrase = rowsOf(parts)[at]?.dataset.phrase;
  if (phrase !== undefined) void ask(scope, parts, { remove: phrase });
}

function listen(scope, model, parts) {
  let waiting = 0;
  scope.on(parts.entry, "input", () => {
    parts.notice.tell("");
    paintFound(parts, model);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      model.set("typed", parts.entry.value.trim());
      model.save_changes();
    }, REST);
  });
  scope.later(() => clearTimeout(waiting));
  scope.on(parts.add, "click", () => void add(scope, model, parts));
  scope.on(parts.back, "click", () => void ask(scope, parts, { back: true }));
  scope.on(parts.list, "click", (event) => {
    const row = event.target.closest("button")?.closest("[data-phrase]");
    if (row) remove(scope, parts, rowsOf(parts).indexOf(row));
  });
}

function render({ model, el }) {
  const scope = openScope(model);
  const parts = makeFrame(model);
  el.append(parts.root);
  listen(scope, model, parts);
  listenToKeys(scope, model, parts);
  scope.watch(["phrases", "counts", "saved"], () => paintList(parts, model));
  scope.watch(["found"], () => paintFound(parts, model));
  paintList(parts, model);
  return () => {
    scope.close();
    parts.root.remove();
  };
}

export default { render };
