/** Tells on hovering what a word of a rulebook means. */

import { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';

import type { IExplanation } from './explanations';

/** Shows what `explain` knows of the word under the pointer. */
export function hovering(
  explain: (text: string, offset: number) => Promise<IExplanation | null>
): Extension {
  return hoverTooltip(async (view, offset) => {
    const explanation = await explain(view.state.doc.toString(), offset);
    return explanation
      ? {
          pos: explanation.from,
          end: explanation.to,
          above: true,
          create: () => ({ dom: render(explanation) })
        }
      : null;
  });
}

function render({ title, kind, lines }: IExplanation): HTMLElement {
  const node = document.createElement('div');
  node.className = 'jp-touchrules-Hover';
  node.append(part('div', 'title', kind ? `${title} (${kind})` : title));
  node.append(...lines.map(line => part('div', 'line', line)));
  return node;
}

function part(tag: string, name: string, text: string): HTMLElement {
  const node = document.createElement(tag);
  node.className = `jp-touchrules-Hover-${name}`;
  node.textContent = text;
  return node;
}
