// A world with a fare manager: calls the fare subgraph as the gateway does for a signed-in account.
import { openLog } from '../../infra/logging/log.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import { subgraphOn } from './parts.ts';
import { fare } from '../../subgraphs/fare/subgraph.ts';
import { serve } from '../../subgraphs/runtime/serve.ts';
import { keeping, signed, signedInAs } from './signed.ts';
import { type Answer, openWorld, type WorldOptions } from './world.ts';

export const manager: Identity = signedInAs({ account: 'acc_manager', roles: ['TRAVELLER', 'FARE_MANAGER'] });

/** A fare as a manager enters it: DEL to BLR on the evening of 24 March 2026, one adult at 3,897.00 INR. */
export const aForm = {
  carrier: '6E',
  flightNumber: '2131',
  origin: 'DEL',
  destination: 'BLR',
  departsLocal: '2026-03-24T22:20',
  arrivesLocal: '2026-03-25T01:10',
  cabin: 'ECONOMY',
  travellerType: 'ADULT',
  amount: '3897.00',
  currency: 'INR',
};

/** The part of a result that tests check. */
export interface Outcome {
  id: string;
  revision: number;
  status: string;
  terms: { lastDate: string; note: string | null; fareBasis: string | null; price: { amount: string } };
  code?: string;
  message?: string;
  collidesWith?: string[];
  current?: { id: string; revision: number } | null;
}

const OUTCOME = `__typename
  ... on Fare { id revision status terms { lastDate note fareBasis price { amount } } }
  ... on FareRefusal { code message collidesWith current { id revision } }`;

export async function openManaged(options: WorldOptions = {}) {
  const world = await openWorld(options);
  const { now } = world.clock;
  const subgraph = await serve(await subgraphOn(fare, { stores: await world.stores.fare(), platform: world.wiring }), {
    ...keeping('fare', now),
    log: openLog({ level: 'nothing', json: false }),
  });

  async function ask<T = Record<string, unknown>>(query: string, variables: object = {}, who = manager) {
    const { status, body } = await subgraph.handle(signed('fare', { query, variables }, { who, now: now() }));
    return { ...(JSON.parse(String(body)) as Answer<T>), status, text: String(body) };
  }

  async function outcome(field: string, signature: string, args: string, variables: object, who?: Identity) {
    const query = `mutation(${signature}) { ${field}(${args}) { ${OUTCOME} } }`;
    const { data, text } = await ask<Record<string, Outcome | null> | null>(query, variables, who);
    if (!data?.[field]) throw new Error(text);
    return data[field];
  }

  return {
    ...world,
    ask,
    create: (change: object = {}, who?: Identity) =>
      outcome('createFare', '$input: FareInput!', 'input: $input', { input: { ...aForm, ...change } }, who),
    change: (id: string, expectedRevision: number, input: object, who?: Identity) =>
      outcome(
        'changeFare',
        '$id: ID!, $input: ChangeFareInput!, $expectedRevision: Int!',
        'id: $id, input: $input, expectedRevision: $expectedRevision',
        { id, input, expectedRevision },
        who,
      ),
    withdraw: (id: string, expectedRevision: number, who?: Identity) =>
      outcome(
        'withdrawFare',
        '$id: ID!, $expectedRevision: Int!',
        'id: $id, expectedRevision: $expectedRevision',
        { id, expectedRevision },
        who,
      ),
    [Symbol.asyncDispose]: async () => {
      await subgraph.close();
      await world[Symbol.asyncDispose]();
    },
  };
}

export type Managed = Awaited<ReturnType<typeof openManaged>>;
