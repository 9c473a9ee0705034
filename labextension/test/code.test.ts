import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { changedCode, enterCode, movedCode, quote, startCode } from '../src/code';

/** Python in whose studio nothing happens: it prints what it is told. */
const STUDIO = [
  'import sys, types',
  'tell = print',
  'studio = types.ModuleType("touchrules.studio")',
  'studio.rulebook_moved = tell',
  'sys.modules.update({"touchrules": types.ModuleType("touchrules"), "touchrules.studio": studio})',
  'sys.modules["touchrules"].studio = studio'
].join('; ');
const UNSET = { touches: '', timezone: '' };

/** What Python makes of an expression. */
function evaluate(expression: string): string {
  const code = `import json; print(json.dumps(${expression}))`;
  return JSON.parse(execFileSync('python3', ['-c', code], { encoding: 'utf-8' })) as string;
}

describe('a text in Python code', () => {
  it.each(['plain', "it's \"quoted\"", 'back\\slash', 'line\nbreak', 'Über uns', '日本', 'pill 💊 {x}'])(
    'is the same text in Python: %j',
    text => {
      expect(evaluate(quote(text))).toBe(text);
    }
  );
});

describe('the code that opens a studio', () => {
  it('names no rulebook where there is none', () => {
    expect(startCode(null, UNSET)).toBe(
      'from touchrules.studio import open_studio as _open_studio\n_open_studio(None)'
    );
  });

  it('names the rulebook', () => {
    expect(startCode('a.rulebook.yaml', UNSET)).toContain('_open_studio("a.rulebook.yaml")');
  });

  it('hands on what stood in a studio that is gone', () => {
    const standing = { rule: 'a', texts: { 'a.yaml': { text: 'title: "Über"\n', made_from: '1' } } };
    const code = startCode(null, UNSET, standing);
    const given = /standing=(.*)\)$/.exec(code)?.[1] ?? '';
    expect(JSON.parse(evaluate(given))).toEqual(standing);
  });

  it('tells the kernel which touches to open', () => {
    const code = startCode(null, { touches: ' /data/touches.csv ', timezone: '' });
    expect(code).toContain(`_os.environ['TOUCHRULES_TOUCHES'] = "/data/touches.csv"`);
    expect(code).not.toContain('TOUCHRULES_TIMEZONE');
  });
});

describe('the code about files', () => {
  it.each([
    ['usr/lib/b.yaml', '/usr/lib'],
    ['b.yaml', '/'],
    ['usr/lib/../b.yaml', '/usr']
  ])('goes into the folder that the rulebook went to: %s', (path, folder) => {
    const code = `${STUDIO}; import os; os.chdir('/'); exec(${quote(movedCode('a.yaml', path))}); tell(os.getcwd())`;
    const told = execFileSync('python3', ['-c', code], { encoding: 'utf-8' }).trim().split('\n');
    expect(told).toEqual([`a.yaml ${join(folder, 'b.yaml')}`, folder]);
  });


  it.each([
    startCode('a', { touches: 'b', timezone: 'c' }),
    movedCode('a', 'b'),
    changedCode('a'),
    enterCode('Über "uns"')
  ])(
    'is Python: %j',
    code => {
      expect(evaluate(`compile(${quote(code)}, "code", "exec") is not None`)).toBe(true);
    }
  );
});
