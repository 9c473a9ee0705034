/** Explains how the studio's start ended. */

import { KernelMessage } from '@jupyterlab/services';

type Reply = KernelMessage.IExecuteReplyMsg['content'];

/** A sentence for the user; empty when all is well. */
export function explainReply(reply: Reply): string {
  if (reply.status === 'ok') {
    return '';
  }
  if (reply.status === 'error' && /No module named 'touchrules/.test(reply.evalue)) {
    return (
      'This kernel has no touchrules. Install it where the kernel runs (pip install touchrules), ' +
      'or choose another kernel in the Kernel menu.'
    );
  }
  return 'The studio stopped with an error. Details stand below.';
}
