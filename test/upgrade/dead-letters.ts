// The dead letters that a release leaves, as its graph shows them to operators.
import assert from 'node:assert/strict';
import { event } from '../../schema/events.ts';
import { SECOND } from '../../schema/terms/durations.ts';
import { eventually } from '../kit/eventually.ts';
import { signedUp } from '../kit/person.ts';
import type { World } from '../kit/world.ts';

/** A dead letter as an operator sees it. */
export interface LeftDeadLetter {
  id: string;
  group: string;
  topic: string;
  key: string | null;
  state: string;
  cause: string;
  payload: string | null;
  parkedAt: string;
  settledAt: string | null;
}

const FIELDS = 'id group topic key state cause payload parkedAt settledAt';
const WAITING = `{ deadLetters(first: 100) { totalCount edges { node { ${FIELDS} } } } }`;
const ONE = `query ($id: ID!) { deadLetter(id: $id) { ${FIELDS} } }`;
const DISCARD = 'mutation ($id: ID!) { discardDeadLetter(id: $id) { ... on DeadLetter { id } } }';

/** An operator with an account of this address, and what operators do with dead letters. */
export async function operatorOf(world: World, email: string) {
  const { ask } = await signedUp(world, email, 'OPERATOR');
  world.clock.advance(6 * SECOND); // a role takes effect within five seconds
  return {
    ask,
    async waiting(): Promise<LeftDeadLetter[]> {
      const { data } = await ask<{ deadLetters: { totalCount: number; edges: { node: LeftDeadLetter }[] } }>(WAITING);
      const { totalCount, edges } = data.deadLetters;
      assert.equal(edges.length, totalCount);
      return edges.map(({ node }) => node);
    },
    async show(id: string): Promise<LeftDeadLetter> {
      return (await ask<{ deadLetter: LeftDeadLetter }>(ONE, { id })).data.deadLetter;
    },
    async discard(id: string): Promise<void> {
      assert.equal((await ask(DISCARD, { id })).errors, undefined);
    },
  };
}

/** The departure that the event behind an unreadable message of this key opens for sale. */
export const departureBehind = (key: string): string => `dep_behind_${key}`;

/**
 * Leaves a dead letter in each state that lasts: an unreadable message with an event that waits behind it, and one that
 * was discarded, so that the event behind it was replayed.
 */
export async function leaveDeadLetters(world: World): Promise<LeftDeadLetter[]> {
  const operator = await operatorOf(world, 'operator@example.com');
  const { bus } = world.wiring;
  for (const [n, key] of ['waiting', 'settled'].entries()) {
    const flight = { carrier: '6E', flightNumber: `219${n}`, origin: 'DEL', destination: 'BLR' };
    const departure = { ...flight, id: departureBehind(key), departs: '2026-03-25T22:20', cabin: 'ECONOMY' as const };
    const about = { source: '/fare', subject: key, sequence: 1, now: world.clock.now() };
    const behind = event('departure.scheduled', about, { departures: [{ ...departure, capacity: 5 }] });
    for (const value of ['{', JSON.stringify(behind)]) {
      const before = (await operator.waiting()).length;
      await bus.publish([{ topic: 'departures', key, value }]);
      await eventually(async () => (await operator.waiting()).length === before + 1);
    }
  }
  const left = await operator.waiting();
  await operator.discard(left.find(({ key, state }) => key === 'settled' && state === 'DEAD')!.id);
  await eventually(async () => (await operator.waiting()).length === 2);
  return Promise.all(left.map(({ id }) => operator.show(id)));
}
