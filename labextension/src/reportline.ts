/** The line between a tab and its studio in the kernel, over which reports come and questions go. */

import { Kernel } from '@jupyterlab/services';
import { JSONValue } from '@lumino/coreutils';
import { IDisposable } from '@lumino/disposable';

import { Question } from './reports';

/**
 * The target of the comm, and its id too: a kernel has one studio of a tab, and all pages open the same
 * comm, so that what Python says reaches each of them.
 */
const TARGET = 'touchrules.studio';

/** A line that is open until it is disposed; the kernel goes on talking to other pages then. */
export class ReportLine implements IDisposable {
  /** `name` is the rulebook as Python was told it. */
  constructor(kernel: Kernel.IKernelConnection, name: string | null, hear: (message: JSONValue) => void) {
    this._comm = kernel.createComm(TARGET, TARGET);
    this._comm.onMsg = message => {
      hear(message.content.data);
    };
    this._comm.open({ path: name });
  }

  get isDisposed(): boolean {
    return this._comm.isDisposed;
  }

  /** Ask something; nothing happens where the kernel is gone. */
  ask(question: Question): void {
    if (!this.isDisposed) {
      this._comm.send({ ...question });
    }
  }

  dispose(): void {
    this._comm.dispose();
  }

  private readonly _comm: Kernel.IComm;
}
