// A list of rules by rulebook: searched, chosen by arrow keys, switched on and off.
const SEVERITIES = ["critical", "high", "medium", "low", "info"];

function makeBars(weeks) {
  const most = Math.max(1, ...weeks);
  const bars = weeks.map((found, week) => {
    const height = found ? Math.max(1, (found / most) * 16) : 0;
    return `M${week + 0.1} 16v${-height}h.8v${height}z`;
  });
  const box = { class: "bars", viewBox: `0 0 ${weeks.length || 1} 16`, preserveAspectRatio: "none" };
  return draw("svg", { ...box, "aria-hidden": "true" }, draw("path", { d: bars.join("") }));
}

function spokenRow(item) {
  const against = change(item.found, item.saved_found);
  const parts = [item.title, item.severity, `${count(item.found)} found, ${count(item.looked)} looked at`];
  if (against) parts.push(`${against} against saved`);
  return [...parts, ...(item.marks ?? []), item.enabled ? "on" : "off"].join(", ");
}

function makeRow(item, chosen) {
  const against = change(item.found, item.saved_found);
  const marks = (item.marks ?? []).map((mark) => make("span", { class: "mark" }, mark));
  const label = spokenRow(item);
  const attributes = { id: freshId(), class: "rule", role: "option", "data-rule": item.id, "aria-label": label };
  const state = { "aria-selected": String(chosen), "aria-checked": String(Boolean(item.enabled)), title: label };
  return make(
    "div",
    { ...attributes, ...state },
    make("span", { class: "switch", "data-switch": item.id }),
    make("span", { class: "dot", "data-severity": item.severity }),
    make("span", { class: "name" }, make("span", { class: "words" }, item.title), ...marks),
    makeBars(item.weeks ?? []),
    make("span", { class: "number" }, count(item.found)),
    make("span", { class: `number ${item.found > item.saved_found ? "more" : "fewer"}` }, against),
  );
}

function groupedBy(items) {
  const groups = new Map();
  for (const item of items) {
    if (!groups.has(item.rulebook)) groups.set(item.rulebook, []);
    groups.get(item.rulebook).push(item);
  }
  return groups;
}

function makeGroup(name, items, folded, chosen) {
  const id = freshId();
  const found = items.reduce((sum, item) => sum + (item.enabled ? item.found : 0), 0);
  const told = `${counted(items.length, "rule")}, ${count(found)} found`;
  const heading = make(
    "div",
    { class: `heading ${folded ? "folded" : ""}`, id, "data-fold": name, title: "← folds, → unfolds" },
    make("span", { class: "title" }, name),
    make("span", { class: "quiet" }, told),
  );
  const rows = folded ? [] : items.map((item) => makeRow(item, item.id === chosen));
  return make("div", { role: "group", "aria-labelledby": id }, heading, ...rows);
}

function makeFrame() {
  const search = make("input", { class: "field search", type: "search", "aria-label": "Search rules" });
  search.placeholder = "Search rules ( / )";
  const chips = make("div", { class: "chips", role: "group", "aria-label": "Severities shown" });
  const list = make("div", { class: "list", role: "listbox", tabindex: 0, "aria-label": "Rules" });
  const none = make("div", { class: "empty", role: "status" });
  const notice = makeNotice();
  const top = make("div", { class: "top" }, search, chips);
  const root = make("div", { class: "drawn drawn-rulelist" }, top, notice.node, none, list);
  return { root, search, chips, list, none, notice };
}

