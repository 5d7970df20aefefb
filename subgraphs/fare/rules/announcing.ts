// The events that filing fares causes: the days that changed, and the departures that are new.
import type { Payload } from '../../../schema/events.ts';
import { grouped } from '../../../schema/values/non-empty.ts';
import { marketOf } from './day.ts';
import type { FiledFare, Filing } from './filing.ts';
import { departureId } from './offers.ts';
import { DAY } from '../../../schema/terms/durations.ts';

const MOST_IN_EVENT = 500; // keeps an event far below a broker's usual limit of 1 MB

/** The days that these fares cover, by market. */
export function changesOf(fares: readonly FiledFare[]): Payload<'fare.changed'>[] {
  return [...grouped(fares, marketOf).values()].flatMap((ofMarket) => {
    const { origin, destination, cabin, currency } = ofMarket[0];
    const dates = [...new Set(ofMarket.flatMap(datesOf))].sort();
    return chunks(dates).map((some) => ({ origin, destination, cabin, currency, dates: some }));
  });
}

type Scheduled = Payload<'departure.scheduled'>['departures'][number];

/** The departures of these fares, each once. `flightId` gives the id of a fare's flight. */
export function departuresOf(
  filings: readonly Filing[],
  flightId: (filing: Filing) => string,
): Payload<'departure.scheduled'>[] {
  const byId = new Map<string, Scheduled>();
  for (const filing of filings) {
    const { carrier, flightNumber, origin, destination, departs, cabin, capacity } = filing;
    for (const date of datesOf(filing)) {
      const id = departureId(flightId(filing), date, cabin);
      // of several fares of one departure, the first filed with a capacity decides
      const known = byId.get(id);
      if (known && (known.capacity !== null || capacity === null)) continue;
      byId.set(id, { id, carrier, flightNumber, origin, destination, departs: `${date}T${departs}`, cabin, capacity });
    }
  }
  return chunks([...byId.values()]).map((departures) => ({ departures }));
}

function datesOf({ firstDate, lastDate }: FiledFare): string[] {
  const first = Date.parse(firstDate);
  const days = (Date.parse(lastDate) - first) / DAY + 1;
  return Array.from({ length: days }, (_, i) => new Date(first + i * DAY).toISOString().slice(0, 10));
}

const chunks = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / MOST_IN_EVENT) }, (_, i) =>
    list.slice(i * MOST_IN_EVENT, (i + 1) * MOST_IN_EVENT),
  );
