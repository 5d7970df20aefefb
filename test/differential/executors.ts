// The executors under test.
import { runApollo } from './apollo.ts';
import { runCompiled } from './compiled.ts';
import type { Executor } from './judge.ts';
import { ofApollo, ofCompiled } from './named.ts';

export const executors = {
  compiled: { run: runCompiled, named: ofCompiled },
  apollo: { run: runApollo, named: ofApollo },
} satisfies Record<string, Executor>;
