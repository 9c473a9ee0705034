// A contact's touches over time: zoomed by wheel and +/-, panned by drag, walked by arrow keys.
const GUTTER = 120;
const LANE = 40;
const APART = 11; // pixels between touches of one lane, before they are set above each other
const LIFTS = [0, -12, 12];
const LETTER = 6.6;
const SPAN = 22;
const AXIS = 26;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const STEPS = [1, 5, 15, 60, 180, 360, 720, 1440, 2880, 10080, 20160].map((minutes) => minutes * MINUTE);
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function read(model) {
  const lanes = model.get("lanes") ?? [];
  const spans = model.get("spans") ?? [];
  const marks = model.get("marks") ?? [];
  const touches = lanes.flatMap((lane, row) => (lane.touches ?? []).map((touch) => ({ ...touch, row })));
  touches.sort((one, other) => one.at - other.at);
  const near = spans.filter((span) => span.kind !== "fact" && span.kind !== "open");
  const whole = wholeTime(touches, spans, marks);
  const zone = model.get("zone") || "UTC";
  return { lanes, spans, marks, touches, zone, whole, near: touches.length ? wholeTime(touches, near, []) : whole };
}

function wholeTime(touches, spans, marks) {
  const known = [...touches.map((touch) => touch.at), ...marks.map((mark) => mark.at)];
  for (const span of spans) known.push(span.since, span.until);
  const times = known.filter(Number.isFinite);
  if (!times.length) return [0, DAY];
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const margin = Math.max((to - from) * 0.04, DAY / 4);
  return [from - margin, to + margin];
}

/** A row for each span, such that spans in one row do not overlap. */
function rowsOfSpans(spans) {
  const ends = [];
  return spans.map((span) => {
    const free = ends.findIndex((end) => end <= span.since);
    const row = free < 0 ? ends.length : free;
    ends[row] = span.until ?? Infinity;
    return row;
  });
}

