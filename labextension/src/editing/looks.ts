/** How marks and hints look in the editor: in the colours of JupyterLab, in every theme. */

import { EditorView } from '@codemirror/view';

const BORDER = 'var(--jp-border-width) solid var(--jp-border-color1)';
const SELECTED = { background: 'var(--jp-layout-color2)', color: 'var(--jp-ui-font-color1)' };

/** Hints hang outside of the editor, where only a theme of it reaches them. */
export const looks = EditorView.theme({
  '.cm-tooltip': {
    maxWidth: '480px',
    border: BORDER,
    background: 'var(--jp-layout-color1)',
    color: 'var(--jp-ui-font-color1)',
    fontFamily: 'var(--jp-ui-font-family)',
    fontSize: 'var(--jp-ui-font-size1)',
    lineHeight: 'var(--jp-content-line-height)'
  },
  '.cm-tooltip .cm-tooltip-section:not(:first-child)': { borderTop: BORDER },
  '.cm-diagnostic': { padding: '4px 8px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--jp-error-color1)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--jp-info-color1)' },
  '.cm-lintRange-error, .cm-lintRange-info': {
    backgroundImage: 'none',
    textDecoration: 'wavy underline var(--jp-error-color1) 1px',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px'
  },
  '.cm-lintRange-info': { textDecorationColor: 'var(--jp-info-color1)' },
  '.cm-lintRange-active': { background: 'var(--jp-layout-color2)' },
  '.cm-panels': {
    borderColor: 'var(--jp-border-color1)',
    background: 'var(--jp-layout-color1)',
    color: 'var(--jp-ui-font-color1)',
    fontFamily: 'var(--jp-ui-font-family)'
  },
  '.cm-panel.cm-panel-lint ul': { maxHeight: '160px' },
  '.cm-panel.cm-panel-lint ul [aria-selected]': SELECTED,
  '.cm-panel.cm-panel-lint ul:focus [aria-selected]': SELECTED,
  '.cm-panel.cm-panel-lint button[name="close"]': { color: 'inherit' }
});
