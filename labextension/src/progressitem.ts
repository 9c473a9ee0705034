/** How far a studio's work is, with a button that stops it: for the status bar. */

import { Widget } from '@lumino/widgets';

import { makeElement } from './elements';
import { IWork, shareOf, tellWork } from './reports';

export class ProgressItem extends Widget {
  /** `cancel` is called when somebody wants the work to stop. */
  constructor(cancel: () => void) {
    super();
    this.addClass('jp-touchrules-Progress');
    this.node.setAttribute('role', 'group');
    this.node.setAttribute('aria-label', 'Work of the Touch Rules Studio');
    this._bar.setAttribute('aria-label', 'How far the work is');
    this._stop.title = 'Stop this work of the Touch Rules Studio';
    this._stop.addEventListener('click', cancel);
    this.node.append(this._text, this._bar, this._stop);
  }

  /** Show a piece of work. */
  setWork(work: IWork): void {
    const share = shareOf(work);
    this._text.textContent = tellWork(work);
    if (share === null) {
      this._bar.removeAttribute('value');
    } else {
      this._bar.value = share;
    }
  }

  private readonly _text = makeElement('span', 'jp-touchrules-Progress-text');
  private readonly _bar = makeElement('progress', 'jp-touchrules-Progress-bar');
  private readonly _stop = makeElement('button', 'jp-touchrules-Progress-stop', 'Cancel');
}
