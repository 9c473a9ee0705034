/** The studio in a tab: it starts a kernel, shows what Python shows, and comes back when the kernel does. */

import { ISessionContext, SessionContext, SessionContextDialogs } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { OutputAreaModel, SimplifiedOutputArea } from '@jupyterlab/outputarea';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Kernel, KernelMessage, ServiceManager } from '@jupyterlab/services';
import { ITranslator } from '@jupyterlab/translation';
import { JSONValue, UUID } from '@lumino/coreutils';
import { IDisposable } from '@lumino/disposable';
import { Message } from '@lumino/messaging';
import { ISignal, Signal } from '@lumino/signaling';
import { Panel, Widget } from '@lumino/widgets';

import { changedCode, enterCode, movedCode, startCode } from './code';
import { IMemory } from './memory';
import { baseName, Claims, folderOf, sessionPath } from './paths';
import { explainReply } from './replies';
import { ReportLine } from './reportline';
import { IReports, NO_REPORTS, take, tellCrash } from './reports';
import { makeSession } from './session';
import { IStudioSettings } from './settings';

/** The new process of a restart shows itself by two signals, milliseconds apart. */
const SETTLE_MS = 100;

/** A kernel that ends so often before it shows a studio would go on ending. */
const MOST_CRASHES = 3;

const claims = new Claims();

/** A studio, on one rulebook or on none. */
export class StudioPanel extends Panel {
  constructor(options: StudioPanel.IOptions) {
    super();
    this.addClass('jp-touchrules-Studio');
    this.node.tabIndex = -1; // a click anywhere in it is a click into the studio, whose keys work then
    this.studioId = options.id ?? UUID.uuid4();
    this._path = options.path;
    this._home = this._here;
    this._settings = options.settings;
    this._memory = options.memory;
    this._rendermime = options.rendermime.clone();
    this._claimed = claims.take(sessionPath(options.path, this.studioId));
    this.dialogs = new SessionContextDialogs({ translator: options.translator });
    this.sessionContext = makeSession(options.manager, options.settings(), this._claimed, options.path);

    this._status = new Widget();
    this._status.addClass('jp-touchrules-Studio-status');
    this._status.node.setAttribute('role', 'status');
    this.addWidget(this._status);
    this._output = new SimplifiedOutputArea({
      model: new OutputAreaModel({ trusted: true }),
      rendermime: this._rendermime
    });
    this.addWidget(this._output);

    this.sessionContext.kernelChanged.connect(this._onKernelChanged, this);
    this.sessionContext.statusChanged.connect(this._onStatus, this);
    this.sessionContext.connectionStatusChanged.connect(this._onConnection, this);
    void this._start();
  }

  /** What tells this studio from others; kept in the layout. */
  readonly studioId: string;
  readonly sessionContext: SessionContext;
  readonly dialogs: SessionContextDialogs;

  /** The rulebook's path on the server, or null. */
  get path(): string | null {
    return this._path;
  }

  /** What Python told of the studio. */
  get reports(): IReports {
    return this._reports;
  }

  /** Emitted when Python told something, and when there is nothing to tell any more. */
  get reported(): ISignal<this, IReports> {
    return this._reported;
  }

  /** The server's path of a file that Python names; null where the server has none. */
  pathOf(file: string): string | null {
    const path = PathExt.join(this._here, file);
    return path.startsWith('..') || path.startsWith('/') ? null : path;
  }

  /** Stop the long piece of work that goes on. */
  cancel(): void {
    this._line?.ask({ kind: 'cancel' });
  }

  /** Choose a rule, now or once the studio is there. */
  choose(rule: string): void {
    this._wanted = rule;
    this._askForRule();
  }

  /** Draw charts with the colours of a theme. */
  setCharts(theme: string): void {
    this.node.dataset['jpTouchrulesCharts'] = theme;
  }

  /** Tell Python that the rulebook is called otherwise now. */
  rename(path: string): void {
    if (this._path === null || path === this._path) {
      return;
    }
    const [old, here] = [this._name, this._here];
    this._path = path;
    claims.release(this._claimed);
    this._memory.forget(this._claimed);
    this._claimed = claims.take(sessionPath(path, this.studioId));
    this._remember();
    void this.sessionContext.session?.setPath(this._claimed);
    this._tell(movedCode(old ?? '', PathExt.relative(`/${here}`, `/${path}`)));
  }

