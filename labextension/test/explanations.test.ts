import { expect, it } from 'vitest';

import { inRule, told, voicemail } from './rulebooks';

/** The shipped rulebook of voicemail with the cursor in its first such word. */
function in_(word: string): string {
  const offset = voicemail.indexOf(word);
  return `${voicemail.slice(0, offset + 1)}|${voicemail.slice(offset + 1)}`;
}

it('tells what a key means and which words it may have', () => {
  expect(told(inRule('sev|erity: low'))?.lines).toEqual([
    'How much it matters.',
    'One of info, low, medium, high, critical.',
    'It must stand here.'
  ]);
});

it('tells what a field of a touch holds', () => {
  expect(told(inRule('when: {promised|_at: {exists: true}}'))?.lines).toEqual([
    'When the rep promised, in this touch, to be back in touch (timestamp).'
  ]);
});

it('tells the value of a parameter', () => {
  expect(told(in_('$gatekeeper_window'))).toMatchObject({
    title: 'gatekeeper_window',
    kind: 'parameter',
    lines: ['Press zero at most this long before a voicemail: 1h (5m to 8h)']
  });
});

it('tells the value of a parameter that is part of a text', () => {
  expect(told(inRule('expect: {touch: {}, by: promised_at + $toler|ance}'))?.title).toBe('tolerance');
});

it('tells what a fact of this rulebook means', () => {
  expect(told(inRule('unless: sil|ent'))).toMatchObject({
    kind: 'fact',
    lines: [
      'They let a whole series of voicemails go unanswered',
      '{ until: { found: they-answered } }'
    ]
  });
});

it('tells what a fact of another rulebook means, and which one that is', () => {
  expect(told(inRule('unless: kno|wn'))?.lines).toEqual(['We have met', 'relationship.rulebook.yaml']);
});

it('tells how a signal is read', () => {
  expect(told(in_('referral_words: {at_least'))?.lines).toEqual(['{ phrases: $referral_phrases }']);
});

it('tells the title of a rule that is named', () => {
  expect(told(inRule('when: {found: voice|mail-to-a-stranger}'))?.lines).toEqual([
    'Leave no voicemail for a stranger'
  ]);
});

it.each(['title: Wo|rds', '# A com|ment', 'when: {kind: ca|ll}', 'nonsense|: 3'])('tells nothing of %s', lines => {
  expect(told(inRule(lines))).toBeNull();
});
