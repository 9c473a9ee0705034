// Findings against the range of a parameter, with its present and its saved value.
const HEIGHT = 210;
const EDGE = { left: 52, right: 24, top: 24, bottom: 38 };

function read(model) {
  const points = [...(model.get("points") ?? [])].sort((one, other) => one[0] - other[0]);
  return { ...Object.fromEntries(["title", "unit", "current", "saved"].map((n) => [n, model.get(n)])), points };
}

function labelOf(data, x) {
  const point = data.points.find((one) => one[0] === x);
  return point?.[2] || `${count(x)}${data.unit ? ` ${data.unit}` : ""}`;
}

function spokenPoint(data, at) {
  const [x, y] = data.points[at];
  const words = [`${labelOf(data, x)}: ${counted(y, "finding")}`];
  if (x === data.current) words.push("the present value");
  if (x === data.saved) words.push("the saved value");
  return words.join(", ");
}

/** Where values stand in the picture. */
function makeScales(data, width) {
  const known = [...data.points.map((point) => point[0]), data.current, data.saved].filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const most = Math.max(1, ...data.points.map((point) => point[1])) * 1.05;
  const room = [width - EDGE.left - EDGE.right, HEIGHT - EDGE.top - EDGE.bottom];
  const x = (value) => EDGE.left + (high > low ? (value - low) / (high - low) : 0.5) * room[0];
  const y = (value) => EDGE.top + room[1] - (value / most) * room[1];
  return { x, y, low, high, most };
}

/** The findings at a value, between its two neighbours if it is no point. */
function heightAt(points, value) {
  const after = points.findIndex((point) => point[0] >= value);
  if (after < 0) return points[points.length - 1][1];
  if (after === 0 || points[after][0] === value) return points[after][1];
  const [[x0, y0], [x1, y1]] = [points[after - 1], points[after]];
  return y0 + ((value - x0) / (x1 - x0)) * (y1 - y0);
}

function drawAxes(data, { x, y, low, high, most }, width) {
  const floor = HEIGHT - EDGE.bottom;
  const rows = niceSteps(0, most, 6).filter(Number.isInteger);
  const lines = rows.flatMap((step) => [
    draw("line", { class: "rule-line", x1: EDGE.left, x2: width - EDGE.right, y1: y(step), y2: y(step) }),
    draw("text", { x: EDGE.left - 8, y: y(step) + 4, "text-anchor": "end" }, count(step)),
  ]);
  let free = -Infinity;
  const labels = data.points.map(([value, , label]) => {
    const text = label || count(value);
    const half = text.length * 3.2 + 4;
    if (x(value) - half < free) return null;
    free = x(value) + half;
    return draw("text", { x: x(value), y: floor + 16, "text-anchor": "middle" }, text);
  });
  const told = data.points.some((point) => point[2]?.includes(data.unit));
  const corner = { x: width - EDGE.right, y: HEIGHT - 4, "text-anchor": "end" };
  const unit = data.unit && !told ? draw("text", corner, data.unit) : null;
  return high >= low ? [...lines, ...labels, unit] : lines;
}

function drawMark(data, scales, kind, word) {
  const value = data[kind];
  if (!Number.isFinite(value) || !data.points.length) return [];
  const [left, top] = [scales.x(value), scales.y(heightAt(data.points, value))];
  const floor = HEIGHT - EDGE.bottom;
  const together = data.current === data.saved;
  if (together && kind === "saved") return [];
  const near = Math.abs(scales.x(data.current) - scales.x(data.saved)) < 50 && kind === "saved" && !together;
  const caption = { class: `caption ${kind}`, x: left, y: near ? 8 : 18, "text-anchor": "middle" };
  return [
    draw("line", { class: `upright ${kind}`, x1: left, x2: left, y1: EDGE.top, y2: floor }),
    draw("circle", { class: `spot ${kind}`, cx: left, cy: top, r: 6 }),
    draw("text", caption, together ? "now and saved" : word),
  ];
}

