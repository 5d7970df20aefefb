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
    try {
      const document = parse(text, PARSING);
      return validate(schema, document).length ? [] : coordinatesOf(document, schema);
    } catch {
      return []; // it was pushed to an older registry, which did not look
    }
  });
}

const PARSING = { maxTokens: 2000 }; // as at the gateway

/** Why these documents cannot be trusted, a sentence each. */
function documentFaults(documents: readonly string[], apiSdl: string): string[] {
  const schema = buildSchema(apiSdl, { assumeValidSDL: true });
  return documents.flatMap((text, i) => {
    try {
      const [error] = validate(schema, parse(text, PARSING), undefined, { maxErrors: 1 });
      return error ? [`document ${i + 1}: ${error.message}`] : [];
    } catch (error) {
      return [`document ${i + 1}: ${(error as Error).message}`];
    }
  });
}

const computations: Computations = {
  check: checkProposal,
  lint: lintSubgraph,
  difference: differenceBetween,
  coordinates,
  documentFaults,
};

function answerTo({ id, name, args }: ThreadQuestion): ThreadAnswer {
  try {
    return { id, result: (computations[name] as (...given: readonly unknown[]) => unknown)(...args) };
  } catch (error) {
    return { id, error: (error as Error).stack ?? String(error) };
  }
}

parentPort?.on('message', (question: ThreadQuestion) => parentPort?.postMessage(answerTo(question)));