  /** Tell Python that the rulebook was written; Python knows its own writing again. */
  reread(): void {
    if (this._path !== null) {
      this._tell(changedCode(baseName(this._path))); // it knows the file by its name
    }
  }

  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    window.clearTimeout(this._timer);
    this._unbind();
    this._output.dispose();
    claims.release(this._claimed);
    this._memory.forget(this._claimed);
    this.sessionContext.dispose();
    super.dispose();
    Signal.clearData(this);
  }

  protected onCloseRequest(message: Message): void {
    super.onCloseRequest(message);
    this.dispose();
  }

  private async _start(): Promise<void> {
    this._say('Starting Python …');
    try {
      if (await this.sessionContext.initialize()) {
        await this.dialogs.selectKernel(this.sessionContext);
      }
      await this.sessionContext.ready;
      this._reports = { ...NO_REPORTS, standing: await this._memory.recall(this._claimed) };
      this._initialized = true;
      if (this.sessionContext.session?.kernel) {
        await this._show();
      } else {
        this._say('There is no kernel. Choose one in the Kernel menu to start the studio.');
      }
    } catch (reason) {
      this._say(`The studio could not start: ${String(reason)}`);
    }
  }

  /** Bind widgets to the kernel as it is now, and let Python show the studio. */
  private async _show(): Promise<void> {
    const { bindWidgets } = await import('./widgets');
    const kernel = this.sessionContext.session?.kernel;
    if (!kernel || this.isDisposed) {
      return;
    }
    this._unbind();
    if (this._crashes >= MOST_CRASHES) {
      this._say(
        `Python was ended ${this._crashes} times before the studio was there: these touches may need more ` +
          'memory than this computer has. The restart button tries again.'
      );
      return;
    }
    this._binding = bindWidgets(kernel, this._rendermime, message => {
      this._onCallback(message);
    });
    void this._run(kernel);
  }

  private async _run(kernel: Kernel.IKernelConnection): Promise<void> {
    const serial = ++this._serial;
    const future = kernel.requestExecute({
      code: this._startCode(),
      store_history: false,
      allow_stdin: false
    });
    this._output.future = future;
    let reply: KernelMessage.IExecuteReplyMsg;
    try {
      reply = await future.done;
    } catch {
      return; // The kernel restarts or is gone: its status tells what follows.
    }
    if (serial !== this._serial || this.isDisposed) {
      return;
    }
    this._say(explainReply(reply.content));
    if (reply.content.status === 'ok') {
      this._listen(kernel);
    }
  }

  private _listen(kernel: Kernel.IKernelConnection): void {
    this._line?.dispose();
    this._line = new ReportLine(kernel, this._name, message => {
      this._hear(message);
    });
    this._askForRule();
  }

  private _hear(message: JSONValue): void {
    const standing = this._reports.standing;
    this._report(take(this._reports, message));
    if (this._reports.open) {
      this._crashes = 0;
    }
    if (this._reports.standing !== standing) {
      this._say(''); // what failed before is over
      this._remember();
    }
  }

  private _report(reports: IReports): void {
    this._reports = reports;
    this._reported.emit(reports);
  }

  private _remember(): void {
    if (this._reports.standing !== null) {
      this._memory.keep(this._claimed, this._reports.standing);
    }
  }

  private _askForRule(): void {
    if (this._wanted !== null && this._line && !this._line.isDisposed) {
      this._line.ask({ kind: 'choose', rule: this._wanted });
      this._wanted = null;
    }
  }

  /** Let go of the kernel's widgets and of its reports; what stood is kept for the next kernel. */
  private _unbind(): void {
    this._binding?.dispose();
    this._binding = null;
    this._line?.dispose();
    this._line = null;
    if (this._reports.open || this._reports.work !== null) {
      this._report({ ...NO_REPORTS, standing: this._reports.standing });
    }
  }

  /** The rulebook as the kernel sees it, which goes along into every folder that the rulebook goes to. */
  private get _name(): string | null {
    return this._path === null ? null : baseName(this._path);
  }

  /** The folder of the rulebook, and so the kernel's. */
  private get _here(): string {
    return folderOf(this._path ?? '');
  }

  /** What a kernel runs that has just started, in the folder that it always starts in. */
  private _startCode(): string {
    const way = this._home === this._here ? [] : [enterCode(PathExt.relative(`/${this._home}`, `/${this._here}`))];
    return [...way, startCode(this._name, this._settings(), this._reports.standing)].join('\n');
  }

  private _tell(code: string): void {
    const kernel = this.sessionContext.session?.kernel;
    if (!kernel || !this._initialized) {
      return;
    }
    const future = kernel.requestExecute({ code, store_history: false, allow_stdin: false });
    future.onIOPub = message => {
      this._onCallback(message);
    };
    future.done.catch(() => undefined); // The kernel restarts, and the studio starts anew.
  }

  private _onCallback(message: KernelMessage.IIOPubMessage): void {
    if (KernelMessage.isErrorMsg(message)) {
      this._say(`An action failed: ${message.content.ename}: ${message.content.evalue}`);
    } else if (KernelMessage.isStreamMsg(message)) {
      console.info(`touchrules: ${message.content.text}`);
    }
  }

  private _onKernelChanged(_: ISessionContext, change: { newValue: Kernel.IKernelConnection | null }): void {
    if (!this._initialized) {
      return;
    }
    if (change.newValue) {
      this._home = this._here; // another kernel starts where the rulebook lies now
      this._schedule();
    } else {
      this._unbind();
      this._clear('The kernel was shut down. The restart button starts it again.');
    }
  }

  private _onStatus(_: ISessionContext, status: Kernel.Status): void {
    if (!this._initialized) {
      return;
    }
    if (status === 'restarting') {
      this._pending = true;
      this._before = this._reports;
      this._earlier = this._crashes;
      this._crashes = 0;
      this._unbind();
      this._clear('Python starts again …');
    } else if (status === 'autorestarting') {
      this._pending = true; // 'restarting' came just before
      this._crashes = this._earlier + 1;
      this._unbind();
      this._clear(tellCrash(this._before));
    } else if (status === 'dead') {
      this._clear('The kernel died. The restart button starts it again.');
    }
  }

  /** 'connected' is the first sign of the new process: the old one may still say 'idle'. */
  private _onConnection(_: ISessionContext, status: Kernel.ConnectionStatus): void {
    if (this._initialized && this._pending && status === 'connected') {
      this._schedule();
    }
  }

  private _schedule(): void {
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(() => {
      this._pending = false;
      this._chain = this._chain
        .then(() => this._show())
        .catch((reason: unknown) => {
          this._say(`The studio could not start again: ${String(reason)}`);
        });
    }, SETTLE_MS);
  }

  private _clear(why: string): void {
    this._output.model.clear();
    this._say(why);
  }

  private _say(text: string): void {
    this._status.node.textContent = text;
    this._status.setHidden(text === '');
  }

  private readonly _settings: () => IStudioSettings;
  private readonly _rendermime: IRenderMimeRegistry;
  private readonly _status: Widget;
  private readonly _output: SimplifiedOutputArea;
  private readonly _memory: IMemory;
  private readonly _reported = new Signal<this, IReports>(this);
  private _path: string | null;
  private _home: string;
  private _claimed: string;
  private _binding: IDisposable | null = null;
  private _line: ReportLine | null = null;
  private _reports = NO_REPORTS;
  private _before = NO_REPORTS;
  private _wanted: string | null = null;
  private _crashes = 0;
  private _earlier = 0;
  private _initialized = false;
  private _pending = false;
  private _serial = 0;
  private _timer = 0;
  private _chain: Promise<void> = Promise.resolve();
}

export namespace StudioPanel {
  /** What a studio is made of. */
  export interface IOptions {
    readonly manager: ServiceManager.IManager;
    readonly rendermime: IRenderMimeRegistry;
    readonly translator: ITranslator;
    readonly settings: () => IStudioSettings;
    readonly memory: IMemory;
    /** The rulebook's path on the server, or null. */
    readonly path: string | null;
    /** The studio that the layout remembers. */
    readonly id?: string;
  }
}
