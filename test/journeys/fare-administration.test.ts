// A fare manager works while shoppers shop: changes become visible, offers stay valid, a file is imported while the
// system runs.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fromStart } from '../../schema/terms/connection.ts';
import { readOffer } from '../../schema/terms/offer-token.ts';
import { openFiling, runImport } from '../../infra/system/import/import-fares.ts';
import { eventually } from '../kit/eventually.ts';
import { aForm, type Outcome } from '../kit/managing.ts';
import { adult, contact, PLACE, type Placed } from '../kit/ordering.ts';
import { signedUp } from '../kit/person.ts';
import { once, pay } from '../kit/ticketing.ts';
import { openWorld, type World } from '../kit/world.ts';

const MINUTE = 60_000;

interface Shopping {
  price: { total: { amount: string }; offer: { offerToken: string } } | null;
  offers: { edges: { node: { total: { amount: string } } }[] };
  calendar: { days: { date: string; price: { amount: string } | null }[]; lowest: { date: string } | null };
}

/** The shopping result for DEL to BLR on a day. */
async function shop(world: World, departureDate = '2026-03-24') {
  const { data } = await world.graph<{ shopping: Shopping }>(
    `query($input: ShoppingInput!) { shopping(input: $input) {
      price { total { amount } offer { offerToken } }
      offers { edges { node { total { amount } } } }
      calendar { days { date price { amount } } lowest { date } }
    } }`,
    { input: { origin: 'DEL', destination: 'BLR', departureDate } },
  );
  const { price, offers, calendar } = data.shopping;
  return {
    price: price?.total.amount ?? null,
    token: price?.offer.offerToken ?? null,
    offers: offers.edges.map(({ node }) => node.total.amount),
    onSale: calendar.days.filter((day) => day.price).map(({ date }) => date),
    lowest: calendar.lowest?.date ?? null,
  };
}

const OUTCOME = '{ __typename ... on Fare { id revision status } ... on FareRefusal { code message } }';

async function openOffice(world: World) {
  const manager = await signedUp(world, 'fares@example.com', 'FARE_MANAGER');
  const write = async (mutation: string, variables: object) => {
    const { data, text } = await manager.ask<{ outcome: Outcome }>(mutation, variables);
    assert.ok(data, text);
    return data.outcome;
  };
  return {
    manager,
    create: (change: object = {}) =>
      write(`mutation($input: FareInput!) { outcome: createFare(input: $input) ${OUTCOME} }`, {
        input: { ...aForm, ...change },
      }),
    change: (id: string, revision: number, input: object) =>
      write(
        `mutation($id: ID!, $revision: Int!, $input: ChangeFareInput!) {
          outcome: changeFare(id: $id, expectedRevision: $revision, input: $input) ${OUTCOME} }`,
        { id, revision, input },
      ),
    withdraw: (id: string, revision: number) =>
      write(
        `mutation($id: ID!, $revision: Int!) { outcome: withdrawFare(id: $id, expectedRevision: $revision) ${OUTCOME} }`,
        { id, revision },
      ),
  };
}

describe('a manager and a shopper', () => {
  test('shoppers soon see a fare that was created, made dearer, moved and withdrawn', async (t) => {
    await using world = await openWorld();
    const office = await openOffice(world);
    assert.equal((await shop(world)).price, null);

    const took = async (what: string, come: (seen: Awaited<ReturnType<typeof shop>>) => boolean) => {
      const started = performance.now();
      await eventually(async () => come(await shop(world)));
      t.diagnostic(`${what}: seen after ${Math.round(performance.now() - started)} ms`);
    };
    const { id } = await office.create({ lastDate: '2026-03-25' });
    await took('created', ({ price, onSale }) => price === '3897.00' && onSale.length === 2);
    await office.change(id, 1, { amount: '4100.00' });
    await took('dearer', ({ price, offers }) => price === '4100.00' && offers[0] === price);
    await office.change(id, 2, {
      departsLocal: '2026-03-25T21:00',
      arrivesLocal: '2026-03-25T23:50',
      lastDate: '2026-03-27',
    });
    await took('moved', ({ price, onSale }) => price === null && onSale.join() === '2026-03-25,2026-03-26,2026-03-27');
    await office.withdraw(id, 3);
    await took('withdrawn', ({ lowest, offers, onSale }) => lowest === null && !offers.length && !onSale.length);
  });

  test('an offer issued before a change is valid until it expires', async () => {
    await using world = await openWorld();
    const office = await openOffice(world);
    const { id } = await office.create();
    const token = await eventually(async () => (await shop(world)).token ?? false);
    assert.ok(token);
    await office.withdraw(id, 1);
    await eventually(async () => (await shop(world)).price === null);
    const read = () => readOffer(token, world.wiring.offerKeys, world.clock.now());
    world.clock.advance(19 * MINUTE);
    const offer = read();
    assert.ok(typeof offer === 'object', 'the token is valid');
    assert.equal(offer.total, 389_700);
    world.clock.advance(2 * MINUTE);
    assert.equal(read(), 'EXPIRED');
  });

  test('new days of a fare can be sold: their departures have seats', async () => {
    await using world = await openWorld();
    const office = await openOffice(world);
    const { id } = await office.create({ capacity: 4 });
    await office.change(id, 1, { lastDate: '2026-03-25', capacity: 7 });
    const seats = async (departureDate: string) => {
      const { data } = await world.graph<{ shopping: { offers: { edges: { node: { seatsLeft: number | null } }[] } } }>(
        'query($input: ShoppingInput!) { shopping(input: $input) { offers { edges { node { seatsLeft } } } } }',
        { input: { origin: 'DEL', destination: 'BLR', departureDate } },
      );
      return data.shopping.offers.edges[0]?.node.seatsLeft ?? null;
    };
    assert.equal(await eventually(async () => (await seats('2026-03-24')) ?? false), 4);
    assert.equal(await eventually(async () => (await seats('2026-03-25')) ?? false), 7);
  });
});

