// The largest operations of honest clients, from which the limits of gateway/limits/limits.ts are derived.
import { examples } from '../../gateway/routes/examples.ts';

export interface Honest {
  name: string;
  query: string;
  variables: Record<string, unknown>;
}

/**
 * A shop's whole result page: both directions of a journey with a hundred offers each, the signed-in account and the
 * cart.
 */
const resultPage = `query ResultPage($out: ShoppingInput!, $back: ShoppingInput!, $first: Int!, $signedIn: Boolean!, $detailed: Boolean!) {
  out: shopping(input: $out) { ...Result travel { ...Guide } }
  back: shopping(input: $back) { ...Result }
  me @include(if: $signedIn) {
    name
    savedTravellers { id name birthDate }
    wallets { balance { ...Amount } }
    recent: orders(first: 3) { edges { node { id number status total { ...Amount } } } }
  }
  cart { items { id } }
}
fragment Result on Shopping {
  price { total { ...Amount } asOf expiresAt }
  calendar { days { date price { ...Amount } isLowest isSelected } }
  offers(first: $first) { totalCount edges { node { ...Offer } } pageInfo { hasNextPage endCursor } }
}
fragment Offer on FareOffer {
  id
  brand
  cabin
  seatsLeft
  offerToken
  expiresAt
  total { ...Amount }
  perTraveller @include(if: $detailed) { type count each { ...Amount } }
  conditions @include(if: $detailed) { refundable note }
  slices { departure arrival duration origin { ...Place } destination { ...Place } segments @include(if: $detailed) { carrier { code name } flightNumber } }
}
fragment Guide on TravelGuide {
  summary
  sights(first: 5) { edges { node { name kind rating } } }
  stays(first: 5) { edges { node { name rating nightlyPrice { ...Amount } } } }
}
fragment Place on Airport { code city }
fragment Amount on Money { amount currency }
`;

const input = { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' };

const travellers = Array.from({ length: 9 }, (_, i) => ({
  name: `Traveller ${i}`,
  birthDate: '1990-05-17',
  type: 'ADULT',
  document: { kind: 'PASSPORT', number: `P000000${i}`, country: 'IN', expiresOn: '2031-01-01' },
}));

/** The largest number of fares that one mutation accepts. */
const fares = Array.from({ length: 500 }, (_, i) => ({
  ...{ carrier: '6E', flightNumber: String(i), origin: 'DEL', destination: 'BLR', via: ['BOM'], cabin: 'ECONOMY' },
  ...{ departs: '22:20', arrives: '01:10', firstDate: '2026-03-24', lastDate: '2026-03-24', brand: 'STANDARD' },
  ...{ travellerType: 'ADULT', fareBasis: 'Y', amount: '3897.00', currency: 'INR', note: '', capacity: 9 },
}));

export const honestOperations: readonly Honest[] = [
  ...examples(new Date('2026-03-01T12:00:00Z')).map(({ name, query, variables }) => ({
    name,
    query,
    variables: JSON.parse(variables) as Honest['variables'],
  })),
  {
    name: 'ResultPage',
    query: resultPage,
    variables: { out: input, back: input, first: 100, signedIn: true, detailed: true },
  },
  {
    name: 'PlaceOrder for nine',
    query: 'mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename } }',
    variables: {
      input: { offers: [{ token: 'T', travellers }], contact: { email: 'a@example.com' }, idempotencyKey: 'k' },
    },
  },
  {
    name: 'FileFares',
    query: 'mutation($input: [FareInput!]!) { fileFares(input: $input) { imported updated duplicates } }',
    variables: { input: fares },
  },
];
