// @vitest-environment jsdom
import { RenderMimeRegistry } from '@jupyterlab/rendermime';
import { Kernel } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { expect, it } from 'vitest';

import { bindWidgets } from '../src/widgets';

const WIDGET_VIEW = 'application/vnd.jupyter.widget-view+json';

/** A kernel connection with nothing behind it, which counts its comm targets. */
function makeKernel(targets: Set<string>): Kernel.IKernelConnection {
  const owner = {};
  return {
    id: 'k',
    handleComms: true,
    statusChanged: new Signal(owner),
    connectionStatusChanged: new Signal(owner),
    registerCommTarget: (name: string) => targets.add(name),
    removeCommTarget: (name: string) => targets.delete(name),
    requestCommInfo: () => Promise.resolve({ content: { status: 'ok', comms: {} } })
  } as unknown as Kernel.IKernelConnection;
}

it('shows widgets until it is disposed, and leaves nothing behind', () => {
  const targets = new Set<string>();
  const rendermime = new RenderMimeRegistry();
  const binding = bindWidgets(makeKernel(targets), rendermime, () => undefined);
  expect([rendermime.mimeTypes, [...targets]]).toEqual([[WIDGET_VIEW], ['jupyter.widget']]);
  binding.dispose();
  expect([rendermime.mimeTypes, [...targets]]).toEqual([[], []]);
});
