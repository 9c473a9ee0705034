/**
 * Shows the widgets of a kernel in a studio tab.
 *
 * Loaded when the first studio opens: where jupyterlab_widgets is missing the tab says so, and the plugins live.
 */

import type { WidgetModel, WidgetView } from '@jupyter-widgets/base';
import {
  KernelWidgetManager,
  registerWidgetManager,
  WidgetRenderer
} from '@jupyter-widgets/jupyterlab-manager';
import { IRenderMimeRegistry, RenderMimeRegistry } from '@jupyterlab/rendermime';
import { Kernel, KernelMessage } from '@jupyterlab/services';
import { DisposableDelegate, IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

const WIDGET_VIEW = 'application/vnd.jupyter.widget-view+json';

type WidgetClass = typeof WidgetModel | typeof WidgetView;
type LoadClass = (name: string, module: string, version: string) => Promise<WidgetClass>;
type Registration = Parameters<typeof registerWidgetManager>;

let registered: Promise<LoadClass> | undefined;

/**
 * Finds any registered widget class.
 *
 * jupyterlab-manager tells its list of widget modules only to managers given to registerWidgetManager: so
 * one such manager, over a document that does nothing, resolves the classes for all studios.
 */
function registeredClasses(): Promise<LoadClass> {
  registered ??= new Promise(resolve => {
    const capture = {
      set manager(manager: unknown) {
        const { loadClass } = manager as { loadClass: LoadClass };
        resolve(loadClass.bind(manager));
      }
    };
    registerWidgetManager(
      inertContext() as Registration[0],
      new RenderMimeRegistry(),
      [capture][Symbol.iterator]() as unknown as Registration[2]
    );
  });
  return registered;
}

function inertContext(): object {
  const owner = {};
  const signal = (): Signal<object, unknown> => new Signal(owner);
  const nothing = (): void => undefined;
  const kernel = {
    id: 'touchrules-class-registry',
    handleComms: false,
    registerCommTarget: nothing,
    removeCommTarget: nothing
  };
  return {
    path: '',
    sessionContext: {
      ready: Promise.resolve(),
      kernelChanged: signal(),
      statusChanged: signal(),
      connectionStatusChanged: signal(),
      session: { kernel }
    },
    saveState: signal(),
    model: { getMetadata: nothing, setMetadata: nothing, metadata: new Map() }
  };
}

/** No fields here: the constructor of its parent already loads classes. */
class StudioWidgetManager extends KernelWidgetManager {
  protected async loadClass(name: string, module: string, version: string): Promise<WidgetClass> {
    const load = await registeredClasses();
    return load(name, module, version);
  }
}

/**
 * Let `rendermime` show the widgets of one kernel connection, until the result is disposed.
 *
 * `onMessage` hears what callbacks of widgets print or raise: there is no cell to show it.
 */
export function bindWidgets(
  kernel: Kernel.IKernelConnection,
  rendermime: IRenderMimeRegistry,
  onMessage: (message: KernelMessage.IIOPubMessage) => void
): IDisposable {
  const manager = new StudioWidgetManager(kernel, rendermime);
  manager.onUnhandledIOPubMessage.connect((_, message) => {
    onMessage(message);
  });
  rendermime.removeMimeType(WIDGET_VIEW);
  rendermime.addFactory(
    {
      safe: false,
      mimeTypes: [WIDGET_VIEW],
      createRenderer: options => new WidgetRenderer(options, manager)
    },
    -10
  );
  return new DisposableDelegate(() => {
    rendermime.removeMimeType(WIDGET_VIEW);
    kernel.removeCommTarget('jupyter.widget', manager['_handleCommOpen']);
    manager.disconnect();
    manager.dispose();
  });
}
