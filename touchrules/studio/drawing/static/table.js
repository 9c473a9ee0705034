// A table of any length: only the lines in sight are drawn, and their pages asked for ahead.
const LINE = 28;
const PAGE = 200;
const KEPT = 60;
const AHEAD = 12;
const TALLEST = 6_000_000; // browsers draw nothing beyond some ten million pixels

function makeFrame(model) {
  const search = make("input", { class: "field search", type: "search", "aria-label": "Filter rows" });
  search.placeholder = "Filter";
  const grouping = make("select", { class: "field", "aria-label": "Group by" });
  const told = make("span", { class: "quiet told", role: "status" });
  const save = make("button", { class: "button", type: "button" }, "Save as CSV");
  const bar = make("div", { class: "top" }, search, grouping, told, save);
  const head = make("div", { class: "head", role: "row", "aria-rowindex": 1 });
  const layer = make("div", { class: "layer", role: "rowgroup" });
  const canvas = make("div", { class: "canvas", role: "presentation" }, head, layer);
  const grid = make("div", { class: "grid", role: "grid", tabindex: 0, "aria-label": "Rows" }, canvas);
  const none = make("div", { class: "empty", role: "status" });
  const notice = makeNotice();
  const root = make("div", { class: "drawn drawn-table" }, bar, notice.node, grid, none);
  return { root, search, grouping, told, save, head, layer, canvas, grid, none, notice, model };
}

/** The pages of the lines, asked for when wanted, two questions at a time. */
function keepPages(scope, model, arrived, failed) {
  let pages = new Map();
  let asking = new Set();
  let wanted = [];
  let refused = new Set();
  const next = () => {
    while (asking.size < 2 && wanted.length) {
      const page = wanted.shift();
      if (pages.has(page) || asking.has(page)) continue;
      ask(page);
    }
  };
  const ask = async (page) => {
    const [version, mine] = [model.get("version"), asking];
    mine.add(page);
    try {
      const answer = await scope.ask({ page: [page * PAGE, (page + 1) * PAGE] });
      if (answer.version === version && mine === asking) pages.set(page, answer.lines);
      if (pages.size > KEPT) pages.delete(pages.keys().next().value);
    } catch (mistake) {
      if (mine === asking) refused.add(page); // not asked for again until the rows are others
      failed(mistake);
    }
    mine.delete(page);
    if (mine !== asking) return;
    arrived();
    next();
  };
  return {
    line(index) {
      return pages.get(Math.floor(index / PAGE))?.[index % PAGE];
    },
    /** Wants the pages of lines in sight first, then those beside them. */
    want(from, to) {
      const [first, last] = [Math.floor(from / PAGE), Math.floor(Math.max(from, to) / PAGE)];
      const end = Math.ceil(model.get("total") / PAGE);
      wanted = [];
      for (let page = first; page <= last; page += 1) wanted.push(page);
      wanted.push(last + 1, first - 1, last + 2);
      wanted = wanted.filter((page) => page >= 0 && page < end && !pages.has(page) && !refused.has(page));
      for (const page of [first, last]) {
        const lines = pages.get(page); // put last: it was used last
        if (lines && pages.delete(page)) pages.set(page, lines);
      }
      next();
    },
    forget() {
      pages = new Map();
      asking = new Set();
      refused = new Set();
    },
  };
}

/** Where the lines stand; a long table moves by more than the scroll bar does. */
function keepPlace(parts, moved) {
  const { grid, canvas, model } = parts;
  let top = 0;
  let set = 0;
  const room = () => Math.max(LINE, grid.clientHeight - LINE);
  const most = () => Math.max(0, model.get("total") * LINE - room());
  const ratio = () => {
    const bar = Math.min(TALLEST, model.get("total") * LINE) - room();
    return bar > 0 ? Math.max(1, most() / bar) : 1;
  };
  return {
    room,
    long: () => ratio() > 1,
    top: () => top,
    stretch() {
      canvas.style.height = `${LINE + Math.min(TALLEST, model.get("total") * LINE)}px`;
    },
    to(place) {
      top = Math.min(most(), Math.max(0, place));
      grid.scrollTop = top / ratio();
      set = grid.scrollTop;
      moved();
    },
    scrolled() {
      if (Math.abs(grid.scrollTop - set) >= 1) {
        set = grid.scrollTop;
        top = Math.min(most(), set * ratio());
      }
      moved();
    },
    see(index) {
      if (index * LINE < top) this.to(index * LINE);
      else if ((index + 1) * LINE > top + room()) this.to((index + 1) * LINE - room());
    },
  };
}

