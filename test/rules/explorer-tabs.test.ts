// The explorer's tabs stored in a browser, after the examples have changed.
import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import { beforeEach, describe, test } from 'node:test';
import { type Example, examples } from '../../gateway/routes/examples.ts';
import { updateTabs } from '../../gateway/routes/explorer-tabs.ts';

const DAY = 86_400_000;
const NOON = Date.parse('2026-03-01T12:00:00Z');
const LATER = 40; // days, after which the dates of the first visit are past

interface Tab {
  title: string;
  query: string;
  variables: string | null;
  headers: string | null;
}

/** Built from its source text, as the page runs it, without imports. */
const run = runInThisContext(`(${String(updateTabs)})`) as typeof updateTabs;

let stored: Map<string, string>;
beforeEach(() => void (stored = new Map()));
const storage = {
  getItem: (name: string) => stored.get(name) ?? null,
  setItem: (name: string, value: string) => void stored.set(name, value),
};

/** A visit this many days after the first one; returns the address that GraphiQL then has. */
function visit(days: number, { query = '', change = (all: Example[]) => all } = {}): URL {
  const now = new Date(NOON + days * DAY);
  const address = new URL('http://localhost/graphql');
  if (query) address.searchParams.set('query', query);
  run(storage, address, change(examples(now)), now.toISOString().slice(0, 10));
  return address;
}

/** The state that GraphiQL stores for these tabs, with one of them open. */
function store(tabs: Tab[], activeTabIndex = 0): void {
  stored.set('graphiql:tabState', JSON.stringify({ tabs, activeTabIndex }));
  for (const part of parts) stored.set(`graphiql:${part}`, tabs[activeTabIndex]?.[part] ?? '');
}
const parts = ['query', 'variables', 'headers'] as const;
/** The hash that GraphiQL identifies the open tab by. */
const open = () => parts.map((part) => stored.get(`graphiql:${part}`));
const opened = (all: Example[]): Tab[] =>
  all.map(({ name, query, variables, headers = null }) => ({ title: name, query, variables, headers }));
const tabs = () => (JSON.parse(stored.get('graphiql:tabState')!) as { tabs: Tab[] }).tabs;
const tab = (name: string) => tabs().find(({ title }) => title === name)!;
const first = () => opened(examples(new Date(NOON)));
const edited = (name: string, edit: Partial<Tab>) =>
  first().map((each) => (each.title === name ? { ...each, ...edit } : each));

describe('the tabs of the explorer', () => {
  test('are the examples at the first visit, of which the first one is open', () => {
    visit(0);
    const [{ query, variables } = { query: '', variables: '' }] = first();
    assert.deepEqual(open(), [query, variables, '']);
    assert.equal(stored.has('graphiql:tabState'), false);
  });

  test('are the current examples at a later visit if nothing was changed', () => {
    visit(0);
    store(first());
    visit(LATER);
    const today = opened(examples(new Date(NOON + LATER * DAY))).map((each) => ({
      ...each,
      headers: each.headers ?? '',
    }));
    assert.deepEqual(tabs(), today);
    assert.deepEqual(open(), [today[0]!.query, today[0]!.variables, '']);
  });

  test('keep the changes of the user, and refresh the rest', () => {
    visit(0);
    const { query, variables } = first()[0]!;
    const headers = '{"x-mine": "1"}';
    const ownQuery = query.replace('brand', 'cabin');
    store(edited('Shopping', { query: ownQuery, variables: variables!.replace('DEL', 'BOM'), headers }));
    visit(LATER);
    const { variables: after, ...own } = tab('Shopping');
    assert.deepEqual(own, { title: 'Shopping', query: ownQuery, headers });
    assert.deepEqual(JSON.parse(after!), { input: { origin: 'BOM', destination: 'BLR', departureDate: '2026-05-10' } });
  });

  test('get the current order key beside a token that the user entered', () => {
    visit(0);
    store(
      edited('PlaceOrder', {
        variables: first()
          .find(({ title }) => title === 'PlaceOrder')!
          .variables!.replace('OFFER_TOKEN', 'ey.1'),
      }),
    );
    visit(1);
    const { input } = JSON.parse(tab('PlaceOrder').variables!) as {
      input: { offers: { token: string; travellers: { birthDate: string }[] }[]; idempotencyKey: string };
    };
    assert.deepEqual([input.offers[0]!.token, input.idempotencyKey], ['ey.1', 'order of 2026-03-02']);
    assert.equal(input.offers[0]!.travellers[0]!.birthDate, '1990-05-17');
  });

  test('keep a date of the user until it has passed', () => {
    const own = (days: number) => {
      visit(days);
      return (JSON.parse(tab('CheapestDay').variables!) as { input: { departureDate: string } }).input.departureDate;
    };
    visit(0);
    store(edited('CheapestDay', { variables: '{ "input": { "departureDate": "2026-03-20" } }' }));
    assert.equal(own(19), '2026-03-20');
    assert.equal(own(20), '2026-04-20');
  });

  test('stay unchanged if the user wrote their own operation, or text that is not JSON', () => {
    visit(0);
    const mine = {
      title: 'Mine',
      query: '{ me { email } }',
      variables: '{"departureDate": "2026-03-31"}',
      headers: '',
    };
    const broken = edited('Family', { variables: '{ "input": {' });
    store([mine, ...broken]);
    visit(LATER);
    assert.deepEqual(tab('Mine'), mine);
    assert.equal(tab('Family').variables, '{ "input": {');
  });

  test('of release 0.1.0, with tokens to paste, are replaced by the current ones if the operation was not changed', () => {
    const old = first().map((each) => ({
      ...each,
      query: `# Old words.\n${each.query}`,
      headers: '{"authorization": "Bearer ACCESS_TOKEN"}',
    }));
    const mine = { ...old[0]!, query: 'query Shopping { mine }' };
    store([...old, mine], 7);
    visit(LATER);
    const today = opened(examples(new Date(NOON + LATER * DAY)));
    assert.deepEqual(tabs().slice(0, -1).map(({ headers: _, ...each }) => each), today.map(({ headers: _, ...each }) => each)); // prettier-ignore
    assert.equal(tab('Me').headers, '');
    assert.equal(tabs().at(-1)!.query, mine.query);
  });

  test('keep the open tab open, in the address too, when its text changes', () => {
    visit(0);
    store(first(), 2);
    const change = (all: Example[]) => all.map((each) => ({ ...each, query: `# New words.\n${each.query}` }));
    const { query } = first()[2]!;
    assert.equal(visit(1, { query, change }).searchParams.get('query'), `# New words.\n${query}`);
    assert.deepEqual(open(), [tabs()[2]!.query, tabs()[2]!.variables, '']);
  });

  test('keep an address that shows another operation, and the values that GraphiQL stored for it', () => {
    visit(0);
    store(first());
    const before = open();
    assert.equal(visit(LATER, { query: '{ other }' }).searchParams.get('query'), '{ other }');
    assert.deepEqual(open(), before);
  });
});
