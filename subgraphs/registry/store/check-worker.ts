// The thread of check-thread.ts.
import { parentPort } from 'node:worker_threads';
import { checkProposal } from '../../../schema/composition/check/check.ts';
import type { Proposal } from '../../../schema/composition/check/finding.ts';
import type { ThreadAnswer } from './check-thread.ts';

const answerTo = ({ id, proposal }: { id: number; proposal: Proposal }): ThreadAnswer => {
  try {
    return { id, result: checkProposal(proposal) };
  } catch (error) {
    return { id, error: (error as Error).stack ?? String(error) };
  }
};

parentPort?.on('message', (asked: { id: number; proposal: Proposal }) => parentPort?.postMessage(answerTo(asked)));
