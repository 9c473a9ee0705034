// A control for one parameter: a slider with a field beside it, a field alone, a list, or a box to tick.
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function stopOf(model) {
  return (model.get("stops") ?? []).findIndex(([value]) => same(value, model.get("value")));
}

function makeInputs(model, id) {
  const label = model.get("label");
  switch (model.get("kind")) {
    case "slider": {
      const last = model.get("stops").length - 1;
      const range = make("input", { id, class: "range", type: "range", min: 0, max: last, step: 1 });
      const field = make("input", { class: "field exact", type: "text", "aria-label": `${label}, exactly` });
      return { main: range, range, field };
    }
    case "choice": {
      const options = model.get("stops").map(([, text], at) => make("option", { value: at }, text));
      const select = make("select", { id, class: "field" }, ...options);
      return { main: select, select };
    }
    case "truth": {
      const box = make("input", { id, type: "checkbox" });
      return { main: box, box };
    }
    default: {
      const field = make("input", { id, class: "field", type: "text" });
      return { main: field, field };
    }
  }
}

function makeFrame(model) {
  const id = freshId();
  const inputs = makeInputs(model, id);
  const back = make("button", { class: "button back", type: "button" }, "\u21ba");
  const now = make("output", { class: "now", for: id });
  const help = make("div", { class: "quiet help", id: `${id}-help` }, model.get("about") || "");
  help.hidden = !help.textContent;
  const notice = makeNotice();
  notice.node.id = `${id}-notice`;
  inputs.main.setAttribute("aria-describedby", `${help.id} ${notice.node.id}`);
  inputs.field?.setAttribute("aria-describedby", `${help.id} ${notice.node.id}`);
  const head = make("div", { class: "head" }, make("label", { for: id }, model.get("label")), now, back);
  const row = make("div", { class: "row" }, inputs.main, inputs.range ? inputs.field : null);
  if (inputs.box) head.prepend(inputs.box);
  const root = make("div", { class: "drawn drawn-control", "data-kind": model.get("kind") }, head, row, notice.node, help);
  return { root, back, now, notice, ...inputs };
}

function paint(parts, model) {
  const at = stopOf(model);
  const label = model.get("stops")?.[at]?.[1] ?? withUnit(model);
  if (parts.range) {
    parts.range.value = String(Math.max(0, at));
    parts.range.setAttribute("aria-valuetext", label);
    parts.now.textContent = label;
  }
  if (parts.select) parts.select.value = String(at);
  if (parts.box) parts.box.checked = Boolean(model.get("value"));
  if (parts.field) {
    parts.field.value = model.get("written");
    parts.field.removeAttribute("aria-invalid");
  }
  if (!parts.range && parts.field) parts.now.textContent = model.get("unit");
  const there = same(model.get("value"), model.get("saved"));
  const text = `Back to ${model.get("saved_label")} (saved)`;
  parts.back.disabled = there;
  parts.back.title = there ? "As saved" : text;
  parts.back.setAttribute("aria-label", `${model.get("label")}: ${there ? "as saved" : text}`);
  parts.notice.tell("");
}

function withUnit(model) {
  return [model.get("written"), model.get("unit")].filter(Boolean).join(" ");
}

function put(model, value) {
  model.set("value", value);
  model.save_changes();
}

async function take(scope, model, parts) {
  const typed = parts.field.value.trim();
  if (typed === model.get("written")) {
    paint(parts, model);
    return;
  }
  try {
    await scope.ask({ typed });
    paint(parts, model);
  } catch (mistake) {
    parts.field.setAttribute("aria-invalid", "true");
    parts.notice.tell(mistake.message);
  }
}

function listen(scope, model, parts) {
  if (parts.range) {
    scope.on(parts.range, "input", () => put(model, model.get("stops")[Number(parts.range.value)][0]));
  }
  if (parts.select) {
    scope.on(parts.select, "change", () => put(model, model.get("stops")[Number(parts.select.value)][0]));
  }
  if (parts.box) scope.on(parts.box, "change", () => put(model, parts.box.checked));
  if (parts.field) {
    scope.on(parts.field, "change", () => take(scope, model, parts));
    scope.on(parts.field, "keydown", (event) => event.stopPropagation());
  }
  scope.on(parts.back, "click", () => {
    put(model, model.get("saved"));
    parts.main.focus(); // the button has nothing left to do
  });
}

function render({ model, el }) {
  const scope = openScope(model);
  const parts = makeFrame(model);
  el.append(parts.root);
  listen(scope, model, parts);
  scope.watch(["value", "written", "saved"], () => paint(parts, model));
  paint(parts, model);
  return () => {
    scope.close();
    parts.root.remove();
  };
}

export default { render };
