/** Touch Rules Studio for JupyterLab: all plugins. */

import { editingPlugin } from './editingplugin';
import { kernelPlugin } from './kernelplugin';
import { listPlugin } from './listplugin';
import { rulebookPlugin } from './rulebookplugin';
import { savePlugin } from './saveplugin';
import { startPlugin } from './startplugin';
import { studiosPlugin } from './studiosplugin';
import { tabPlugin } from './tabplugin';

export default [
  studiosPlugin,
  tabPlugin,
  rulebookPlugin,
  listPlugin,
  kernelPlugin,
  savePlugin,
  startPlugin,
  editingPlugin
];
