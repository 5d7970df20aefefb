// Whatever response names a client chooses, the gateway answers as it does with names that nothing else uses.
//
//   RUNS=5000 node --test test/made-up/response-names.property.test.ts     number of documents per supergraph
//   TEST_SEED=17 ...                                                       the same documents again
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { documents, underClients, withHarmlessAliases } from './documents.ts';
import { library } from './library.ts';
import { media } from './media.ts';
import { openMadeUp, type Opened, type Parts } from './supergraph.ts';

const RUNS = Number(process.env['RUNS'] ?? 300); // documents per supergraph
const seed = Number(process.env['TEST_SEED'] ?? randomInt(2 ** 31));

const values = {
  currency: ['"USD"', '"EUR"', '$currency'],
  unit: ['"kg"', '"cm"', '"min"', '"lb"'],
  to: ['"FR"', '$representations'],
  first: ['1', '2'],
  id: ['"b1"', '"f1"', '"m2"'],
  last: ['"Byron"'],
  masked: ['false', '$no'],
  of: ['5', '10'],
};
const variables = { currency: 'String = "USD"', representations: 'String = "IN"' };

const supergraphs: Record<string, Parts> = {
  'a library with interfaces, unions, nested keys and @requires with arguments': library,
  'media with a type per kind in one subgraph and @interfaceObject in the other': media,
};

/** Asserts equal answers. Returns whether plain GraphQL over the joined data answers the same; Apollo's planner has faults of its own. */
async function assertSame({ ask, plain }: Opened, document: string): Promise<boolean> {
  const { text, clients } = withHarmlessAliases(document);
  const [answer, harmless] = [await ask(document), await ask(text)];
  assert.deepEqual(answer.data, underClients(harmless.data, clients), `${document}\n${answer.text}\n${harmless.text}`);
  assert.equal(answer.errors.length, harmless.errors.length, document);
  return isDeepStrictEqual(answer.data, (await plain(document)).data);
}

for (const [what, parts] of Object.entries(supergraphs)) {
  describe(what, () => {
    test('any document is answered as with aliases that are not used as a name elsewhere', async (t) => {
      t.diagnostic(`TEST_SEED=${seed}`);
      await using opened = await openMadeUp(parts);
      let agreed = 0;
      const asked = fc.asyncProperty(documents(opened.schema, { values, variables, depth: 5 }), async (document) => {
        if (await assertSame(opened, document)) agreed++;
      });
      await fc.assert(asked, { seed, numRuns: RUNS, endOnFailure: true });
      t.diagnostic(`${agreed} of ${RUNS} answered as plain GraphQL over the joined data`);
    });
  });
}
