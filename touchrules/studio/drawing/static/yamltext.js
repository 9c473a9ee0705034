// A text area with numbers beside its lines; lines with problems are marked and can be gone to.
const LINE = 19;
const REST = 250;

function makeFrame(model) {
  const numbers = make("div", { class: "numbers", "aria-hidden": true });
  const marks = make("div", { class: "marks", "aria-hidden": true });
  const area = make("textarea", { class: "area", wrap: "off", "aria-label": model.get("label") || "YAML" });
  area.spellcheck = false;
  const problems = make("ul", { class: "problems", "aria-label": "Problems" });
  const told = make("div", { class: "unseen", role: "status", "aria-live": "polite" });
  const frame = make("div", { class: "frame" }, numbers, make("div", { class: "sheet" }, marks, area));
  const root = make("div", { class: "drawn drawn-yamltext" }, frame, problems, told);
  return { root, numbers, marks, area, problems, told, known: "" };
}

function bar(kind, line, lines) {
  const node = make("div", { class: `bar ${kind}` });
  node.style.top = `${(line - 1) * LINE + 4}px`;
  node.style.height = `${lines * LINE}px`;
  return node;
}

function paintLines(parts, model) {
  const lines = parts.area.value.split("\n").length;
  const bad = new Set((model.get("problems") ?? []).map(([line]) => line));
  if (parts.numbers.childElementCount !== lines) {
    const rows = Array.from({ length: lines }, (_, at) => make("div", {}, String(at + 1)));
    parts.numbers.replaceChildren(...rows);
  }
  [...parts.numbers.children].forEach((row, at) => row.toggleAttribute("data-bad", bad.has(at + 1)));
  const [first, last] = model.get("part") ?? [];
  const chosen = first ? [bar("chosen", first, last - first + 1)] : [];
  parts.marks.replaceChildren(...chosen, ...[...bad].map((line) => bar("bad", line, 1)));
  follow(parts);
}

function paintProblems(parts, model) {
  const problems = model.get("problems") ?? [];
  const items = problems.map(([line, column, length, text]) => {
    const where = line ? `Line ${line}: ` : "";
    const attributes = { class: "button", type: "button", "data-line": line, "data-column": column };
    return make("li", {}, make("button", { ...attributes, "data-length": length }, `${where}${text}`));
  });
  parts.problems.replaceChildren(...items);
  parts.problems.hidden = items.length === 0;
  parts.told.textContent = problems.length ? counted(problems.length, "problem") : "No problems";
}

function follow(parts) {
  parts.numbers.scrollTop = parts.area.scrollTop;
  parts.marks.style.transform = `translateY(${-parts.area.scrollTop}px)`;
}

function placeOf(text, line, column) {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return before + Math.min(column - 1, lines[line - 1]?.length ?? 0);
}

function goTo(parts, line, column, length) {
  const start = placeOf(parts.area.value, line, column);
  parts.area.focus();
  parts.area.setSelectionRange(start, start + length);
  parts.area.scrollTop = Math.max(0, (line - 4) * LINE);
  follow(parts);
}

/** Shows a text from Python, unless somebody typed on in the one before. */
function takeText(parts, model) {
  const text = model.get("text") ?? "";
  if (parts.area.value !== parts.known) return;
  parts.known = text;
  if (parts.area.value === text) return;
  const [start, end, top] = [parts.area.selectionStart, parts.area.selectionEnd, parts.area.scrollTop];
  parts.area.value = text;
  parts.area.setSelectionRange(Math.min(start, text.length), Math.min(end, text.length));
  parts.area.scrollTop = top;
}

function jump(parts, model) {
  const [line] = model.get("jump") ?? [];
  if (!line) return;
  parts.area.scrollTop = Math.max(0, (line - 2) * LINE);
  follow(parts);
}

function listen(scope, model, parts) {
  let waiting = 0;
  const say = () => {
    clearTimeout(waiting);
    if (parts.known === parts.area.value) return;
    parts.known = parts.area.value;
    model.set("text", parts.area.value);
    model.save_changes();
  };
  scope.on(parts.area, "input", () => {
    paintLines(parts, model);
    clearTimeout(waiting);
    waiting = setTimeout(say, REST);
  });
  scope.on(parts.area, "blur", say);
  scope.on(parts.area, "scroll", () => follow(parts));
  scope.on(parts.area, "keydown", (event) => event.stopPropagation());
  scope.on(parts.problems, "click", (event) => {
    const { line, column, length } = event.target.closest("button")?.dataset ?? {};
    if (Number(line)) goTo(parts, Number(line), Number(column), Number(length));
  });
  scope.later(say); // what was typed last
}

function render({ model, el }) {
  const scope = openScope(model);
  const parts = makeFrame(model);
  el.append(parts.root);
  listen(scope, model, parts);
  const paint = () => {
    takeText(parts, model);
    paintLines(parts, model);
    paintProblems(parts, model);
  };
  scope.watch(["text", "problems", "part"], paint);
  scope.watch(["jump"], () => jump(parts, model));
  scope.watch(["label"], () => parts.area.setAttribute("aria-label", model.get("label")));
  paint();
  requestAnimationFrame(() => jump(parts, model));
  return () => {
    scope.close();
    parts.root.remove();
  };
}

export default { render };
