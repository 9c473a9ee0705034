// Bars a week: what is found now, before an outline of what the saved rulebook finds.
const HEIGHT = 150;
const EDGE = { left: 44, right: 8, top: 8, bottom: 22 };

function read(model) {
  const labels = model.get("labels") ?? [];
  const [now, saved] = [model.get("now") ?? [], model.get("saved") ?? []];
  const sum = (list) => list.reduce((total, one) => total + one, 0);
  return { title: model.get("title"), labels, now, saved, sums: [sum(now), sum(saved)] };
}

function summary({ title, labels, now, saved, sums }) {
  if (!now.length) return `${title}: nothing to show.`;
  const most = Math.max(...now);
  const peak = most > 0 ? `, most in ${labels[now.indexOf(most)] ?? ""}: ${count(most)}` : "";
  const against = saved.length ? `, ${count(sums[1])} with the saved rulebook` : "";
  return `${title}: ${count(sums[0])} in ${counted(now.length, "week")}${against}${peak}.`;
}

function makeData({ title, labels, now, saved }) {
  const cell = (text) => make("td", {}, text);
  const heads = ["Week", "Now", "Saved"].map((text) => make("th", { scope: "col" }, text));
  const rows = now.map((found, week) => {
    const before = saved[week] === undefined ? "" : count(saved[week]);
    return make("tr", {}, make("th", { scope: "row" }, labels[week] ?? ""), cell(count(found)), cell(before));
  });
  const body = [make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)];
  return make("table", { class: "unseen" }, make("caption", {}, title), ...body);
}

function makeLegend({ sums, saved }) {
  const one = (kind, text) => make("span", { class: "key" }, make("span", { class: `swatch ${kind}` }), text);
  const before = saved.length ? one("before", `saved ${count(sums[1])}`) : null;
  return make("div", { class: "legend quiet" }, one("present", `now ${count(sums[0])}`), before);
}

function drawScale(data, width) {
  const most = Math.max(1, ...data.now, ...data.saved);
  const steps = niceSteps(0, most, 4).filter((step) => Number.isInteger(step));
  const high = HEIGHT - EDGE.top - EDGE.bottom;
  const y = (found) => EDGE.top + high - (found / most) * high;
  const marks = steps.flatMap((step) => [
    draw("line", { class: "rule-line", x1: EDGE.left, x2: width - EDGE.right, y1: y(step), y2: y(step) }),
    draw("text", { x: EDGE.left - 6, y: y(step) + 4, "text-anchor": "end" }, count(step)),
  ]);
  return { y, marks };
}

function drawBars(data, width, at) {
  const { y, marks } = drawScale(data, width);
  const weeks = Math.max(data.now.length, data.labels.length, 1);
  const step = (width - EDGE.left - EDGE.right) / weeks;
  const x = (week) => EDGE.left + week * step;
  const bar = (kind, found, week, inset) => {
    const box = { x: x(week) + step * inset, width: Math.max(1, step * (1 - 2 * inset)) };
    return draw("rect", { class: kind, ...box, y: y(found), height: Math.max(0, y(0) - y(found)) });
  };
  const saved = data.saved.map((found, week) => (found ? bar("before", found, week, 0.06) : null));
  const now = data.now.map((found, week) => bar(week === at ? "present pointed" : "present", found, week, 0.16));
  const every = Math.max(1, Math.ceil(76 / step));
  const labels = data.labels.map((label, week) => {
    if (week % every || x(week) + 60 > width) return null;
    return draw("text", { x: x(week), y: HEIGHT - 6 }, label);
  });
  return { nodes: [...marks, ...saved, ...now, ...labels], x: (week) => x(week) + step / 2, y, step };
}

function spokenWeek(data, week) {
  const against = data.saved[week] === undefined ? "" : `\nsaved ${count(data.saved[week])}`;
  const moved = change(data.now[week], data.saved[week]);
  return `${data.labels[week] ?? ""}\nnow ${count(data.now[week] ?? 0)}${against}${moved ? ` (${moved})` : ""}`;
}

function listen(scope, picture, state, point) {
  scope.on(picture, "pointermove", (event) => {
    const { left } = picture.getBoundingClientRect();
    point(Math.floor((event.clientX - left - EDGE.left) / state.drawn.step));
  });
  scope.on(picture, "pointerleave", () => point(-1));
  scope.on(picture, "blur", () => point(-1));
  scope.on(picture, "keydown", (event) => {
    const last = state.data.now.length - 1;
    const to = { ArrowRight: state.at + 1, ArrowLeft: state.at < 0 ? last : state.at - 1, Home: 0, End: last };
    if (event.key === "Escape") point(-1);
    else if (event.key in to) point(Math.min(last, Math.max(0, to[event.key])));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function render({ model, el }) {
  const scope = openScope(model);
  const title = make("div", { class: "title" });
  const picture = draw("svg", { class: "picture", role: "img", tabindex: 0, height: HEIGHT });
  const frame = make("div", { class: "frame" }, picture);
  const [legend, table] = [make("div"), make("div")];
  const top = make("div", { class: "top" }, title, legend);
  const root = make("div", { class: "drawn drawn-weekbars" }, top, frame, table);
  const tip = makeTip(frame);
  const state = { at: -1, data: read(model), drawn: null };
  el.append(root);
  const paint = () => {
    const width = Math.max(160, frame.clientWidth);
    picture.setAttribute("width", width);
    state.drawn = drawBars(state.data, width, state.at);
    picture.replaceChildren(...state.drawn.nodes);
  };
  const point = (week) => {
    state.at = week >= 0 && week < state.data.now.length ? week : -1;
    paint();
    if (state.at < 0) tip.hide();
    else tip.show(spokenWeek(state.data, state.at), state.drawn.x(state.at), 70);
  };
  const renew = () => {
    state.data = read(model);
    title.textContent = state.data.title;
    picture.setAttribute("aria-label", summary(state.data));
    legend.replaceChildren(makeLegend(state.data));
    table.replaceChildren(makeData(state.data));
    point(state.at);
  };
  listen(scope, picture, state, point);
  scope.watch(["title", "labels", "now", "saved"], renew);
  scope.sized(frame, paint);
  renew();
  return () => {
    scope.close();
    root.remove();
  };
}

export default { render };
