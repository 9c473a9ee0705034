/** Presses buttons that Python made. */

/** Press the first button of a class in a node, if it is there, shown and enabled; say whether it was. */
export function pressIn(node: Element | null, selector: string): boolean {
  const button = node?.querySelector<HTMLButtonElement>(selector);
  if (!button || button.disabled) {
    return false;
  }
  button.click();
  return true;
}
