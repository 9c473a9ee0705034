import { describe, expect, it } from 'vitest';

import { isOurs } from '../src/checking';

function answer(type: string): Response {
  return new Response('', { status: 404, headers: { 'content-type': type } });
}

describe('an answer that something is not there', () => {
  it('is of touchrules where it is JSON: a file is gone', () => {
    expect(isOurs(answer('application/json; charset=UTF-8'))).toBe(true);
  });

  it('is of the server where it is a page: touchrules is not there', () => {
    expect(isOurs(answer('text/html; charset=UTF-8'))).toBe(false);
  });
});