test('a caller that may not list fares gets the rest of the response', async () => {
  await using world = await openWorld();
  const traveller = await signedUp(world, 'traveller@example.com');
  const query = '{ fares { edges { cursor } } airport(code: "DEL") { code } }';
  for (const [ask, code] of [
    [world.graph, 'UNAUTHENTICATED'],
    [traveller.ask, 'FORBIDDEN'],
  ] as const) {
    const { data, errors } = await ask(query);
    assert.deepEqual(data, { fares: null, airport: { code: 'DEL' } });
    assert.deepEqual(
      errors?.map(({ path, extensions }) => [path, extensions['code']]),
      [[['fares'], code]],
    );
  }
});

test('the gateway reports a wrong amount in the same words as the subgraph', async () => {
  await using world = await openWorld();
  const { manager } = await openOffice(world);
  const upTo = (least: string) => `give a number as 3897.00, from ${least} to 10000000000.00 INR.`;
  const cases: [input: object, message: string][] = [
    [{ amount: '1.005' }, `"1.005": INR has 2 decimals; ${upTo('0.01')}`],
    [{ amount: '-1.00' }, `"-1.00": ${upTo('0.01')}`],
    [{ amount: '0' }, `"0": only an infant flies for nothing; ${upTo('0.01')}`],
    [{ amount: '-0', travellerType: 'INFANT' }, `"-0": ${upTo('0.00')}`],
    [{ amount: '999999999999999' }, `"999999999999999": ${upTo('0.01')}`],
    [
      { amount: '1.5', currency: 'JPY' },
      '"1.5": JPY has no decimals; give a number as 389700, from 1 to 1000000000000 JPY.',
    ],
  ];
  for (const [input, message] of cases) {
    const { errors } = await manager.ask('mutation($input: FareInput!) { createFare(input: $input) { __typename } }', {
      input: { ...aForm, ...input },
    });
    const { code, faults } = errors![0]!.extensions;
    assert.deepEqual([code, faults], ['BAD_USER_INPUT', [{ argument: 'input.amount', message }]]);
  }
});

