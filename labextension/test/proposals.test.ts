import { expect, it } from 'vitest';

import { inRule, labels, proposals, voicemail } from './rulebooks';

it('proposes what a rule still needs first', () => {
  expect(labels(inRule('|')).slice(0, 3)).toEqual(['title', 'severity', 'when']);
});

it('proposes no key that stands there already', () => {
  expect(labels(inRule('severity: low\n|'))).not.toContain('severity');
});

it('tells what a key means, and writes its colon', () => {
  const why = proposals(inRule('wh|')).find(({ label }) => label === 'why');
  expect(why).toEqual({
    label: 'why',
    insert: 'why: ',
    kind: 'key',
    about: 'One or two sentences for the manager.'
  });
});

it('writes no second colon', () => {
  expect(proposals(inRule('wh|: x')).find(({ label }) => label === 'why')?.insert).toBe('why');
});

it('proposes the blocks of a rulebook', () => {
  expect(labels(`${voicemail}|`)).toEqual(['business_hours', 'applies_to', 'claims'].sort(byLanguage));
});

it('proposes the words that a key may have', () => {
  const words = labels(inRule('severity: |'));
  expect(words.slice(0, 5)).toEqual(['info', 'low', 'medium', 'high', 'critical']);
});

it('proposes facts of this rulebook and of those beside it', () => {
  expect(labels(inRule('unless: [|]'))).toEqual(['known', 'silent', 'told_of_silence']);
});

it('proposes fields and signals in a filter', () => {
  const keys = labels(inRule('when: {kind: call, |}'));
  expect(keys).toEqual(
    expect.arrayContaining(['direction', 'not', 'found', 'appointment_minutes', 'referral_words'])
  );
});

it('proposes the usual words of a field', () => {
  expect(labels(inRule('when: {kind: |}')).slice(0, 3)).toEqual(['call', 'voicemail', 'email']);
});

it('proposes the tests of a field', () => {
  expect(labels(inRule('when: {duration_s: {|}}'))).toEqual(
    expect.arrayContaining(['more_than', 'exists', 'contains'])
  );
});

it('proposes rules where one is to be found', () => {
  expect(labels(inRule('when: {found: |}'))).toEqual(
    expect.arrayContaining(['they-answered', 'voicemail-to-a-stranger'])
  );
});

it('proposes sources', () => {
  expect(labels(inRule('source: |'))).toEqual(['gatekeepers']);
});

it('proposes parameters with their values', () => {
  const tolerance = proposals(inRule('expect: {touch: {}, by: promised_at + $tol|}'));
  expect(tolerance.find(({ label }) => label === '$tolerance')?.about).toBe(
    'A promised time is kept within: 15m (1m to 4h)'
  );
});

it('proposes only parameters of a suitable type', () => {
  expect(labels(inRule('where:\n  - never: {}\n    within: $|'))).toEqual([
    '$gatekeeper_window',
    '$try_again_within',
    '$tolerance',
    '$overnight',
    '$series_lasts',
    '$rep_window'
  ]);
});

it('proposes what begins with the word before what holds it', () => {
  expect(labels(inRule('when: {to|}'))).toEqual(['touch_id', 'topic', 'to_number', 'referred_to']);
});

it('closes the braces of a parameter', () => {
  expect(labels(inRule('expect: {touch: {}, by: "${aw|}bd"}'))).toContain('${away_days}');
});

it('proposes the kinds of look back', () => {
  expect(labels(inRule('where:\n  - |'))).toEqual(
    expect.arrayContaining(['count', 'never', 'last', 'gap', 'fact', 'any'])
  );
});

it('proposes in a look back only what suits its kind', () => {
  const keys = labels(inRule('where:\n  - never: {kind: call}\n    |'));
  expect(keys).toEqual(['per', 'within', 'between', 'in_same', 'since_last']);
});

it('proposes in a parameter only what suits its type', () => {
  expect(labels('parameters:\n  cap: {type: boolean, |}')).toEqual(['default', 'label', 'unit', 'about']);
});

it('proposes the types of parameters', () => {
  expect(labels('parameters:\n  cap: {type: |}')).toEqual(
    expect.arrayContaining(['integer', 'duration', 'choice', 'phrases'])
  );
});

it('proposes true and false', () => {
  expect(labels(inRule('enabled: |')).slice(0, 2)).toEqual(['true', 'false']);
});

it.each(['title: |', 'title: "$|"', 'say: "{|"', '# |'])('proposes nothing in %s', lines => {
  expect(labels(inRule(lines))).toEqual([]);
});

/** The order in which the language lists its blocks. */
function byLanguage(a: string, b: string): number {
  const order = ['applies_to', 'business_hours', 'claims'];
  return order.indexOf(a) - order.indexOf(b);
}