function paintHead(parts) {
  const { model } = parts;
  const columns = model.get("columns") ?? [];
  const sort = model.get("sort") ?? {};
  const cells = columns.map((column, at) => {
    const on = sort.column === column.name;
    const order = on ? (sort.descending ? "descending" : "ascending") : "none";
    const button = make("button", { class: "sort", type: "button", "data-sort": column.name }, column.title);
    const kind = column.number ? "cell right" : "cell";
    return make("div", { class: kind, role: "columnheader", "aria-sort": order, "aria-colindex": at + 1 }, button);
  });
  const held = document.activeElement?.dataset?.sort;
  parts.head.replaceChildren(...cells);
  if (held) [...parts.head.querySelectorAll("[data-sort]")].find((one) => one.dataset.sort === held)?.focus();
  const tracks = columns.map((column) => (column.text ? `minmax(${column.width}px, 1fr)` : `${column.width}px`));
  parts.canvas.style.setProperty("--jp-touchrules-tracks", tracks.join(" ") || "1fr");
  parts.canvas.style.minWidth = `${columns.reduce((sum, column) => sum + column.width, 0)}px`;
  parts.grid.setAttribute("aria-colcount", columns.length);
  paintGrouping(parts, columns);
}

function paintGrouping(parts, columns) {
  const choices = columns.filter((column) => column.text);
  const options = choices.map((column) => make("option", { value: column.name }, `By ${column.title}`));
  parts.grouping.replaceChildren(make("option", { value: "" }, "Not grouped"), ...options);
  parts.grouping.value = parts.model.get("group_by") ?? "";
  parts.grouping.hidden = choices.length === 0;
}

function paintTold(parts) {
  const { model } = parts;
  const [matching, rows] = [model.get("matching"), model.get("rows")];
  const all = counted(rows, "row");
  parts.told.textContent = matching === rows ? all : `${count(matching)} of ${all}`;
  parts.none.hidden = matching > 0;
  parts.grid.hidden = matching === 0;
  parts.none.textContent = rows > 0 ? "No row holds that text" : model.get("empty");
  parts.save.disabled = rows === 0;
  parts.grid.setAttribute("aria-rowcount", model.get("total") + 1);
  if (parts.search.value !== model.get("query")) parts.search.value = model.get("query") ?? "";
}

function paintLine(node, line, index, columns) {
  const key = line ? `${index}:${line.row ?? "group"}` : `${index}:waiting`;
  node.dataset.index = index;
  node.setAttribute("aria-rowindex", index + 2);
  if (node.dataset.key === key && line?.row !== undefined) return;
  node.dataset.key = key;
  node.toggleAttribute("aria-busy", !line);
  const grouped = line?.group !== undefined;
  node.classList.toggle("jp-touchrules-group", grouped);
  if (grouped) node.setAttribute("aria-expanded", String(!line.folded));
  else node.removeAttribute("aria-expanded");
  if (grouped) {
    const cell = { class: "cell", role: "gridcell", "aria-colspan": columns.length };
    const name = make("span", { class: "title" }, line.name);
    node.replaceChildren(make("div", cell, name, make("span", { class: "quiet" }, ` ${count(line.count)}`)));
    return;
  }
  const cells = columns.map((column, at) => {
    const kind = column.number ? "cell right" : "cell";
    const text = line ? line.cells[at] : "…";
    return make("div", { class: kind, role: "gridcell", "aria-colindex": at + 1, title: line ? text : null }, text);
  });
  node.replaceChildren(...cells);
}

function paintLines(parts, place, pages, active) {
  const { model, layer, grid } = parts;
  const total = model.get("total");
  const columns = model.get("columns") ?? [];
  const first = Math.max(0, Math.floor(place.top() / LINE) - AHEAD);
  const last = Math.min(total, Math.ceil((place.top() + place.room()) / LINE) + AHEAD);
  const slots = Math.ceil(place.room() / LINE) + 2 * AHEAD + 2;
  while (layer.children.length < slots) layer.append(make("div", { id: freshId(), class: "line", role: "row" }));
  while (layer.children.length > slots) layer.lastChild.remove();
  const nodes = [...layer.children];
  for (const node of nodes) node.hidden = true;
  grid.removeAttribute("aria-activedescendant");
  for (let index = first; index < last; index += 1) {
    const node = nodes[index % slots];
    node.hidden = false;
    paintLine(node, pages.line(index), index, columns);
    node.style.transform = `translateY(${index * LINE - place.top()}px)`;
    node.setAttribute("aria-selected", String(index === active));
    if (index === active) grid.setAttribute("aria-activedescendant", node.id);
  }
  pages.want(first, last - 1);
}

/** Copies a line; whoever has the keyboard keeps it. */
async function copyLine(parts, text) {
  const done = await copyText(parts.root, text);
  parts.grid.focus();
  parts.notice.tell(done ? "" : "The browser does not let this page copy.");
}

/** What can be done with a line: choose it, fold it, copy it. */
function makeDeeds(scope, parts, pages, state) {
  const tell = (promise) =>
    promise.then(
      (answer) => parts.notice.tell(typeof answer.save === "string" ? answer.save : "", true),
      (mistake) => parts.notice.tell(mistake.message),
    );
  return {
    choose(index) {
      const line = pages.line(index);
      state.waits = !line; // it is chosen as soon as it is there
      if (!line) return;
      if (line.group !== undefined) this.fold(index, !line.folded);
      else tell(scope.ask({ choose: line.row, version: parts.model.get("version") }));
    },
    fold(index, folded) {
      const line = pages.line(index);
      if (line?.group === undefined || line.folded === folded) return;
      state.stays = true;
      tell(scope.ask({ fold: line.group, folded }));
    },
    copy(index) {
      const line = pages.line(index);
      if (line) copyLine(parts, line.cells ? line.cells.join("\t") : `${line.name}\t${line.count}`);
    },
    save() {
      tell(scope.ask({ save: true }));
    },
  };
}

