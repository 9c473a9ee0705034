import { expect, it } from 'vitest';

import { cursorsAt } from '../src/editing/cursors';

function places(text: string): (readonly [string, string])[] {
  const offset = text.indexOf('|');
  const found = cursorsAt(text.replace('|', ''), offset);
  return found.map(({ role, path }) => [role, path.join('.')] as const);
}

it.each([
  ['the first line', 'rule|', ['key', '']],
  ['a half written key', 'rules:\n  - id: a\n    sev|\n    title: A\n', ['key', 'rules.0']],
  ['an empty line of a rule', 'rules:\n  - id: a\n    |\n    title: A\n', ['key', 'rules.0']],
  ['a key that has its colon', 'rules:\n  - id: a\n    wh|en: {}\n', ['key', 'rules.0']],
  ['a value', 'rules:\n  - id: a\n    severity: |\n', ['value', 'rules.0.severity']],
  ['a half written value', 'rules:\n  - id: a\n    severity: hi|\n    when: {}\n', ['value', 'rules.0.severity']],
  ['a mapping in braces', 'rules:\n  - when: {kind: call, |}\n', ['key', 'rules.0.when']],
  ['braces that are not closed', 'rules:\n  - when: {kind: call, dir|\n    unless: known\n', ['key', 'rules.0.when']],
  ['a value in braces', 'rules:\n  - when: {kind: |}\n', ['value', 'rules.0.when.kind']],
  ['a list in brackets', 'rules:\n  - unless: [known, |]\n', ['value', 'rules.0.unless.1']],
  ['a mapping over two lines', 'parameters:\n  cap:\n    {type: integer,\n     |}\n', ['key', 'parameters.cap']],
  ['the end of a line in a block', 'facts:\n  known:\n    from: {kind: call}\n    |', ['key', 'facts.known']]
] as const)('finds the place of %s', (_, text, place) => {
  expect(places(text)).toEqual([place]);
});

it('takes what follows a dash for a mapping or for a value', () => {
  expect(places('rules:\n  - |\n')).toEqual([
    ['value', 'rules.0'],
    ['key', 'rules.0']
  ]);
});

it.each([
  ['a comment', 'rules: # and so|\n'],
  ['a quoted text', 'title: "a ti|tle"\n'],
  ['a text of several words', 'title: Two wo|rds\n'],
  ['a folded text', 'about: >-\n  some wo|rds\n']
])('finds no place in %s', (_, text) => {
  expect(places(text)).toEqual([]);
});

it('tells how much of the word is written', () => {
  const text = 'rules:\n  - where:\n      - within: ${win';
  const [cursor] = cursorsAt(`${text}}\n`, text.length);
  expect([cursor?.word, cursor?.from]).toEqual(['${win', text.length - 5]);
});
