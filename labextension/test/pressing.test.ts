// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';

import { pressAfterTyping, pressIn } from '../src/pressing';

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

/** A studio in whose field somebody types; Python enables its button when it is told. */
function typing(told: (button: HTMLButtonElement) => void): { node: HTMLElement; pressed: ReturnType<typeof vi.fn> } {
  const node = studio('<input><button class="save" disabled></button>');
  document.body.replaceChildren(node);
  const [field, button] = [node.querySelector('input'), node.querySelector('button')];
  const pressed = vi.fn();
  button?.addEventListener('click', pressed);
  field?.focus();
  field?.addEventListener('blur', () => {
    field.dispatchEvent(new Event('change')); // as browsers do, when something was typed
    if (button) {
      told(button);
    }
  });
  return { node, pressed };
}

describe('pressAfterTyping', () => {
  it('waits until Python has heard what was typed, and leaves the focus in the field', async () => {
    const { node, pressed } = typing(button => void Promise.resolve().then(() => (button.disabled = false)));
    expect(await pressAfterTyping(node, '.save')).toBe(true);
    expect(pressed).toHaveBeenCalledOnce();
    expect(document.activeElement?.tagName).toBe('INPUT');
  });

  it('tells what was typed before it presses', async () => {
    const order: string[] = [];
    const { node } = typing(() => order.push('told'));
    const button = node.querySelector('button');
    button?.removeAttribute('disabled');
    button?.addEventListener('click', () => order.push('pressed'));
    await pressAfterTyping(node, '.save');
    expect(order).toEqual(['told', 'pressed']);
  });

  it('waits for nothing where nothing was typed', async () => {
    const node = studio('<input><button class="save" disabled></button>');
    document.body.replaceChildren(node);
    node.querySelector('input')?.focus();
    expect(await pressAfterTyping(node, '.save')).toBe(false);
  });
});
