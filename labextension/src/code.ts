/** Writes the Python code that a studio tab runs in its kernel. */

import { JSONObject } from '@lumino/coreutils';

/** What the user set that the kernel must know: empty texts are not told. */
export interface IKernelSettings {
  /** A file or folder of touches. */
  readonly touches: string;
  /** The time zone of times that name none. */
  readonly timezone: string;
}

/** A Python literal of any text; characters beyond ASCII are escaped, astral ones joined again in Python. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    character => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0')
  );
  return /[\ud800-\udfff]/.test(text)
    ? `${escaped}.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')`
    : escaped;
}

/** Opens the studio, on a rulebook of the kernel's folder or on none; `standing` is what one that is gone had set. */
export function startCode(
  name: string | null,
  settings: IKernelSettings,
  standing: JSONObject | null = null
): string {
  const rulebook = name === null ? 'None' : quote(name);
  const given = standing === null ? '' : `, standing=${quote(JSON.stringify(standing))}`;
  return [
    ...environmentCode(settings),
    'from touchrules.studio import open_studio as _open_studio',
    `_open_studio(${rulebook}${given})`
  ].join('\n');
}

/** Goes into a folder, named as it is from the kernel's folder. */
export function enterCode(folder: string): string {
  return `import os as _os; _os.chdir(${quote(folder)})`;
}

/** Tells a studio that its rulebook lies elsewhere now, as seen from the kernel's folder, and goes there. */
export function movedCode(old: string, path: string): string {
  return [
    'import os as _os, touchrules.studio as _studio',
    `_tell = getattr(_studio, 'rulebook_moved', lambda old, new: None)`,
    `_path = _os.path.abspath(${quote(path)})`,
    `_tell(${quote(old)}, _path)`,
    '_os.chdir(_os.path.dirname(_path))'
  ].join('\n');
}

/** Tells a studio that its rulebook was written, perhaps by somebody else. */
export function changedCode(name: string): string {
  return [
    'import touchrules.studio as _studio',
    `_tell = getattr(_studio, 'rulebook_changed', lambda path: None)`,
    `_tell(${quote(name)})`
  ].join('\n');
}

function environmentCode(settings: IKernelSettings): string[] {
  const given = [
    ['TOUCHRULES_TOUCHES', settings.touches],
    ['TOUCHRULES_TIMEZONE', settings.timezone]
  ].filter(([, value]) => value.trim() !== '');
  return given.length === 0
    ? []
    : [
        'import os as _os',
        ...given.map(([name, value]) => `_os.environ['${name}'] = ${quote(value.trim())}`)
      ];
}
