/** Opens a file in JupyterLab's text editor, at a line. */

import { JupyterFrontEnd } from '@jupyterlab/application';

/** What is needed of a tab with a text editor; a tab of another kind lacks it. */
interface ITextTab {
  readonly context?: { readonly ready: Promise<void> };
  readonly content?: {
    readonly editor?: {
      setCursorPosition(position: { line: number; column: number }): void;
      focus(): void;
    };
  };
}

/** Open the text of a file, with the cursor at a line and a column that count from 1. */
export async function openText(
  commands: JupyterFrontEnd['commands'],
  path: string,
  line: number,
  column: number
): Promise<void> {
  const tab = (await commands.execute('docmanager:open', { path, factory: 'Editor' })) as
    | ITextTab
    | undefined;
  await tab?.context?.ready;
  const editor = tab?.content?.editor;
  editor?.setCursorPosition({ line: line - 1, column: column - 1 });
  editor?.focus();
}
