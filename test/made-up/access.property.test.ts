// Whatever fields are forbidden and however a document selects them, the gateway answers as plain GraphQL does whose
// resolvers refuse those fields.
//
//   RUNS=5000 node --test test/made-up/access.property.test.ts     number of documents per set of forbidden fields
//   TEST_SEED=17 ...                                               the same documents again
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { isObjectType } from 'graphql';
import { seeded } from '../kit/chance.ts';
import { documents } from './documents.ts';
import { library } from './library.ts';
import { media } from './media.ts';
import { openMadeUp, type Parts } from './supergraph.ts';

const RUNS = Number(process.env['RUNS'] ?? 40); // documents per set
const SETS = 4; // of forbidden fields, per supergraph
const FORBIDDEN = 5; // one field of this number
const seed = Number(process.env['TEST_SEED'] ?? randomInt(2 ** 31));

const values = { currency: ['"USD"'], unit: ['"kg"', '"min"'], to: ['"FR"'], first: ['1'], id: ['"b1"', '"f1"', '"m2"'], last: ['"Byron"'], of: ['5'] }; // prettier-ignore
const supergraphs: Record<string, Parts> = { library, media };

for (const [name, parts] of Object.entries(supergraphs)) {
  describe(`the supergraph ${name}`, () => {
    test('answers any document without its forbidden fields, and asks for none of them', async (t) => {
      t.diagnostic(`TEST_SEED=${seed}`);
      await using open = await openMadeUp(parts);
      const fields = Object.values(open.schema.getTypeMap()).flatMap((type) =>
        isObjectType(type) && !type.name.startsWith('__') ? Object.keys(type.getFields()) : [],
      );
      const chance = seeded(seed);
      const counts = { refused: 0, agreed: 0, all: 0 };
      for (let n = 0; n < SETS; n++) {
        const forbidden = new Set(fields.filter(() => chance(FORBIDDEN) === 0));
        await using guarded = await openMadeUp(parts, forbidden);
        const asked = fc.asyncProperty(documents(open.schema, { values, depth: 5 }), async (document) => {
          const [answer, wanted] = [await guarded.ask(document), await guarded.plain(document)];
          counts.all++;
          if (wanted.errors.length) counts.refused++;
          assert.doesNotMatch(answer.text, /"_forbidden\d/, document);
          // the planner has faults of its own
          if (!isDeepStrictEqual((await open.ask(document)).data, (await open.plain(document)).data)) return;
          counts.agreed++;
          assert.deepEqual(answer.data, wanted.data, `${[...forbidden].join()}\n${document}\n${answer.text}`);
          // an object that is null in any case is refused, though it might not exist
          assert.ok(answer.errors.length >= Math.min(1, wanted.errors.length), document);
        });
        await fc.assert(asked, { seed: seed + n, numRuns: RUNS, endOnFailure: true });
      }
      t.diagnostic(`${counts.all} documents, ${counts.refused} with a forbidden field; ${counts.agreed} compared`);
    });
  });
}
