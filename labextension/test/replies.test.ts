import { KernelMessage } from '@jupyterlab/services';
import { expect, it } from 'vitest';

import { explainReply } from '../src/replies';

type Reply = KernelMessage.IExecuteReplyMsg['content'];

const failed = (ename: string, evalue: string): Reply =>
  ({ status: 'error', ename, evalue, traceback: [], execution_count: 1 });

it('says nothing where all is well', () => {
  expect(explainReply({ status: 'ok', execution_count: 1, user_expressions: {} })).toBe('');
});

it('says how to get touchrules where the kernel has none', () => {
  const reply = failed('ModuleNotFoundError', "No module named 'touchrules'");
  expect(explainReply(reply)).toContain('pip install touchrules');
});

it('points at the details of any other error', () => {
  expect(explainReply(failed('ValueError', 'no'))).toContain('Details stand below');
});
