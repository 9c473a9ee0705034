/** Shows in the text what is wrong with a rulebook. */

import { Diagnostic, lintGutter, lintKeymap, linter } from '@codemirror/lint';
import { Extension, StateEffect, Text } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

import type { ICheck, IProblem } from '../answers';
import { looks } from './looks';

/** So long after the last change a text is checked. */
const DELAY_MS = 300;

/** More problems of other files than this are not told one by one. */
const MOST_ELSEWHERE = 3;

/** Ask for another check of the same text: its file has moved, or files beside it were written. */
const checkAgain = StateEffect.define();

/** Check the text of a view anew. */
export function recheck(view: EditorView): void {
  view.dispatch({ effects: checkAgain.of(null) });
}

/** Problems where they stand, marks beside their lines, F8 to the next one, Ctrl Shift M for all. */
export function squiggles(
  path: () => string,
  check: (path: string, text: string) => Promise<Pick<ICheck, 'problems'> | string>
): Extension {
  const source = async (view: EditorView): Promise<Diagnostic[]> => {
    const { doc } = view.state;
    const answer = await check(path(), doc.toString());
    return typeof answer === 'string' ? [tellBeside(doc, [answer])] : tell(doc, path(), answer.problems);
  };
  return [
    linter(source, {
      delay: DELAY_MS,
      needsRefresh: update =>
        update.transactions.some(({ effects }) => effects.some(effect => effect.is(checkAgain)))
    }),
    lintGutter(),
    keymap.of(lintKeymap),
    looks,
    EditorView.domEventHandlers({
      focus: (_, view) => {
        recheck(view);
      }
    })
  ];
}

/** The problems of one file in its text; those of other files are told in its first line. */
export function tell(doc: Text, path: string, problems: readonly IProblem[]): Diagnostic[] {
  const own = problems.filter(({ file }) => file === path);
  const others = problems.filter(({ file }) => file !== path);
  const places = others.map(
    ({ file, line, message }) => `${file.slice(file.lastIndexOf('/') + 1)}, line ${line}: ${message}`
  );
  const more = places.length - MOST_ELSEWHERE;
  const told = [...places.slice(0, MOST_ELSEWHERE), ...(more > 0 ? [`And ${more} more.`] : [])];
  return [
    ...own.map(problem => ({
      ...rangeOf(doc, problem),
      severity: 'error' as const,
      message: problem.message,
      renderMessage: () => render([problem.message, ...problem.remedy.split('\n')])
    })),
    ...(told.length > 0 ? [tellBeside(doc, ['Other rulebooks of this folder have mistakes.', ...told])] : [])
  ];
}

function tellBeside(doc: Text, lines: string[]): Diagnostic {
  const { from, to } = doc.line(1);
  return { from, to, severity: 'info', message: lines.join(' '), renderMessage: () => render(lines) };
}

/** Where a problem stands. One that has only a beginning reaches to the end of its word. */
export function rangeOf(doc: Text, problem: IProblem): { from: number; to: number } {
  const line = doc.line(Math.min(problem.line, doc.lines));
  const at = (column: number): number => Array.from(line.text).slice(0, column - 1).join('').length;
  const start = at(problem.column);
  const word = /^[\w$-]*/.exec(line.text.slice(start))?.[0].length ?? 0;
  const isPoint = problem.end_column - problem.column <= 1;
  const end = isPoint ? start + Math.max(1, word) : at(problem.end_column);
  const last = line.text.length;
  return { from: line.from + Math.min(start, Math.max(0, last - 1)), to: line.from + Math.min(end, last) };
}

function render(lines: readonly string[]): Node {
  const [message = '', ...remedy] = lines;
  const node = document.createElement('div');
  for (const [text, name] of [[message, 'message'], ...remedy.map(line => [line, 'remedy'])] as const) {
    const part = document.createElement('div');
    part.className = `jp-touchrules-Problem-${name ?? ''}`;
    part.textContent = text ?? '';
    node.append(part);
  }
  return node;
}
