/** The ids of all commands. */

export const Commands = {
  openStudio: 'touchrules:open-studio',
  openRule: 'touchrules:open-rule',
  showRulebooks: 'touchrules:show-rulebooks',
  saveRulebooks: 'touchrules:save-rulebooks',
  cancelSave: 'touchrules:cancel-save',
  exportRulebooks: 'touchrules:export-rulebooks',
  cancelExport: 'touchrules:cancel-export',
  restartKernel: 'touchrules:restart-kernel',
  changeKernel: 'touchrules:change-kernel',
  interruptKernel: 'touchrules:interrupt-kernel',
  shutDownKernel: 'touchrules:shut-down-kernel'
} as const;
