/** Notices where it helps to show proposals while somebody writes. */

import { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** What may come before a word that is proposed. */
const BEGINS = /(^[ \t]*|- |: |[[{,] ?|\$\{?)$/;

/** Calls `show` when a word was begun, or a place for one was made, and `wanted` says yes. */
export function typing(wanted: (text: string, offset: number) => Promise<boolean>, show: () => void): Extension {
  return EditorView.updateListener.of(update => {
    const typed = update.transactions.some(transaction => transaction.isUserEvent('input.type'));
    const { head, empty } = update.state.selection.main;
    const line = update.state.doc.lineAt(head);
    const before = line.text.slice(0, head - line.from);
    const isPlace = /[: [{,-]$/.test(before) && before.trim() !== '' && BEGINS.test(before);
    const isBegun = /[\w$]$/.test(before) && BEGINS.test(before.replace(/[\w-]+$/, ''));
    if (!typed || !empty || (!isPlace && !isBegun)) {
      return;
    }
    const { view } = update;
    const { doc } = update.state;
    void wanted(doc.toString(), head).then(isWanted => {
      if (isWanted && view.state.doc === doc && view.hasFocus) {
        show();
      }
    });
  });
}
