// The example operations: what the explorer opens with, and what the README and the start-up line show.

export interface Example {
  name: string;
  query: string;
  variables: string;
}

const shopping = `# Price, calendar, offers and travel guide in one answer. Run it with Ctrl-Enter.
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

const cheapestDay = `# The lowest price of each day, a week before to a week after.
query CheapestDay($input: ShoppingInput!) {
  shopping(input: $input) {
    calendar {
      lowest { date price { amount currency } }
      days { date price { amount currency } isLowest isSelected }
    }
  }
}
`;

const family = `# What a family pays on non-stop flights, the shortest first, and what each brand allows.
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

const airports = `# Airports while somebody types.
query Airports($search: String) {
  airports(search: $search, first: 5) {
    edges { node { code name city country timeZone } }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const stays = `# Where to stay in a city, and what guests said.
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

/** The examples with variables that have an answer in the demo data: they travel a month from now. */
export function examples(now: Date): Example[] {
  const departureDate = new Date(now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
  const input = { origin: 'DEL', destination: 'BLR', departureDate };
  const travellers = [
    { type: 'ADULT', count: 2 },
    { type: 'CHILD', count: 1 },
    { type: 'INFANT', count: 1 },
  ];
  return [
    { name: 'Shopping', query: shopping, variables: { input } },
    { name: 'CheapestDay', query: cheapestDay, variables: { input: { ...input, origin: 'SIN', destination: 'NRT' } } },
    { name: 'Family', query: family, variables: { input: { ...input, travellers } } },
    { name: 'Airports', query: airports, variables: { search: 'zurich' } },
    { name: 'Stays', query: stays, variables: { code: 'SIN' } },
  ].map(({ name, query, variables }) => ({ name, query, variables: JSON.stringify(variables, null, 2) }));
}
