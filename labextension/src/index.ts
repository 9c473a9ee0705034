/** Touch Rules Studio for JupyterLab: all plugins. */

import { editingPlugin } from './editingplugin';
import { exportPlugin } from './exportplugin';
import { kernelPlugin } from './kernelplugin';
import { listPlugin } from './listplugin';
import { rulebookPlugin } from './rulebookplugin';
import { savePlugin } from './saveplugin';
import { startPlugin } from './startplugin';
import { statusPlugin } from './statusplugin';
import { studiosPlugin } from './studiosplugin';
import { tabPlugin } from './tabplugin';

export default [
  studiosPlugin,
  tabPlugin,
  rulebookPlugin,
  listPlugin,
  statusPlugin,
  kernelPlugin,
  savePlugin,
  exportPlugin,
  startPlugin,
  editingPlugin
];
