// Asks the payment provider for the state of waiting payments: recovers lost webhooks, and answers that were never committed.
import type { Log } from '../infra/logging/log.ts';
import { askAbout, type Collecting } from '../subgraphs/payment/store/collecting.ts';
import { pollDue } from './engine/poll-due.ts';

const EVERY = 200; // ms
const AT_ONCE = 50; // payments

/** Starts the worker and returns its stop function. */
export const startPollPayments = ({ log, collecting }: { log: Log; collecting: Collecting }) =>
  pollDue({
    log,
    name: 'poll-payments',
    every: EVERY,
    due: () => collecting.payments.due(AT_ONCE),
    handle: (id) => askAbout(id, collecting),
  });
