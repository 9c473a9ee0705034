/** The list of all rulebooks of a workspace, in the left area. */

import { Contents } from '@jupyterlab/services';
import { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

import { findRulebooks } from './finding';
import { rulebookIcon } from './icons';
import { baseName, folderOf } from './paths';

/** A list of rulebooks; a click, or Enter, opens one. */
export class RulebookList extends Widget {
  constructor(
    private readonly _contents: Contents.IManager,
    private readonly _open: (path: string) => void
  ) {
    super();
    this.id = 'touchrules-rulebooks';
    this.addClass('jp-touchrules-Rulebooks');
    this.title.icon = rulebookIcon;
    this.title.caption = 'Rulebooks';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'Rulebooks');
    this._contents.fileChanged.connect(this._onFileChanged, this);
  }

  /** Look for rulebooks anew. */
  async refresh(): Promise<void> {
    const serial = ++this._serial;
    const paths = await findRulebooks(this._contents);
    if (serial === this._serial && !this.isDisposed) {
      this.node.replaceChildren(makeHeading(), this._makeList(paths));
    }
  }

  dispose(): void {
    if (!this.isDisposed) {
      this._contents.fileChanged.disconnect(this._onFileChanged, this);
      super.dispose();
    }
  }

  protected onAfterShow(message: Message): void {
    super.onAfterShow(message);
    void this.refresh();
  }

  private _makeList(paths: readonly string[]): HTMLElement {
    if (paths.length === 0) {
      return makeElement('p', 'jp-touchrules-Rulebooks-none', 'No *.rulebook.yaml here.');
    }
    const list = makeElement('ul', 'jp-touchrules-Rulebooks-list');
    for (const path of paths) {
      const item = document.createElement('li');
      item.append(this._makeButton(path));
      list.append(item);
    }
    return list;
  }

  private _makeButton(path: string): HTMLElement {
    const button = makeElement('button', 'jp-touchrules-Rulebooks-item');
    button.title = path;
    rulebookIcon.element({ container: button.appendChild(document.createElement('span')) });
    button.append(baseName(path).replace(/\.rulebook\.ya?ml$/, ''));
    if (folderOf(path)) {
      button.append(makeElement('small', 'jp-touchrules-Rulebooks-folder', folderOf(path)));
    }
    button.onclick = () => {
      this._open(path);
    };
    return button;
  }

  private _onFileChanged(): void {
    if (this.isVisible) {
      void this.refresh();
    }
  }

  private _serial = 0;
}

function makeHeading(): HTMLElement {
  return makeElement('h2', 'jp-touchrules-Rulebooks-heading', 'Rulebooks');
}

function makeElement<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = ''
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
