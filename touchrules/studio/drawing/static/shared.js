// What every drawn widget uses: making elements, listening for as long as it is shown, asking Python.
const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An HTML element with attributes and children; `class` is given without the prefix. */
function make(tag, attributes, ...children) {
  return fill(document.createElement(tag), named(attributes), children);
}

/** The same for SVG. */
function draw(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), named(attributes), children);
}

function named(attributes) {
  const names = attributes?.class;
  if (!names) return attributes;
  const prefixed = names.split(" ").filter(Boolean).map((name) => `jp-touchrules-${name}`);
  return { ...attributes, class: prefixed.join(" ") };
}

let lastId = 0;

/** An id that no other element of the page has. */
function freshId() {
  lastId += 1;
  return `jp-touchrules-${Math.random().toString(36).slice(2, 8)}-${lastId}`;
}

/** A number as people read it: 12,230. */
function count(number) {
  return Number(number).toLocaleString("en-US", { maximumFractionDigits: 3 });
}

/** How many there are of something, `what` being one of it: 1 rule, 12,230 touches. */
function counted(number, what) {
  const plural = /(s|x|ch|sh)$/.test(what) ? `${what}es` : `${what}s`;
  return `${count(number)} ${number === 1 ? what : plural}`;
}

/** A difference with its sign: +12, −3, or nothing. */
function change(now, saved) {
  if (saved === null || saved === undefined || now === saved) return "";
  return now > saved ? `+${count(now - saved)}` : `\u2212${count(saved - now)}`;
}

/** What a shown widget holds on to; `close` lets go of all of it. */
function openScope(model) {
  const ending = new AbortController();
  const undo = [];
  const waiting = new Map();
  const prefix = freshId();
  const hear = (message) => {
    const hope = waiting.get(message?.asked);
    if (!hope) return;
    waiting.delete(message.asked);
    if (message.error) hope.reject(new Error(message.error));
    else hope.resolve(message);
  };
  model.on("msg:custom", hear);
  undo.push(() => model.off("msg:custom", hear));
  return {
    on(target, type, listener, options) {
      target.addEventListener(type, listener, { ...options, signal: ending.signal });
    },
    watch(names, listener) {
      for (const name of names) {
        model.on(`change:${name}`, listener);
        undo.push(() => model.off(`change:${name}`, listener));
      }
    },
    sized(node, listener) {
      const observer = new ResizeObserver(() => listener());
      observer.observe(node);
      undo.push(() => observer.disconnect());
    },
    /** Sends a question, and promises its answer. */
    ask(question) {
      const asked = `${prefix}-${(lastId += 1)}`;
      return new Promise((resolve, reject) => {
        waiting.set(asked, { resolve, reject });
        model.send({ ...question, asked });
      });
    },
    later(action) {
      undo.push(action);
    },
    close() {
      ending.abort();
      for (const action of undo) action();
      waiting.clear();
    },
  };
}

/** A line that tells what went wrong, spoken by screen readers. */
function makeNotice() {
  const node = make("div", { class: "notice", role: "alert", hidden: true });
  return {
    node,
    tell(text, well) {
      node.textContent = text;
      node.hidden = !text;
      node.toggleAttribute("data-well", Boolean(well));
    },
  };
}

/** Copies by the clipboard, or by a selected text where a page may not use that; tells whether it could. */
async function copyText(root, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { class: "unseen", "aria-hidden": "true" });
    area.value = text;
    root.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** A small box that follows what is pointed at, within `root`. */
function makeTip(root) {
  const node = make("div", { class: "tip", role: "status", "aria-live": "polite", hidden: true });
  root.append(node);
  return {
    show(text, x, y) {
      node.textContent = text;
      node.hidden = false;
      const room = root.clientWidth - node.offsetWidth - 4;
      node.style.left = `${Math.max(4, Math.min(x + 8, room))}px`;
      node.style.top = `${Math.max(0, y - node.offsetHeight - 6)}px`;
    },
    hide() {
      node.hidden = true;
    },
  };
}

/** Round steps between two numbers, at most about `wanted`. */
function niceSteps(low, high, wanted) {
  const rough = (high - low || 1) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((by) => by * power).find((by) => by >= rough);
  const steps = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-6; at += step) {
    steps.push(Number(at.toPrecision(12)));
  }
  return steps;
}
