// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';

import { pressIn } from '../src/pressing';

function studio(inner: string): HTMLElement {
  const node = document.createElement('div');
  node.innerHTML = inner;
  return node;
}

describe('pressIn', () => {
  it('presses the button of that class', () => {
    const node = studio('<button class="other"></button><button class="save"></button>');
    const pressed = vi.fn();
    node.querySelector('.save')?.addEventListener('click', pressed);
    expect(pressIn(node, '.save')).toBe(true);
    expect(pressed).toHaveBeenCalledOnce();
  });

  it('leaves a disabled button alone', () => {
    expect(pressIn(studio('<button class="save" disabled></button>'), '.save')).toBe(false);
  });

  it('says where there is no button', () => {
    expect(pressIn(studio(''), '.save')).toBe(false);
    expect(pressIn(null, '.save')).toBe(false);
  });
});