function timeText(at, zone) {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} ${zone}`;
}

function monthTicks(from, to, months) {
  const ticks = [];
  const start = new Date(from);
  const first = start.getUTCFullYear() * 12 + Math.floor(start.getUTCMonth() / months) * months;
  for (let month = first; ; month += months) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (at > to) return ticks;
    if (at >= from) ticks.push([at, `${MONTHS[month % 12]} ${Math.floor(month / 12)}`]);
  }
}

/** Round moments between two times, and what is written under them. */
function ticksOf(from, to, wanted) {
  const rough = (to - from) / Math.max(1, wanted);
  const step = STEPS.find((one) => one >= rough);
  if (!step) return monthTicks(from, to, [1, 3, 6, 12, 60, 120].find((n) => n * 30 * DAY >= rough) ?? 120);
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const date = new Date(at);
    const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
    ticks.push([at, step >= DAY ? day : `${day} ${date.toISOString().slice(11, 16)}`]);
  }
  return ticks;
}

function spokenTouch(touch, zone) {
  const found = touch.found ?? [];
  const when = touch.when ?? timeText(touch.at, zone);
  return [touch.label, when, found.length ? `found by ${found.join(", ")}` : "nothing found"].join("\n");
}

/** A text cut to so many pixels, or nothing where not even a few letters fit. */
function cut(text, room) {
  const letters = Math.floor(room / LETTER);
  if (text.length <= letters) return text;
  return letters < 4 ? "" : `${text.slice(0, letters - 1).trimEnd()}\u2026`;
}

function makeTouch(touch, chosen, zone) {
  const found = (touch.found ?? []).length > 0;
  const shape = found
    ? draw("path", { class: "shape", d: "M0-8 8 0 0 8-8 0z" })
    : draw("circle", { class: "shape", r: 5 });
  const speech = { "aria-label": spokenTouch(touch, zone).replaceAll("\n", ", "), "aria-pressed": String(chosen) };
  const ring = draw("circle", { class: "ring", r: 10 });
  const kind = `touch${found ? " found" : ""}`;
  return draw("g", { class: kind, role: "button", tabindex: -1, "data-touch": touch.id, ...speech }, ring, shape);
}

function makeSpan(span, number, zone) {
  const end = span.until ? timeText(span.until, zone) : "still open";
  const words = `${span.label} (${span.kind}), ${timeText(span.since, zone)} to ${end}`;
  const bar = draw("rect", { class: "bar", height: SPAN - 6, rx: 3 });
  const text = draw("text", { y: SPAN - 10 });
  const role = span.touch ? { role: "button", tabindex: 0, "data-span": number } : { role: "img" };
  const speech = { ...role, "aria-label": words, "data-kind": span.kind };
  return draw("g", { class: `span${span.touch ? " pickable" : ""}`, ...speech }, draw("title", {}, words), bar, text);
}

function makeMark(mark, zone) {
  const line = draw("line", { class: "mark-line", y1: 0 });
  const speech = { role: "img", "aria-label": `${mark.label}, ${timeText(mark.at, zone)}` };
  return draw("g", { class: "mark", ...speech }, line, draw("text", { y: 10 }, mark.label));
}

function makeLegend() {
  const sample = (...parts) => draw("svg", { class: "sample", width: 22, height: 16, "aria-hidden": "true" }, ...parts);
  const at = (kind, shape) => sample(draw("g", { class: kind, transform: "translate(11 8)" }, shape));
  const bar = (kind) => sample(draw("g", { "data-kind": kind }, draw("rect", { class: "bar", x: 1, y: 3, width: 20, height: 10, rx: 3 })));
  const item = (picture, words) => make("li", {}, picture, words);
  const dot = () => draw("circle", { class: "shape", r: 5 });
  const kinds = { fact: "fact that stood", met: "expected and met", broken: "broken", open: "open", cancelled: "cancelled" };
  return make(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    item(at("touch", dot()), "touch"),
    item(at("touch found", draw("path", { class: "shape", d: "M0-7 7 0 0 7-7 0z" })), "found by a rule"),
    item(at("touch lit", dot()), "what the finding rests on"),
    ...Object.entries(kinds).map(([kind, words]) => item(bar(kind), words)),
  );
}

function makeFrame() {
  const button = (text, label, by) => {
    const attributes = { class: "button", type: "button", "aria-label": label, "data-zoom": by };
    return make("button", attributes, text);
  };
  const told = make("span", { class: "quiet told", role: "status" });
  const zooms = [button("\u2212", "Zoom out", 1.5), button("+", "Zoom in", 1 / 1.5), button("Touches", "Show all touches", "near"), button("All", "Show all, facts too", "all")];
  const bar = make("div", { class: "top" }, told, ...zooms);
  const names = draw("g", { class: "names" });
  const inner = draw("svg", { class: "inner", x: GUTTER });
  const picture = draw("svg", { class: "picture", role: "group", tabindex: 0 }, names, inner);
  const frame = make("div", { class: "frame" }, picture);
  const none = make("div", { class: "empty quiet" }, "No touches to draw");
  const root = make("div", { class: "drawn drawn-timeline" }, bar, frame, makeLegend(), none);
  return { root, bar, told, frame, picture, names, inner, none, tip: makeTip(frame) };
}

/** Makes what is drawn; `place` then puts it where the shown time has it. */
function build(parts, state, chosen) {
  const { data } = state;
  state.rows = rowsOfSpans(data.spans);
  state.head = (data.marks.length ? 16 : 4) + (Math.max(-1, ...state.rows) + 1) * SPAN;
  state.height = state.head + data.lanes.length * LANE + AXIS;
  state.grid = draw("g", {});
  state.spans = data.spans.map((span, n) => makeSpan(span, n, data.zone));
  state.marks = data.marks.map((mark) => makeMark(mark, data.zone));
  state.touches = data.touches.map((touch) => makeTouch(touch, touch.id === chosen, data.zone));
  const y = (row) => state.head + row * LANE + LANE / 2;
  const lines = data.lanes.map((_, row) =>
    draw("line", { class: "lane-line", x1: 0, x2: "100%", y1: y(row), y2: y(row) }),
  );
  rove(state, chosen);
  parts.inner.replaceChildren(state.grid, ...lines, ...state.marks, ...state.spans, ...state.touches);
  const names = data.lanes.map((lane, row) =>
    draw("text", { x: 4, y: y(row) + 4 }, draw("title", {}, lane.name), cut(lane.name, GUTTER - 8)),
  );
  parts.names.replaceChildren(...names);
  for (const svg of [parts.picture, parts.inner]) svg.setAttribute("height", state.height);
  const found = data.touches.filter((touch) => (touch.found ?? []).length).length;
  parts.told.textContent = `${counted(data.touches.length, "touch")}, ${count(found)} with findings`;
  const hint = "plus and minus zoom, 0 shows all, Shift with arrow keys moves, arrow keys go from touch to touch";
  parts.picture.setAttribute("aria-label", `Timeline of ${parts.told.textContent}; ${hint}`);
  parts.none.hidden = data.touches.length + data.spans.length > 0;
  parts.frame.hidden = !parts.none.hidden;
}

/** Tab comes to one touch only; from there arrow keys lead on. */
function rove(state, id) {
  const held = state.touches.find((node) => node.dataset.touch === String(id)) ?? state.touches[0];
  for (const node of state.touches) node.setAttribute("tabindex", node === held ? 0 : -1);
}

function light(parts, state, lit) {
  const ids = new Set((lit ?? []).map(String));
  for (const node of state.touches) node.classList.toggle("jp-touchrules-lit", ids.has(node.dataset.touch));
  parts.root.classList.toggle("jp-touchrules-some-lit", ids.size > 0);
}

/** How far each touch is set above or below the middle of its lane, so that close ones can be told apart. */
function liftsOf(touches, x) {
  const ends = new Map();
  return touches.map((touch) => {
    const taken = ends.get(touch.row) ?? LIFTS.map(() => -Infinity);
    ends.set(touch.row, taken);
    const at = x(touch.at);
    const free = taken.findIndex((end) => at - end >= APART);
    const lane = free < 0 ? taken.indexOf(Math.min(...taken)) : free;
    taken[lane] = at;
    return LIFTS[lane];
  });
}

function place(parts, state) {
  const { data, shown } = state;
  const width = Math.max(120, parts.frame.clientWidth - GUTTER);
  state.width = width;
  parts.picture.setAttribute("width", width + GUTTER);
  parts.inner.setAttribute("width", width);
  const x = (at) => ((at - shown[0]) / (shown[1] - shown[0])) * width;
  state.x = x;
  const floor = state.height - AXIS;
  const ticks = ticksOf(...shown, width / 110).flatMap(([at, text]) => [
    draw("line", { class: "tick", x1: x(at), x2: x(at), y1: 0, y2: floor + 4 }),
    draw("text", { x: x(at) + 3, y: floor + 18 }, text),
  ]);
  state.grid.replaceChildren(...ticks);
  const lifts = liftsOf(data.touches, x);
  data.touches.forEach((touch, n) => {
    const y = state.head + touch.row * LANE + LANE / 2 + lifts[n];
    state.touches[n].setAttribute("transform", `translate(${x(touch.at).toFixed(1)} ${y})`);
  });
  data.marks.forEach((mark, n) => {
    state.marks[n].setAttribute("transform", `translate(${x(mark.at).toFixed(1)} 0)`);
    state.marks[n].firstChild.setAttribute("y2", floor);
    const late = x(mark.at) > width - 80;
    state.marks[n].lastChild.setAttribute("x", late ? -4 : 4);
    state.marks[n].lastChild.setAttribute("text-anchor", late ? "end" : "start");
  });
  data.spans.forEach((span, n) => placeSpan(state, span, state.spans[n], state.rows[n]));
}

function placeSpan(state, span, node, row) {
  const top = (state.data.marks.length ? 16 : 4) + row * SPAN;
  const from = Math.max(-10, state.x(span.since));
  const to = Math.min(state.width + 10, span.until ? state.x(span.until) : state.width + 10);
  node.setAttribute("transform", `translate(0 ${top})`);
  node.querySelector("rect").setAttribute("x", from);
  node.querySelector("rect").setAttribute("width", Math.max(2, to - from));
  const text = node.querySelector("text");
  const left = Math.max(4, from + 6);
  const said = span.kind === "fact" ? span.label : `${span.label}: ${span.kind}`;
  text.setAttribute("x", left);
  text.textContent = cut(said, Math.min(to, state.width) - left - 2);
}

/** How the shown time is moved: all of it lies within twice the time of the touches. */
function makeMoves(parts, state) {
  const show = (from, to) => {
    const [first, last] = state.data.whole;
    const long = Math.min(2 * (last - first), Math.max(MINUTE, to - from));
    const half = (last - first) / 2;
    const start = Math.min(last + half - long, Math.max(first - half, from));
    state.shown = [start, start + long];
    place(parts, state);
  };
  return {
    show,
    all: () => show(...state.data.whole),
    near: () => show(...state.data.near),
    zoom(by, share = 0.5) {
      const [from, to] = state.shown;
      const still = from + (to - from) * share;
      show(still - (still - from) * by, still + (to - still) * by);
    },
    pan(pixels) {
      const [from, to] = state.shown;
      const by = (pixels / state.width) * (to - from);
      show(from + by, to + by);
    },
    see(at) {
      const [from, to] = state.shown;
      const edge = (to - from) * 0.03;
      if (at < from + edge || at > to - edge) show(at - (to - from) / 2, at + (to - from) / 2);
    },
  };
}

function listenToMoves(scope, parts, state, moves) {
  const { picture } = parts;
  let held = null;
  const turn = (event) => {
    event.preventDefault();
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (sideways) return moves.pan(event.deltaX || event.deltaY);
    const left = event.clientX - picture.getBoundingClientRect().left - GUTTER;
    return moves.zoom(1.0015 ** event.deltaY, Math.min(1, Math.max(0, left / state.width)));
  };
  scope.on(picture, "wheel", turn, { passive: false });
  scope.on(picture, "pointerdown", (event) => {
    if (event.button === 0 && !event.target.closest("[data-touch], [data-span]")) held = event.clientX;
    if (held !== null) picture.setPointerCapture(event.pointerId);
  });
  scope.on(picture, "pointermove", (event) => {
    if (held === null) return;
    moves.pan(held - event.clientX);
    held = event.clientX;
  });
  for (const end of ["pointerup", "pointercancel"]) scope.on(picture, end, () => (held = null));
  scope.on(parts.bar, "click", (event) => {
    const by = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (by === undefined) return;
    if (Number(by)) moves.zoom(Number(by));
    else moves[by]();
  });
}

/** Pointing and focusing tell of a touch; clicking and Enter choose it, or the touch of an expectation. */
function listenToTouches(scope, parts, state, moves, choose) {
  const { picture, tip } = parts;
  const touchOf = (event) => {
    const id = event.target.closest?.("[data-touch]")?.dataset.touch;
    return state.data.touches.find((touch) => String(touch.id) === id);
  };
  const tell = (event) => {
    const touch = touchOf(event);
    if (!touch) return tip.hide();
    if (event.type === "focusin") moves.see(touch.at);
    return tip.show(spokenTouch(touch, state.data.zone), GUTTER + state.x(touch.at), state.head + touch.row * LANE + 6);
  };
  const pick = (event) => {
    const touch = touchOf(event);
    const span = state.data.spans[event.target.closest?.("[data-span]")?.dataset.span];
    if (touch) choose(touch.id, "");
    else if (span) choose(span.touch, span.rule ?? "");
    return touch ?? span;
  };
  for (const type of ["pointerover", "focusin"]) scope.on(picture, type, tell);
  for (const type of ["pointerleave", "focusout"]) scope.on(picture, type, () => tip.hide());
  scope.on(picture, "click", pick);
  scope.on(picture, "keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!steer(event, state, moves, touchOf(event)) && !(["Enter", " "].includes(event.key) && pick(event))) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Moves the shown time, or the focus from touch to touch; tells whether the key meant that. */
function steer(event, state, moves, touch) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by && touch && !event.shiftKey) {
    const next = state.touches[state.data.touches.indexOf(touch) + by];
    if (next) rove(state, next.dataset.touch);
    next?.focus();
  } else if (by) moves.pan(by * 60);
  else if (event.key === "+" || event.key === "=") moves.zoom(1 / 1.5);
  else if (event.key === "-") moves.zoom(1.5);
  else if (event.key === "0" || event.key === "Home") moves.all();
  else return false;
  return true;
}

function render({ model, el }) {
  const scope = openScope(model);
  const parts = makeFrame();
  const state = { data: read(model), shown: [0, DAY], x: () => 0, width: 1 };
  const moves = makeMoves(parts, state);
  el.append(parts.root);
  const choose = (id, rule) => {
    model.set("chosen", id);
    model.set("rule", rule);
    model.save_changes();
  };
  const renew = () => {
    const held = document.activeElement?.closest?.("[data-touch]")?.dataset.touch;
    const before = String(state.data.whole);
    state.data = read(model);
    build(parts, state, model.get("chosen"));
    light(parts, state, model.get("lit"));
    if (String(state.data.whole) === before && state.shown[0]) moves.show(...state.shown);
    else moves.near();
    if (held) state.touches.find((node) => node.dataset.touch === held)?.focus();
  };
  const point = () => {
    const chosen = model.get("chosen");
    for (const node of state.touches) node.setAttribute("aria-pressed", String(node.dataset.touch === String(chosen)));
    const touch = state.data.touches.find((one) => one.id === chosen);
    if (!touch) return;
    rove(state, chosen);
    moves.see(touch.at);
  };
  listenToMoves(scope, parts, state, moves);
  listenToTouches(scope, parts, state, moves, choose);
  scope.watch(["lanes", "spans", "marks", "zone"], renew);
  scope.watch(["chosen"], point);
  scope.watch(["lit"], () => light(parts, state, model.get("lit")));
  scope.sized(parts.frame, () => place(parts, state));
  renew();
  return () => {
    scope.close();
    parts.root.remove();
  };
}

export default { render };
