import { JSONObject, JSONValue } from '@lumino/coreutils';
import { describe, expect, it } from 'vitest';

import { IReports, NO_REPORTS, shareOf, take, tellCrash, tellWork } from '../src/reports';

const WORK = { what: 'Replaying touches', done: 1200, total: 4800 };

describe('what is known of a studio', () => {
  it('grows by what its messages tell', () => {
    const messages: JSONObject[] = [
      { kind: 'work', work: WORK },
      { kind: 'standing', unsaved: true, standing: { rule: 'a' } },
      { kind: 'findings', rules: [] },
      { kind: 'work', work: null }
    ];
    expect(messages.reduce<IReports>(take, NO_REPORTS)).toEqual({
      work: null,
      open: true,
      rules: [],
      unsaved: true,
      standing: { rule: 'a' }
    });
  });

  it.each<JSONValue>([null, 'text', 3, [], {}, { kind: 'weather' }])('is not changed by %j', message => {
    expect(take(NO_REPORTS, message)).toBe(NO_REPORTS);
  });
});

describe('a piece of work', () => {
  it('is told with its share', () => {
    expect([tellWork(WORK), shareOf(WORK)]).toEqual(['Replaying touches: 1,200 of 4,800', 0.25]);
  });

  it('is told without a share where nobody knows how far it goes', () => {
    const work = { ...WORK, total: null };
    expect([tellWork(work), shareOf(work)]).toEqual(['Replaying touches: 1,200', null]);
  });

  it('is named when Python ends in the middle of it', () => {
    expect(tellCrash({ ...NO_REPORTS, work: WORK })).toContain('(Replaying touches: 1,200 of 4,800)');
    expect(tellCrash(NO_REPORTS)).not.toContain('in the middle');
  });
});
