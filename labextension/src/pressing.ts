/** Presses buttons that Python made. */

/** So long Python may take in what was typed; a replay is part of it. */
const PATIENCE_MS = 20_000;

/** Press the first button of a class in a node, if it is there, shown and enabled; say whether it was. */
export function pressIn(node: Element | null, selector: string): boolean {
  const button = node?.querySelector<HTMLButtonElement>(selector);
  if (!button || button.disabled) {
    return false;
  }
  button.click();
  return true;
}

/**
 * Press such a button once what stands typed in a field of the node has come to Python. It is told of that when
 * the field is left; a button that is disabled until then is waited for.
 */
export async function pressAfterTyping(node: HTMLElement | null, selector: string): Promise<boolean> {
  const hasTold = node !== null && leaveField(node);
  if (pressIn(node, selector)) {
    return true;
  }
  return hasTold && (await enabled(node, selector)) && pressIn(node, selector);
}

/** Leave the field that somebody types in and come back to it; say whether it told of a change. */
function leaveField(node: HTMLElement): boolean {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement) || !node.contains(field) || !field.matches('input, textarea, select')) {
    return false;
  }
  let hasTold = false;
  const hear = (): void => {
    hasTold = true;
  };
  field.addEventListener('change', hear);
  field.blur();
  field.removeEventListener('change', hear);
  field.focus({ preventScroll: true });
  return hasTold;
}

/** Wait until a button can be pressed; false where that does not come. */
function enabled(node: HTMLElement, selector: string): Promise<boolean> {
  return new Promise(resolve => {
    const end = (is: boolean): void => {
      observer.disconnect();
      window.clearTimeout(timer);
      resolve(is);
    };
    const look = (): void => {
      if (node.querySelector<HTMLButtonElement>(selector)?.disabled === false) {
        end(true);
      }
    };
    const observer = new MutationObserver(look);
    const timer = window.setTimeout(() => {
      end(false);
    }, PATIENCE_MS);
    observer.observe(node, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] });
    look();
  });
}
