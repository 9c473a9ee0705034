// Several of many: the chosen ones as buttons that take them away, and a list to add from.
function makeFrame(model) {
  const id = freshId();
  const chosen = make("span", { class: "chosen" });
  const more = make("select", { class: "field more", "aria-labelledby": id });
  const none = make("span", { class: "quiet" }, model.get("none"));
  const label = make("div", { class: "label", id }, model.get("label"));
  const row = make("div", { class: "row" }, none, chosen, more);
  const root = make("div", { class: "drawn drawn-several", role: "group", "aria-labelledby": id }, label, row);
  return { root, chosen, more, none };
}

function paint(parts, model) {
  const value = model.get("value") ?? [];
  const options = model.get("options") ?? [];
  const names = new Map(options);
  const chips = value.map((one) => {
    const text = names.get(one) ?? one;
    const attributes = { class: "button chip", type: "button", "data-value": one, "aria-label": `Take ${text} out` };
    return make("button", attributes, `${text} \u00d7`);
  });
  parts.chosen.replaceChildren(...chips);
  parts.none.hidden = value.length > 0;
  const left = options.filter(([one]) => !value.includes(one));
  const first = make("option", { value: "" }, value.length ? "add\u2026" : "choose\u2026");
  parts.more.replaceChildren(first, ...left.map(([one, text]) => make("option", { value: one }, text)));
  parts.more.hidden = left.length === 0;
}

function put(model, value) {
  model.set("value", value);
  model.save_changes();
}

function render({ model, el }) {
  const scope = openScope(model);
  const parts = makeFrame(model);
  el.append(parts.root);
  const focusWhatIsThere = () => (parts.more.hidden ? parts.chosen.lastElementChild : parts.more)?.focus();
  scope.on(parts.more, "change", () => {
    if (parts.more.value) put(model, [...(model.get("value") ?? []), parts.more.value]);
    focusWhatIsThere();
  });
  scope.on(parts.chosen, "click", (event) => {
    const one = event.target.closest("[data-value]")?.dataset.value;
    if (one === undefined) return;
    put(model, model.get("value").filter((other) => other !== one));
    focusWhatIsThere();
  });
  scope.watch(["value", "options"], () => paint(parts, model));
  paint(parts, model);
  return () => {
    scope.close();
    parts.root.remove();
  };
}

export default { render };