function listenToKeys(scope, parts, place, deeds, state, paint) {
  scope.on(parts.grid, "keydown", (event) => {
    if (event.target !== parts.grid) return;
    const last = parts.model.get("total") - 1;
    const page = Math.max(1, Math.floor(place.room() / LINE) - 1);
    const { active } = state;
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page };
    Object.assign(to, { Home: 0, End: last });
    if ((event.ctrlKey || event.metaKey) && event.key === "c") {
      if (String(window.getSelection())) return;
      deeds.copy(active);
    } else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key in to) {
      state.active = Math.min(last, Math.max(0, to[event.key]));
      state.waits = false;
      place.see(state.active);
      paint();
    } else if (event.key === "Enter") deeds.choose(active);
    else if (event.key === "ArrowLeft") deeds.fold(active, true);
    else if (event.key === "ArrowRight") deeds.fold(active, false);
    else return;
    if (!event.key.startsWith("ArrowL") && !event.key.startsWith("ArrowR")) event.preventDefault();
    event.stopPropagation();
  });
}

function listenToPointer(scope, parts, place, deeds, state, paint) {
  const indexOf = (event) => Number(event.target.closest("[data-index]")?.dataset.index ?? -1);
  scope.on(parts.layer, "click", (event) => {
    state.active = indexOf(event);
    state.waits = false;
    if (event.target.closest("[aria-expanded]")) deeds.choose(state.active);
    paint();
  });
  scope.on(parts.layer, "dblclick", (event) => {
    if (!event.target.closest("[aria-expanded]")) deeds.choose(indexOf(event));
  });
  scope.on(parts.grid, "scroll", () => place.scrolled(), { passive: true });
  scope.on(parts.grid, "wheel", (event) => {
    if (!place.long() || event.ctrlKey || event.shiftKey || !event.deltaY) return;
    event.preventDefault();
    state.waits = false;
    const step = [1, LINE, place.room()][event.deltaMode] ?? 1;
    place.to(place.top() + event.deltaY * step);
  });
  scope.on(parts.save, "click", () => deeds.save());
}

function listenToChoices(scope, parts) {
  const { model } = parts;
  const set = (name, value) => {
    model.set(name, value);
    model.save_changes();
    parts.grid.setAttribute("aria-busy", "true");
  };
  scope.on(parts.head, "click", (event) => {
    const column = event.target.closest("[data-sort]")?.dataset.sort;
    if (!column) return;
    const sort = model.get("sort") ?? {};
    if (sort.column !== column) set("sort", { column, descending: false });
    else set("sort", sort.descending ? {} : { column, descending: true });
  });
  scope.on(parts.grouping, "change", () => set("group_by", parts.grouping.value));
  let pause = 0;
  scope.on(parts.search, "input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => set("query", parts.search.value), 150);
  });
  scope.on(parts.search, "keydown", (event) => {
    if (event.key === "ArrowDown") parts.grid.focus();
    event.stopPropagation();
  });
  scope.later(() => clearTimeout(pause));
}

function render({ model, el }) {
  const scope = openScope(model);
  const parts = makeFrame(model);
  const state = { active: 0, stays: false, waits: false, frame: 0 };
  const paint = () => {
    cancelAnimationFrame(state.frame);
    state.frame = requestAnimationFrame(() => paintLines(parts, place, pages, state.active));
  };
  const arrived = () => {
    if (state.waits && pages.line(state.active)) deeds.choose(state.active);
    paint();
  };
  const pages = keepPages(scope, model, arrived, (mistake) => {
    state.waits = false;
    parts.notice.tell(mistake.message);
  });
  const place = keepPlace(parts, paint);
  const renew = () => {
    state.waits = false;
    pages.forget();
    for (const node of parts.layer.children) delete node.dataset.key;
    parts.grid.removeAttribute("aria-busy");
    paintTold(parts);
    place.stretch();
    if (!state.stays) state.active = 0;
    place.to(state.stays ? place.top() : 0);
    state.stays = false;
  };
  el.append(parts.root);
  const deeds = makeDeeds(scope, parts, pages, state);
  listenToKeys(scope, parts, place, deeds, state, paint);
  listenToPointer(scope, parts, place, deeds, state, paint);
  listenToChoices(scope, parts);
  scope.watch(["columns", "sort", "group_by"], () => paintHead(parts));
  scope.watch(["version"], renew);
  scope.watch(["empty", "query", "rows", "matching", "total"], () => paintTold(parts));
  scope.sized(parts.grid, () => place.to(place.top()));
  scope.later(() => cancelAnimationFrame(state.frame));
  paintHead(parts);
  renew();
  return () => {
    scope.close();
    parts.root.remove();
  };
}

export default { render };
