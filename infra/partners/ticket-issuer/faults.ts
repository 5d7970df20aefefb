// Faults of the issuer on demand: a traveller's name chooses one, for demos and tests.

/** A fault of one call. */
export type IssuerFault = 'refuses' | 'fails' | 'cuts' | 'slow';

/** The words in a traveller's name that choose a fault, and for how many calls of the order. */
const faultyNames: Readonly<Record<string, { fault: IssuerFault; calls: number }>> = {
  TICKETREFUSED: { fault: 'refuses', calls: Infinity }, // never gets a ticket
  TICKETFLAKY: { fault: 'fails', calls: 2 }, // the third call works
  TICKETFAILS: { fault: 'fails', calls: Infinity },
  TICKETCUT: { fault: 'cuts', calls: 2 }, // the tickets are issued, the reply is lost
  TICKETSLOW: { fault: 'slow', calls: 1 }, // the call takes effect after the caller has given up
};

const faultOf = new Map(Object.entries(faultyNames));

/**
 * Returns the fault of each issuing call, by the order and its travellers' names. Counts calls for as long as the
 * process runs.
 */
export function faultsByName(): (order: string, names: readonly string[]) => IssuerFault | null {
  const counts = new Map<string, number>();
  return (order, names) => {
    const words = names.flatMap((name) => name.toUpperCase().split(/\s+/));
    const [chosen] = words.flatMap((word) => faultOf.get(word) ?? []);
    if (!chosen) return null;
    const { fault, calls } = chosen;
    const count = (counts.get(order) ?? 0) + 1;
    counts.set(order, count);
    return count <= calls ? fault : null;
  };
}
