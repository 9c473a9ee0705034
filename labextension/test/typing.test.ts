// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';

import { handOnKeys } from '../src/typing';

/** A field that keeps its keys to itself, in a node that hands some on. */
function field(): { press: (init: KeyboardEventInit) => void; keys: string[]; end: () => void } {
  const node = document.createElement('div');
  const area = document.createElement('textarea');
  area.addEventListener('keydown', event => {
    event.stopPropagation();
  });
  node.append(area);
  const keys: string[] = [];
  const end = handOnKeys(node, event => keys.push(event.key));
  const press = (init: KeyboardEventInit): void => {
    area.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
  };
  return { press, keys, end };
}

describe('handOnKeys', () => {
  it('hands on keys that write nothing', () => {
    const { press, keys } = field();
    press({ key: 's', ctrlKey: true });
    press({ key: 'Escape' });
    expect(keys).toEqual(['s', 'Escape']);
  });

  it('keeps letters in the field', () => {
    const { press, keys } = field();
    press({ key: 'a' });
    expect(keys).toEqual([]);
  });

  it('ends when it is told to', () => {
    const { press, keys, end } = field();
    end();
    press({ key: 'Escape' });
    expect(keys).toEqual([]);
  });
});
