// Lines that are there to be copied: what each is for, the text itself, and a button.
function makeLine(label, text) {
  const id = freshId();
  const name = make("label", { class: "label", for: id }, label);
  const field = make("input", { class: "field text", id, type: "text", readonly: true, spellcheck: "false" });
  field.value = text;
  const button = make("button", { class: "button", type: "button", "aria-label": `Copy: ${label}` }, "Copy");
  return make("div", { class: "line", "data-text": text }, name, field, button);
}

function paint(parts, model) {
  parts.lines.replaceChildren(...(model.get("lines") ?? []).map(([label, text]) => makeLine(label, text)));
  parts.told.textContent = "";
}

function render({ model, el }) {
  const scope = openScope(model);
  const told = make("div", { class: "told quiet", role: "status" });
  const lines = make("div", {});
  const root = make("div", { class: "drawn drawn-copied" }, lines, told);
  const parts = { lines, told };
  el.append(root);
  scope.on(lines, "click", async (event) => {
    const button = event.target.closest("button");
    const line = button?.closest("[data-text]");
    if (!line) return;
    const done = await copyText(root, line.dataset.text);
    button.focus();
    told.textContent = done
      ? `Copied: ${line.dataset.text}`
      : "The browser does not let this page copy: select the text, and copy it by a key.";
  });
  scope.on(lines, "focusin", (event) => event.target.closest("input")?.select());
  scope.watch(["lines"], () => paint(parts, model));
  paint(parts, model);
  return () => {
    scope.close();
    root.remove();
  };
}

export default { render };
