// The thread of check-thread.ts.
import { buildSchema, parse, validate } from 'graphql';
import { parentPort } from 'node:worker_threads';
import { checkProposal } from '../../../schema/composition/check/check.ts';
import { lintSubgraph } from '../../../schema/composition/check/lint.ts';
import { differenceBetween } from '../../../schema/composition/check/version-difference.ts';
import { coordinatesOf } from '../../../schema/composition/usage.ts';
import type { ThreadAnswer, ThreadQuestion } from './check-thread.ts';
import type { Computations } from './computations.ts';

function coordinates(documents: readonly string[], apiSdl: string): string[][] {
  const schema = buildSchema(apiSdl, { assumeValidSDL: true });
  return documents.map((text) => {
    const document = parse(text);
    return validate(schema, document).length ? [] : coordinatesOf(document, schema);
  });
}

const computations: Computations = {
  check: checkProposal,
  lint: lintSubgraph,
  difference: differenceBetween,
  coordinates,
};

function answerTo({ id, name, args }: ThreadQuestion): ThreadAnswer {
  try {
    return { id, result: (computations[name] as (...given: readonly unknown[]) => unknown)(...args) };
  } catch (error) {
    return { id, error: (error as Error).stack ?? String(error) };
  }
}

parentPort?.on('message', (question: ThreadQuestion) => parentPort?.postMessage(answerTo(question)));
