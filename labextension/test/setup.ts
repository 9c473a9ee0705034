/** What JupyterLab's modules expect of a browser, and jsdom lacks. */

class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

const missing: Record<string, unknown> = {
  DragEvent: class DragEvent extends Event {},
  ResizeObserver: Observer,
  IntersectionObserver: Observer,
  matchMedia: () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined
  })
};

for (const [name, value] of Object.entries(missing)) {
  if (Reflect.get(globalThis, name) === undefined) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}
