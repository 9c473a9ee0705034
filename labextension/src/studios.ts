/** All open studios: other plugins make and find them here. */

import { MainAreaWidget, Toolbar, WidgetTracker } from '@jupyterlab/apputils';
import { IDocumentWidget } from '@jupyterlab/docregistry';
import { Token } from '@lumino/coreutils';
import { ISignal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import { StudioPanel } from './panel';

/** A studio without a file. */
export type StudioTab = MainAreaWidget<StudioPanel>;

/** A studio on a rulebook. */
export type RulebookTab = IDocumentWidget<StudioPanel>;

/** All open studios. */
export interface IStudios {
  /** Studios without a file. */
  readonly tabs: WidgetTracker<StudioTab>;
  /** Studios on a rulebook. */
  readonly rulebooks: WidgetTracker<RulebookTab>;
  /** Settles when the settings are read; studios are made after it. */
  readonly ready: Promise<void>;
  /** Emitted when a studio told something, or is gone. */
  readonly reported: ISignal<IStudios, void>;
  /** Emitted when a studio wrote its rulebooks. */
  readonly saved: ISignal<IStudios, void>;
  /** All open studios, whatever they are on. */
  all(): StudioPanel[];
  /** A studio; `id` is that of one to be found again. */
  make(path: string | null, id?: string): StudioPanel;
  /** Put the kernel's buttons into a studio's toolbar. */
  addToolbar(tab: StudioTab | RulebookTab): void;
}

/** The token of all open studios. */
export const IStudios = new Token<IStudios>('touchrules-studio:IStudios', 'All open studios.');

/** The studio in a widget, if it is one. */
export function studioIn(studios: IStudios, widget: Widget | null): StudioPanel | null {
  if (!widget || !(studios.tabs.has(widget) || studios.rulebooks.has(widget))) {
    return null;
  }
  return (widget as StudioTab | RulebookTab).content;
}

/* eslint-disable @typescript-eslint/no-deprecated -- these items have no successor outside of notebooks */
/** Restart button, kernel name and kernel status. */
export function addKernelItems(
  tab: StudioTab | RulebookTab,
  translator: Parameters<typeof Toolbar.createRestartButton>[2]
): void {
  const { sessionContext, dialogs } = tab.content;
  tab.toolbar.addItem('restart', Toolbar.createRestartButton(sessionContext, dialogs, translator));
  tab.toolbar.addItem('spacer', Toolbar.createSpacerItem());
  tab.toolbar.addItem('kernelName', Toolbar.createKernelNameItem(sessionContext, dialogs, translator));
  tab.toolbar.addItem('kernelStatus', Toolbar.createKernelStatusItem(sessionContext, translator));
}