function shownItems(model) {
  const words = (model.get("query") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const severities = model.get("severities") ?? [];
  return (model.get("items") ?? []).filter((item) => {
    if (severities.length && !severities.includes(item.severity)) return false;
    const text = `${item.title} ${item.id} ${item.rulebook} ${(item.marks ?? []).join(" ")}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function paintChips(parts, model) {
  const there = new Set((model.get("items") ?? []).map((item) => item.severity));
  const wanted = SEVERITIES.filter((severity) => there.has(severity));
  const on = model.get("severities") ?? [];
  const known = [...parts.chips.children].map((chip) => chip.dataset.chip);
  if (known.join() !== wanted.join()) {
    const chips = wanted.map((severity) => {
      const attributes = { class: "button chip", type: "button", "data-chip": severity };
      return make("button", attributes, make("span", { class: "dot", "data-severity": severity }), severity);
    });
    parts.chips.replaceChildren(...chips);
  }
  for (const chip of parts.chips.children) {
    chip.setAttribute("aria-pressed", String(on.includes(chip.dataset.chip)));
  }
}

function paintNone(parts, model, shown) {
  parts.none.hidden = shown > 0;
  if (shown > 0) return;
  const any = (model.get("items") ?? []).length > 0;
  const hint = any ? "Search for fewer words, or show all severities." : "Open a rulebook to see its rules here.";
  const title = any ? "No rule matches" : "No rules yet";
  parts.none.replaceChildren(make("div", { class: "title" }, title), make("div", { class: "quiet" }, hint));
}

function paint(parts, model, folded) {
  const items = shownItems(model);
  const scroll = parts.list.scrollTop;
  const searching = Boolean(model.get("query"));
  const groups = [...groupedBy(items)].map(([name, rows]) =>
    makeGroup(name, rows, folded.has(name) && !searching, model.get("chosen")),
  );
  parts.list.replaceChildren(...groups);
  parts.list.hidden = items.length === 0;
  parts.list.scrollTop = scroll;
  if (parts.search.value !== model.get("query")) parts.search.value = model.get("query") ?? "";
  paintChips(parts, model);
  paintNone(parts, model, items.length);
  pointAtChosen(parts, model);
}

function rowsOf(parts) {
  return [...parts.list.querySelectorAll("[data-rule]")];
}

function keepInSight(list, row) {
  const [frame, place] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
  const above = place.top - frame.top - 30; // the heading sticks at the top
  const below = place.bottom - frame.bottom;
  if (above < 0) list.scrollTop += above;
  else if (below > 0) list.scrollTop += below;
}

function pointAtChosen(parts, model) {
  parts.list.removeAttribute("aria-activedescendant");
  for (const row of rowsOf(parts)) {
    const chosen = row.dataset.rule === model.get("chosen");
    row.setAttribute("aria-selected", String(chosen));
    if (chosen) {
      parts.list.setAttribute("aria-activedescendant", row.id);
      keepInSight(parts.list, row);
    }
  }
}

function choose(model, id) {
  model.set("chosen", id);
  model.save_changes();
}

async function toggle(scope, model, parts, id) {
  const item = (model.get("items") ?? []).find((one) => one.id === id);
  if (!item) return;
  const row = rowsOf(parts).find((one) => one.dataset.rule === id);
  row?.setAttribute("aria-checked", String(!item.enabled));
  try {
    const answer = await scope.ask({ toggle: id, on: !item.enabled });
    row?.setAttribute("aria-checked", String(answer.on)); // as it was, where that cannot be
    parts.notice.tell("");
  } catch (mistake) {
    row?.setAttribute("aria-checked", String(Boolean(item.enabled)));
    parts.notice.tell(`The rule was not switched: ${mistake.message}`);
  }
}

function moveChoice(parts, model, key) {
  const ids = rowsOf(parts).map((row) => row.dataset.rule);
  const at = ids.indexOf(model.get("chosen"));
  const last = ids.length - 1;
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? last : at - 1, PageDown: at + 10, PageUp: at - 10 };
  Object.assign(to, { Home: 0, End: last });
  if (!(key in to) || !ids.length) return false;
  choose(model, ids[Math.min(last, Math.max(0, to[key]))]);
  return true;
}

/** Folds or unfolds the rulebook of the chosen rule. */
function foldByKey(model, folded, key) {
  const name = (model.get("items") ?? []).find((item) => item.id === model.get("chosen"))?.rulebook;
  if (name === undefined || !["ArrowLeft", "ArrowRight"].includes(key)) return false;
  if (key === "ArrowLeft") folded.add(name);
  else folded.delete(name);
  return true;
}

function listenToKeys(scope, model, parts, folded) {
  scope.on(parts.list, "keydown", (event) => {
    if (event.target !== parts.list || event.ctrlKey || event.metaKey || event.altKey) return;
    if (foldByKey(model, folded, event.key)) paint(parts, model, folded);
    else if (event.key === " ") toggle(scope, model, parts, model.get("chosen"));
    else if (!moveChoice(parts, model, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  scope.on(parts.root, "keydown", (event) => {
    if (event.key === "/" && event.target !== parts.search) {
      event.preventDefault();
      parts.search.focus();
      parts.search.select();
    }
  });
  scope.on(parts.search, "keydown", (event) => {
    if (event.key === "ArrowDown" && rowsOf(parts).length) {
      event.preventDefault();
      parts.list.focus();
      if (!parts.list.getAttribute("aria-activedescendant")) moveChoice(parts, model, "Home");
    }
    event.stopPropagation();
  });
}

function listenToClicks(scope, model, parts, folded) {
  scope.on(parts.list, "click", (event) => {
    const heading = event.target.closest("[data-fold]");
    const switched = event.target.closest("[data-switch]");
    const row = event.target.closest("[data-rule]");
    if (heading) {
      const name = heading.dataset.fold;
      if (!folded.delete(name)) folded.add(name);
      paint(parts, model, folded);
    } else if (switched) toggle(scope, model, parts, switched.dataset.switch);
    else if (row) choose(model, row.dataset.rule);
  });
  scope.on(parts.chips, "click", (event) => {
    const severity = event.target.closest("[data-chip]")?.dataset.chip;
    if (!severity) return;
    const on = model.get("severities") ?? [];
    const kept = on.filter((one) => one !== severity);
    model.set("severities", kept.length === on.length ? [...on, severity] : kept);
    model.save_changes();
  });
  scope.on(parts.search, "input", () => {
    model.set("query", parts.search.value);
    model.save_changes();
  });
}

function render({ model, el }) {
  const scope = openScope(model);
  const parts = makeFrame();
  const folded = new Set();
  el.append(parts.root);
  listenToKeys(scope, model, parts, folded);
  listenToClicks(scope, model, parts, folded);
  scope.watch(["items", "query", "severities"], () => paint(parts, model, folded));
  scope.watch(["chosen"], () => pointAtChosen(parts, model));
  paint(parts, model, folded);
  return () => {
    scope.close();
    parts.root.remove();
  };
}

export default { render };
