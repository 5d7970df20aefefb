// The fare managers' part of the graph: creating, changing and listing fares, and their history.
import DataLoader from 'dataloader';
import { connection, cursorOf, type PageArgs, pageOf } from '../../../schema/terms/connection.ts';
import { badInput, either, fault, refusalFields } from '../../../schema/errors.ts';
import { money } from '../../../schema/terms/money.ts';
import type { Outcome } from '../store/administration-store.ts';
import type { ManagedFare, FareChangeRefused } from '../rules/administration.ts';
import { arrivesLocal, blank, departsLocal, type Draft, type DraftFault, readDraft } from '../rules/draft.ts';
import { fareFilterFaults, given } from '../rules/fare-filter.ts';
import { type Filing, MOST_FARES_AT_ONCE } from '../rules/filing.ts';
import type { HistoryPage, HistoryRow } from '../store/history-store.ts';
import type { Resolvers } from './schema.generated.ts';
import type { ManagerContext } from './context.ts';

/** The part of a request's context that managers need. */
export const managerContext = ({ administration, fares }: Pick<ManagerContext, 'administration' | 'fares'>) => ({
  administration,
  fares,
  history: new DataLoader<HistoryPage, HistoryRow[], string>((pages) => administration.history(pages), {
    cacheKeyFn: (page) => JSON.stringify(page),
  }),
  historyLength: new DataLoader<string, number>(async (fares) => {
    const lengths = await administration.historyLengths(fares);
    return fares.map((fare) => lengths.get(fare) ?? 0);
  }),
});

type Written = Partial<Record<keyof Draft, string | number | readonly string[] | null | undefined>>;

/** An input as a draft. Fields that the input leaves out are missing. */
function written(input: Written): Partial<Draft> {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, Array.isArray(value) ? value.join('|') : String(value ?? '')]),
  );
}

/** The filing that an input describes. Throws BAD_USER_INPUT, which names the first fault. */
function filed(input: Written, argument: string): Filing {
  const read = readDraft({ ...blank, ...written(input) });
  if ('fault' in read) throw faulty(read.fault, argument);
  return read.filing;
}

function faulty({ field, value, advice }: DraftFault, argument: string) {
  const message = `${JSON.stringify(value.slice(0, 120))}: ${advice}.`;
  return badInput([{ argument: `${argument}.${field}`, message }]);
}

function answered(outcome: Outcome): ManagedFare | FareChangeRefused {
  if ('fault' in outcome) throw faulty(outcome.fault, 'input');
  return outcome;
}

const causeOf = ({ identity, now }: ManagerContext) => ({ by: identity.account, now });

const result = either('Fare', 'FareRefusal');

const coded = (code: string) => ({ code });

async function historyPage({ id, revision }: ManagedFare, args: PageArgs, context: ManagerContext) {
  const list = `history ${id}`;
  const page = pageOf<readonly [number]>(list, [0], args);
  const rows = await context.history.load({ ...page, fare: id, revision });
  const cursor = (row: HistoryRow) => cursorOf(list, [row.revision]);
  return connection(rows, page, cursor, () => context.historyLength.load(id));
}

export const administrationResolvers = {
  Query: {
    async fares(_, { filter, ...args }, { administration }) {
      const page = pageOf('fares', [''], args);
      const faults = fareFilterFaults(filter ?? {});
      if (faults.length) throw badInput(faults);
      const { status, ...conditions } = given(filter ?? {});
      const wanted = { ...conditions, ...(status && { withdrawn: status === 'WITHDRAWN' }) };
      const found = await administration.fares(wanted, page);
      return connection(
        found,
        page,
        ({ id }) => cursorOf('fares', [id]),
        () => administration.count(wanted),
      );
    },
    fare: (_, { id }, { administration }) => administration.fare(id),
    async fareHistory(_, { fareId, ...args }, context) {
      const fare = await context.administration.fare(fareId);
      return fare && historyPage(fare, args, context);
    },
  },

  Mutation: {
    async createFare(_, { input }, context) {
      return answered(await context.administration.create(filed(input, 'input'), causeOf(context)));
    },
    async changeFare(_, { id, input, expectedRevision }, context) {
      return answered(await context.administration.change(id, written(input), expectedRevision, causeOf(context)));
    },
    async withdrawFare(_, { id, expectedRevision }, context) {
      return answered(await context.administration.withdraw(id, expectedRevision, causeOf(context)));
    },
    fileFares(_, { input }, { fares, now, identity }) {
      if (input.length > MOST_FARES_AT_ONCE) {
        const message = `input: ${input.length} fares are too many; up to ${MOST_FARES_AT_ONCE} are allowed.`;
        throw fault('BAD_USER_INPUT', message, { argument: 'input' });
      }
      const filings = input.map((one, i) => filed(one, `input.${i}`));
      return fares.file(filings, now, identity.account);
    },
  },

  CreateFareResult: result,
  ChangeFareResult: result,
  WithdrawFareResult: result,

  Fare: {
    status: ({ withdrawn }) => (withdrawn ? 'WITHDRAWN' : 'FILED'),
    filedAt: ({ filedAt }) => filedAt?.toISOString() ?? null,
    history: (fare, args, context) => historyPage(fare, args, context),
  },

  FareRefusal: refusalFields,

  FareTerms: {
    carrier: ({ carrier }) => coded(carrier),
    origin: ({ origin }) => coded(origin),
    destination: ({ destination }) => coded(destination),
    via: ({ via }) => via.map(coded),
    departsLocal,
    arrivesLocal,
    price: ({ amount, currency }) => money(amount, currency),
  },

  FareChange: {
    at: ({ changedAt }) => changedAt.toISOString(),
    by: ({ changedBy }) => changedBy ?? null,
    before: ({ termsBefore }) => termsBefore ?? null,
    after: ({ termsAfter }) => termsAfter,
  },
} satisfies Resolvers;
