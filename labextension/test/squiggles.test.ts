// @vitest-environment jsdom
import { Text } from '@codemirror/state';
import { expect, it } from 'vitest';

import { IProblem } from '../src/answers';
import { rangeOf, tell } from '../src/editing/squiggles';

const doc = Text.of(['rulebook: own', 'title: 😀 wrogn word', '', 'rules:']);

function problem(line: number, column: number, length: number, file = 'own.rulebook.yaml'): IProblem {
  const place = { file, line, column, end_line: line, end_column: column + length };
  return { ...place, message: 'This is wrong.', remedy: 'Write it well.', rule: null };
}

function marked(line: number, column: number, length: number): string {
  const { from, to } = rangeOf(doc, problem(line, column, length));
  return doc.sliceString(from, to);
}

it('marks the words that a problem is about, counted in whole characters', () => {
  expect(marked(2, 10, 5)).toBe('wrogn');
});

it('marks the whole word where a problem has only a beginning', () => {
  expect(marked(4, 1, 1)).toBe('rules');
});

it.each([
  ['behind the end of a line', 1, 99],
  ['in an empty line', 3, 1],
  ['behind the last line', 99, 1]
])('stays in the text %s', (_, line, column) => {
  const { from, to } = rangeOf(doc, problem(line, column, 1));
  expect([from >= 0, from <= to, to <= doc.length]).toEqual([true, true, true]);
});

it('tells the message and the remedy', () => {
  const [told] = tell(doc, 'own.rulebook.yaml', [problem(1, 1, 8)]);
  const node = told?.renderMessage?.(undefined as never);
  expect(node?.textContent).toBe('This is wrong.Write it well.');
});

it('tells problems of other files in the first line, and no more than three', () => {
  const others = [1, 2, 3, 4, 5].map(line => problem(line, 1, 1, 'rules/b.rulebook.yaml'));
  const [told, ...more] = tell(doc, 'own.rulebook.yaml', others);
  expect([told?.severity, told?.from, told?.message.endsWith('And 2 more.'), more.length]).toEqual([
    'info',
    0,
    true,
    0
  ]);
});
