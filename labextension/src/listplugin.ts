/** The plugin of the list of rulebooks in the left area. */

import { ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { answersOf } from './answers';
import { Commands } from './commands';
import { RulebookList } from './rulebooklist';
import { IRuleReport } from './reports';
import { IStudios, studioIn } from './studios';
import { openText } from './texteditor';
import { Found, Row } from './tree';

export const listPlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:list',
  description: 'Lists the rulebooks of the workspace.',
  autoStart: true,
  requires: [IStudios],
  optional: [ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    studios: IStudios,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ): void => {
    const answers = answersOf(app.serviceManager.serverSettings);
    const list = new RulebookList({
      contents: app.serviceManager.contents,
      check: path => answers.check(path).catch(() => null), // the list shows what it knows
      start: () => void app.commands.execute(Commands.openStudio),
      open: row => {
        openRow(app, row);
      }
    });
    app.shell.add(list, 'left', { rank: 210 });
    restorer?.add(list, list.id);
    app.commands.addCommand(Commands.showRulebooks, {
      label: 'Show Rulebooks',
      execute: () => {
        app.shell.activateById(list.id);
      }
    });
    palette?.addItem({ command: Commands.showRulebooks, category: 'Touch Rules' });
    const tell = (): void => {
      list.setFound(foundIn(app, studios));
    };
    studios.reported.connect(tell);
    app.shell.currentChanged?.connect(tell);
    studios.saved.connect(() => {
      list.refreshSoon(); // Python writes files that JupyterLab does not hear of
    });
  }
};

function openRow(app: JupyterFrontEnd, row: Row): void {
  if (row.kind === 'rulebook') {
    void app.commands.execute(Commands.openRule, { path: row.path });
  } else if (row.kind === 'rule' && row.report) {
    void app.commands.execute(Commands.openRule, { path: row.path, rule: row.id });
  } else {
    void openText(app.commands, row.path, row.line, row.kind === 'problem' ? row.column : 1);
  }
}

/** What rules found in the open studios; of two on one rulebook the one that is looked at counts. */
function foundIn(app: JupyterFrontEnd, studios: IStudios): Found {
  const found = new Map<string, IRuleReport[]>();
  const current = studioIn(studios, app.shell.currentWidget);
  const all = studios.all();
  for (const studio of current ? [...all, current] : all) {
    const told = new Map<string, IRuleReport[]>();
    for (const rule of studio.reports.rules ?? []) {
      const path = studio.pathOf(rule.file);
      if (path !== null) {
        told.set(path, [...(told.get(path) ?? []), rule]);
      }
    }
    told.forEach((rules, path) => found.set(path, rules));
  }
  return found;
}
