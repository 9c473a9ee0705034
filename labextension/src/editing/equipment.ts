/** Equips a text editor for rulebooks. */

import { EditorView } from '@codemirror/view';
import { CodeMirrorEditor } from '@jupyterlab/codemirror';
import { ICompletionProviderManager } from '@jupyterlab/completer';
import { IDocumentWidget } from '@jupyterlab/docregistry';
import { FileEditor } from '@jupyterlab/fileeditor';

import type { Answers } from '../answers';
import { hovering } from './hovering';
import { Knowledge } from './knowledge';
import { recheck, squiggles } from './squiggles';
import { typing } from './typing';

/** What an editor needs of JupyterLab. */
export interface ISurroundings {
  readonly answers: Answers;
  readonly completions: ICompletionProviderManager | null;
  /** Whether proposals come without being asked for. */
  readonly proposesWhileTyping: () => boolean;
}

/** Show problems, meanings and proposals in the editor of a file; the result knows what it is about. */
export function equip(tab: IDocumentWidget<FileEditor>, surroundings: ISurroundings): Knowledge {
  const knowledge = new Knowledge(surroundings.answers);
  const { completions, proposesWhileTyping } = surroundings;
  const { editor } = tab.content;
  if (!(editor instanceof CodeMirrorEditor)) {
    return knowledge;
  }
  editor.injectExtension([
    squiggles(
      () => tab.context.localPath,
      (path, text) => knowledge.check(path, text)
    ),
    hovering((text, offset) => knowledge.explain(text, offset)),
    typing(
      async (text, offset) => proposesWhileTyping() && (await knowledge.hasMore(text, offset)),
      () => {
        completions?.invoke(tab.id);
      }
    )
  ]);
  void knowledge.check(tab.context.localPath, tab.context.model.toString());
  watch(tab, editor.editor);
  return knowledge;
}

/** Check again when the file is written, or has another name. */
function watch(tab: IDocumentWidget<FileEditor>, view: EditorView): void {
  const onChange = (): void => {
    if (!tab.isDisposed) {
      recheck(view);
    }
  };
  tab.context.fileChanged.connect(onChange);
  tab.context.pathChanged.connect(onChange);
  tab.disposed.connect(() => {
    tab.context.fileChanged.disconnect(onChange);
    tab.context.pathChanged.disconnect(onChange);
  });
}