describe('a file imported through the running system', () => {
  const header =
    'carrier,flightNumber,origin,destination,via,departsLocal,arrivesLocal,cabin,travellerType,amount,currency,note,fareBasis,capacity';
  const row = (amount: number, note = '', carrier = '6E') =>
    `${carrier},2131,DEL,BLR,,2026-03-24T22:20,2026-03-25T01:10,ECONOMY,ADULT,${amount}.50,INR,${note},,9`;

  async function openDesk(world: World, lines: readonly string[]) {
    const folder = await mkdtemp(join(tmpdir(), 'import-to-'));
    const [file, tokens] = [join(folder, 'fares.csv'), join(folder, 'token')];
    await writeFile(file, [header, ...lines, ''].join('\n'));
    await world.gateway.listen({ port: 0 });
    const { port } = world.gateway.server.address() as AddressInfo;
    const to = ['--to', `http://localhost:${port}`];
    return {
      file,
      tokens,
      to,
      async import(args: readonly string[], env: Record<string, string> = {}) {
        const written = { out: '', err: '' };
        const into = (name: keyof typeof written) =>
          ({ write: (said: string) => Boolean((written[name] += said)) }) as unknown as NodeJS.WritableStream;
        const code = await runImport([file, ...args], { open: openFiling, out: into('out'), err: into('err'), env });
        return { code, ...written };
      },
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
    };
  }

  test('is filed batch by batch, reported as usual, and on sale without a restart', async () => {
    await using world = await openWorld();
    const { manager } = await openOffice(world);
    const long = 'ñ'.repeat(255); // 510 bytes: the rows do not fit into one request
    const lines = Array.from({ length: 700 }, (_, i) => row(5000 - i, long));
    await using desk = await openDesk(world, [...lines, row(1, '', 'IndiGo'), lines[0]!]);
    const token = manager.tokens.accessToken;
    await writeFile(desk.tokens, `${token}\n`);
    const first = await desk.import([...desk.to, '--token-file', desk.tokens]);
    assert.match(first.out, /^read {8}702\nimported {4}700\nduplicates {2}1\nrefused {5}1\nseconds {5}/);
    assert.match(first.err, /^row 702, carrier: "IndiGo":/);
    assert.equal(first.code, 1);
    await eventually(async () => (await shop(world)).price === '4301.50');
    for (const [args, env] of [
      [['--token', token], {}],
      [[], { FARELOOM_TOKEN: token }],
    ] as const) {
      const again = await desk.import([...desk.to, ...args], env);
      assert.match(again.out, /^read {8}702\nimported {4}0\nduplicates {2}701\nrefused {5}1\n/);
      assert.ok(!(again.out + again.err).includes(token));
    }
  });

  test('sells two flights with the same clock time, each with its own instant from offer to ticket', async () => {
    await using world = await openWorld();
    const { manager } = await openOffice(world);
    const night = (flightNumber: number, departs: string) =>
      `DL,${flightNumber},JFK,BOS,,2026-11-01T${departs},2026-11-01T03:05,ECONOMY,ADULT,99.50,USD,,,9`;
    await using desk = await openDesk(world, [night(1, '01:50'), night(2, '01:50-05:00')]);
    const { code, err } = await desk.import([...desk.to, '--token', manager.tokens.accessToken]);
    assert.equal(code, 0, err);

    interface Slice {
      departure: string;
      arrival: string;
      duration: string;
    }
    interface Found {
      shopping: { offers: { edges: { node: { seatsLeft: number | null; offerToken: string; slices: Slice[] } }[] } };
    }
    const offers = await eventually(async () => {
      const { data } = await world.graph<Found>(
        `query($input: ShoppingInput!) { shopping(input: $input) { offers(sort: PRICE) {
          edges { node { seatsLeft offerToken slices { departure arrival duration } } } } } }`,
        { input: { origin: 'JFK', destination: 'BOS', departureDate: '2026-11-01' } },
      );
      const found = data.shopping.offers.edges.map(({ node }) => node);
      assert.deepEqual([found.length, ...found.map(({ seatsLeft }) => seatsLeft)], [2, 9, 9]);
      return found;
    });
    const arrival = '2026-11-01T03:05:00-05:00';
    assert.deepEqual(
      offers.map(({ slices }) => slices[0]),
      [
        { departure: '2026-11-01T01:50:00-04:00', arrival, duration: 'PT2H15M' },
        { departure: '2026-11-01T01:50:00-05:00', arrival, duration: 'PT1H15M' },
      ],
    );

    const { departures } = await world.stores.stock();
    const opened = await departures.departures({ date: '2026-11-01' }, fromStart(9));
    assert.deepEqual(
      opened.map(({ flightNumber, departs }) => [flightNumber, departs]),
      [
        ['1', '2026-11-01T01:50'],
        ['2', '2026-11-01T01:50-05:00'],
      ],
    );

    const asha = await signedUp(world, 'asha@example.com');
    const { data } = await asha.ask<{ placeOrder: Placed }>(PLACE, {
      input: { offers: [{ token: offers[1]!.offerToken, travellers: [adult] }], contact, idempotencyKey: 'night' },
    });
    const { id } = data.placeOrder;
    await pay(world, id);
    await once(world, id, 'TICKETED');
    const shown = await asha.ask<{ order: { tickets: { pageUrl: string }[] } }>(
      'query ($id: ID!) { order(id: $id) { tickets { pageUrl } } }',
      { id },
    );
    const { pathname } = new URL(shown.data.order.tickets[0]!.pageUrl);
    const page = await world.gateway.inject({ method: 'GET', url: pathname });
    assert.match(page.body, /Sun 1 Nov 2026, 01:50 \(UTC-05:00\)/);
  });

  test('is refused with a sentence without the role, and the token is never shown', async () => {
    await using world = await openWorld();
    const traveller = await signedUp(world, 'traveller@example.com');
    await using desk = await openDesk(world, [row(1)]);
    const cases: [args: readonly string[], sentence: RegExp][] = [
      [[...desk.to, '--token', traveller.tokens.accessToken], /answers: fileFares: this needs the role FARE_MANAGER/],
      [[...desk.to, '--token', 'secret.made.up'], /\/graphql answers: /],
      [['--to', 'http://localhost:9', '--token', 'secret'], /^http:\/\/localhost:9\/graphql did not answer/],
      [['--to', 'http://localhost:9', '--token', 'sec\nret'], /^the token contains spaces/],
      [['--to', 'http://localhost:9'], /^--to needs a token; give it with --token, --token-file or in FARELOOM_TOKEN/],
      [['--to', 'http://localhost:9', '--token-file', 'nowhere'], /^there is no token to read in nowhere/],
      [['--to', 'localhost:9', '--token', 'secret'], /^--to needs an address as https:/],
      [
        [...desk.to, '--token', 'secret', '--strict'],
        /^--strict takes all rows or none, which a running system cannot promise/,
      ],
      [['--token', 'secret'], /^a token is for a running system; give its address with --to/],
    ];
    for (const [args, sentence] of cases) {
      const { code, out, err } = await desk.import(args);
      assert.match(err, sentence);
      assert.ok(!err.includes('secret') && !err.includes(traveller.tokens.accessToken), err);
      assert.deepEqual({ code, out }, { code: 1, out: '' });
    }
    assert.equal((await shop(world)).price, null);
  });
});
