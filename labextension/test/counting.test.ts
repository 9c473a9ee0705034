import { describe, expect, it } from 'vitest';

import { counted } from '../src/counting';

describe('a count', () => {
  it.each([
    [1, 'rule', '1 rule'],
    [0, 'finding', '0 findings'],
    [12230, 'touch', '12,230 touches']
  ])('is told with what is counted, one or many: %i %s', (count, what, told) => {
    expect(counted(count, what)).toBe(told);
  });
});