function drawCurve(data, width, at) {
  const scales = makeScales(data, width);
  const { x, y } = scales;
  const path = data.points.map(([px, py], n) => `${n ? "L" : "M"}${x(px)} ${y(py)}`).join("");
  const dots = data.points.map(([px, py], n) =>
    draw("circle", { class: n === at ? "point pointed" : "point", cx: x(px), cy: y(py), r: n === at ? 5 : 3 }),
  );
  const marks = [...drawMark(data, scales, "saved", "saved"), ...drawMark(data, scales, "current", "now")];
  const line = draw("path", { class: "curve-line", d: path });
  return { nodes: [...drawAxes(data, scales, width), line, ...marks, ...dots], ...scales };
}

function nearest(state, left) {
  const far = state.data.points.map((point) => Math.abs(state.drawn.x(point[0]) - left));
  return far.indexOf(Math.min(...far));
}

function speak(picture, data, at) {
  const { points } = data;
  const here = at >= 0 ? at : points.findIndex((point) => point[0] === data.current);
  picture.setAttribute("aria-label", `${data.title}: findings by ${data.unit || "value"}; Enter picks a value`);
  if (!points.length) return;
  picture.setAttribute("aria-valuemin", points[0][0]);
  picture.setAttribute("aria-valuemax", points[points.length - 1][0]);
  picture.setAttribute("aria-valuenow", points[Math.max(0, here)][0]);
  picture.setAttribute("aria-valuetext", spokenPoint(data, Math.max(0, here)));
}

function listen(scope, picture, state, point, pick) {
  const leftOf = (event) => event.clientX - picture.getBoundingClientRect().left;
  scope.on(picture, "pointermove", (event) => point(nearest(state, leftOf(event))));
  scope.on(picture, "pointerleave", () => point(-1));
  scope.on(picture, "blur", () => point(-1));
  scope.on(picture, "click", (event) => pick(nearest(state, leftOf(event))));
  scope.on(picture, "keydown", (event) => {
    const last = state.data.points.length - 1;
    const here = state.at >= 0 ? state.at : state.data.points.findIndex((one) => one[0] >= state.data.current);
    const steps = { ArrowRight: here + 1, ArrowUp: here + 1, ArrowLeft: here - 1, ArrowDown: here - 1 };
    Object.assign(steps, { Home: 0, End: last });
    if (event.key === "Enter") pick(here);
    else if (event.key === "Escape") point(-1);
    else if (event.key in steps) point(Math.min(last, Math.max(0, steps[event.key])));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function render({ model, el }) {
  const scope = openScope(model);
  const title = make("div", { class: "title" });
  const picture = draw("svg", { class: "picture", role: "slider", tabindex: 0, height: HEIGHT });
  const frame = make("div", { class: "frame" }, picture);
  const none = make("div", { class: "empty quiet" }, "No values tried yet");
  const root = make("div", { class: "drawn drawn-curve" }, title, frame, none);
  const tip = makeTip(frame);
  const state = { at: -1, data: read(model), drawn: null };
  el.append(root);
  const paint = () => {
    const width = Math.max(200, frame.clientWidth);
    picture.setAttribute("width", width);
    state.drawn = drawCurve(state.data, width, state.at);
    picture.replaceChildren(...state.drawn.nodes.filter(Boolean));
    speak(picture, state.data, state.at);
  };
  const point = (at) => {
    state.at = at < state.data.points.length ? at : -1;
    paint();
    if (state.at < 0) return tip.hide();
    const [x, y] = state.data.points[state.at];
    return tip.show(spokenPoint(state.data, state.at), state.drawn.x(x), state.drawn.y(y));
  };
  const pick = (at) => {
    const chosen = state.data.points[at];
    if (!chosen) return;
    model.set("picked", chosen[0]);
    model.save_changes();
  };
  const renew = () => {
    state.data = read(model);
    title.textContent = state.data.title;
    none.hidden = state.data.points.length > 0;
    frame.hidden = state.data.points.length === 0;
    point(state.at);
  };
  listen(scope, picture, state, point, pick);
  scope.watch(["title", "unit", "points", "current", "saved"], renew);
  scope.sized(frame, paint);
  renew();
  return () => {
    scope.close();
    root.remove();
  };
}

export default { render };
