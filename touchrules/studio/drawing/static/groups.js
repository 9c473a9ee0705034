// What is found by group, now and as saved: a row for each, with a bar, and a button that chooses the group.
function makeBar(group, most) {
  const wide = (found) => `${Math.round((found / most) * 1000) / 10}%`;
  const saved = group.saved === null ? null : make("span", { class: "before", style: `width: ${wide(group.saved)}` });
  const now = make("span", { class: "present", style: `width: ${wide(group.now)}` });
  return make("span", { class: "bar", "aria-hidden": "true" }, saved, now);
}

function makeRow(group, most, chosen) {
  const attributes = { class: "choose", type: "button", "data-group": group.name };
  const button = make("button", { ...attributes, "aria-pressed": String(chosen) }, group.name);
  const cell = (text, kind) => make("td", { class: `number ${kind ?? ""}` }, text);
  const kind = group.now > group.saved ? "more" : group.now < group.saved ? "fewer" : "";
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, button),
    make("td", { class: "drawing" }, makeBar(group, most)),
    cell(count(group.now)),
    cell(change(group.now, group.saved) || "±0", kind),
    cell(group.share ?? ""),
  );
}

function paint(root, model) {
  const held = document.activeElement?.dataset?.group;
  const groups = model.get("groups") ?? [];
  const most = Math.max(1, ...groups.flatMap((group) => [group.now, group.saved ?? 0]));
  const heads = [model.get("by"), "", "Now", "Change", "Of looked at"];
  const head = heads.map((text) => (text ? make("th", { scope: "col" }, text) : make("td", {})));
  const rows = groups.map((group) => makeRow(group, most, group.name === model.get("chosen")));
  const caption = make("caption", { class: "title" }, model.get("title"));
  const body = [make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)];
  const none = make("div", { class: "quiet" }, "Nothing is found here.");
  const note = make("div", { class: "quiet" }, model.get("note"));
  root.replaceChildren(groups.length ? make("table", { class: "groups" }, caption, ...body) : none, note);
  if (held !== undefined) [...root.querySelectorAll("[data-group]")].find((one) => one.dataset.group === held)?.focus();
}

function render({ model, el }) {
  const scope = openScope(model);
  const root = make("div", { class: "drawn drawn-groups" });
  el.append(root);
  scope.on(root, "click", (event) => {
    const group = event.target.closest("[data-group]")?.dataset.group;
    if (group === undefined) return;
    model.set("chosen", group === model.get("chosen") ? null : group);
    model.save_changes();
  });
  scope.watch(["title", "by", "note", "groups", "chosen"], () => paint(root, model));
  paint(root, model);
  return () => {
    scope.close();
    root.remove();
  };
}

export default { render };
