// The executors under test.
import { runApollo } from './apollo.ts';
import type { Executor } from './judge.ts';
import { ofApollo } from './named.ts';

export const executors = { apollo: { run: runApollo, named: ofApollo } } satisfies Record<string, Executor>;
