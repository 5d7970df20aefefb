// The example operations, for the explorer's tabs, the README, the start-up line and the demo.
import { ASKED_BY } from '../../schema/wire/explaining.ts';
import { orderExamples } from './order-examples.ts';
import { DAY } from '../../schema/terms/durations.ts';

export interface Example {
  name: string;
  query: string;
  variables: string;
  /** Request headers as JSON; only if the operation needs them. */
  headers?: string;
}

const shopping = `# Price, calendar, offers and travel guide in one
# answer. Run it with Ctrl-Enter.
query Shopping($input: ShoppingInput!) {
  shopping(input: $input) {
    price {
      total { amount currency }
      perTraveller { type count each { amount currency } }
      offer { id }
      asOf
      expiresAt
    }
    calendar {
      days { date price { amount currency } isLowest isSelected asOf }
      lowest { date }
    }
    offers(first: 10, sort: PRICE, filter: { maxStops: 1 }) {
      edges {
        cursor
        node {
          id
          total { amount currency }
          brand
          cabin
          seatsLeft
          offerToken
          expiresAt
          slices {
            origin { code city timeZone }
            destination { code }
            departure
            arrival
            duration
            stops { code }
            segments { carrier { code name } flightNumber }
          }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
    travel {
      airport { code city country }
      summary
      sights(first: 5) { edges { node { name kind rating } } }
      stays(first: 5) { edges { node { name nightlyPrice { amount currency } rating reviewCount } } }
    }
  }
}
`;

const cheapestDay = `# The lowest price of each day, a week before to a
# week after.
query CheapestDay($input: ShoppingInput!) {
  shopping(input: $input) {
    calendar {
      lowest { date price { amount currency } }
      days { date price { amount currency } isLowest isSelected }
    }
  }
}
`;

const family = `# The prices for a family on non-stop flights,
# shortest first, with each brand's conditions.
query Family($input: ShoppingInput!) {
  shopping(input: $input) {
    offers(first: 5, sort: DURATION, filter: { maxStops: 0 }) {
      totalCount
      edges {
        node {
          total { amount currency }
          perTraveller { type count each { amount currency } }
          brand
          conditions { refundable refundFeePercent refundableUntilHours note }
          seatsLeft
          slices { departure arrival duration }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`;

const airports = `# Airports for a type-ahead.
query Airports($search: String) {
  airports(search: $search, first: 5) {
    edges { node { code name city country timeZone } }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const stays = `# Places to stay in a city, with guest reviews.
query Stays($code: AirportCode!) {
  airport(code: $code) {
    city
    guide {
      summary
      stays(first: 3) {
        edges {
          node {
            name
            nightlyPrice { amount currency }
            rating
            reviewCount
            reviews(first: 2) { edges { node { rating text stayedOn } } }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
`;

const signUp = `# Opens an account and signs this browser in by
# cookies. The next tabs then work unchanged.
# After ten minutes run SignIn.
mutation SignUp($input: SignUpInput!) {
  signUp(input: $input) {
    ... on SignedIn {
      account { id email roles }
      tokens { accessToken expiresAt refreshToken }
    }
    ... on AccountRefusal { code message retryAfter }
  }
}
`;

const signIn = `# Signs this browser in by cookies, for ten
# minutes. Use the account of SignUp, or a demo
# account such as fare.manager@fareloom.example,
# whose password npm start printed at its first
# start.
# A program uses TOKEN instead of COOKIE, and
# sends authorization: Bearer ACCESS_TOKEN.
mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    ... on SignedIn {
      account { id email roles }
      tokens { accessToken expiresAt refreshToken }
    }
    ... on AccountRefusal { code message retryAfter }
  }
}
`;

const me = `# Your account. Run SignUp or SignIn first.
query Me {
  me {
    email
    name
    roles
    sessions { startedAt usedAt isThisOne }
    savedTravellers { name birthDate }
  }
}
`;

const explained = `# How a response is produced. The Headers below
# request extensions.explain: the plan, the time
# and bytes of each subgraph, cache hits, and the
# cost. They work with any operation.
query Explained($input: ShoppingInput!) {
  shopping(input: $input) {
    price { total { amount currency } }
    offers(first: 3) { edges { node { total { amount } seatsLeft } } }
    travel { summary }
  }
}
`;

const fares = `# The fares on a route, for the role
# FARE_MANAGER: run SignIn with the email
# fare.manager@fareloom.example first.
query Fares($filter: FareFilter) {
  fares(filter: $filter, first: 5) {
    edges {
      node {
        id
        revision
        terms {
          carrier { code }
          flightNumber
          lastDate
          cabin
          brand
          travellerType
          price { amount currency }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;

/**
 * The examples, with variables that match the demo data: travel is a month from now. OFFER_TOKEN and ORDER_ID stand for
 * values from earlier responses. SignUp and SignIn store the session in cookies, which the examples after them need.
 * Comments have up to 50 characters a line: the explorer's editor does not wrap them, and shows 50 in a window of
 * 1280 pixels.
 */
export function examples(now: Date): Example[] {
  const departureDate = new Date(now.getTime() + 30 * DAY).toISOString().slice(0, 10);
  const input = { origin: 'DEL', destination: 'BLR', departureDate };
  const travellers = [
    { type: 'ADULT', count: 2 },
    { type: 'CHILD', count: 1 },
    { type: 'INFANT', count: 1 },
  ];
  const credentials = { email: 'asha@example.com', password: 'gravel tuba horizon mint' };
  const session = 'COOKIE';
  const all: (Pick<Example, 'name' | 'query'> & { variables: object; headers?: object })[] = [
    { name: 'Shopping', query: shopping, variables: { input } },
    { name: 'CheapestDay', query: cheapestDay, variables: { input: { ...input, origin: 'SIN', destination: 'NRT' } } },
    { name: 'Family', query: family, variables: { input: { ...input, travellers } } },
    { name: 'Airports', query: airports, variables: { search: 'zurich' } },
    { name: 'Stays', query: stays, variables: { code: 'SIN' } },
    { name: 'SignUp', query: signUp, variables: { input: { ...credentials, name: 'Asha Rao', session } } },
    { name: 'SignIn', query: signIn, variables: { input: { ...credentials, session } } },
    { name: 'Me', query: me, variables: {} },
    ...orderExamples(now.toISOString().slice(0, 10)),
    { name: 'Fares', query: fares, variables: { filter: { origin: 'DEL', destination: 'BLR' } } },
    { name: 'Explained', query: explained, variables: { input }, headers: { [ASKED_BY]: '1' } },
  ];
  return all.map(({ name, query, variables, headers }) => ({
    name,
    query,
    variables: JSON.stringify(variables, null, 2),
    ...(headers && { headers: JSON.stringify(headers, null, 2) }),
  }));
}
