/** Lets keys of the studio reach JupyterLab from fields in which somebody types. */

/** Widgets keep every key that is pressed in their fields to themselves; hand on those that write nothing. */
export function handOnKeys(node: HTMLElement, handOn: (event: KeyboardEvent) => void): () => void {
  const hear = (event: KeyboardEvent): void => {
    const field = event.target instanceof Element && event.target.matches('input, textarea, select');
    if (field && (event.ctrlKey || event.metaKey || event.key === 'Escape')) {
      handOn(event);
    }
  };
  node.addEventListener('keydown', hear, true);
  return () => {
    node.removeEventListener('keydown', hear, true);
  };
}
