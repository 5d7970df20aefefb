// Business metrics: orders in progress, seats, and dead letters that wait for an operator.
import type { Registry } from 'prom-client';
import type { Clock } from '../process/clock.ts';
import { openGauge, patient, readAs } from './gauge.ts';
import { MINUTE } from '../../schema/terms/durations.ts';

/** The orders of one status. */
export interface OrderCount {
  status: string;
  /** Their number, up to the largest number that is counted. */
  orders: number;
  /** When the oldest of them entered the status, in ms since 1970; null if the status is final, or has no orders. */
  since: number | null;
}

/** The seats of one cabin on flights that have not left. */
export interface CabinSeats {
  cabin: string;
  available: number;
  held: number;
  sold: number;
}

/** The unsettled dead letters of one consumer in one state. */
export interface WaitingDeadLetters {
  consumer: string;
  state: string;
  letters: number;
}

const COUNT_SEATS_EVERY = MINUTE; // the query reads every future departure

export function measureTrade(registry: Registry, now: Clock) {
  const watchCounts = openGauge(registry, {
    name: 'fareloom_orders',
    help: 'Orders by status, counted up to 10,000 each',
    labels: ['status'],
  });
  const watchAges = openGauge(registry, {
    name: 'fareloom_order_oldest_age_seconds',
    help: 'How long the oldest order of a status that is not final has been in it; 0 while there is none',
    labels: ['status'],
  });
  const watchSeatSums = openGauge(registry, {
    name: 'fareloom_seats',
    help: 'Seats on flights that have not left: on sale (available), held or sold; counted once a minute',
    labels: ['cabin', 'state'],
  });
  const watchParked = openGauge(registry, {
    name: 'fareloom_dead_letters_waiting',
    help: 'Unsettled dead letters: dead, waiting behind a dead one, or being replayed',
    labels: ['group', 'state'],
  });

  return {
    /** Exports the orders from now on; `ends` are the final statuses. */
    watchOrders(look: () => Promise<readonly OrderCount[]>, ends: readonly string[]): void {
      const standings = patient(look, now);
      const age = (since: number | null) => (since === null ? 0 : Math.max(0, now().getTime() - since) / 1000);
      watchCounts(readAs(standings, (all) => all.map(({ status, orders }) => [{ status }, orders])));
      watchAges(
        readAs(standings, (all) =>
          all.filter(({ status }) => !ends.includes(status)).map(({ status, since }) => [{ status }, age(since)]),
        ),
      );
    },

    watchSeats(look: () => Promise<readonly CabinSeats[]>): void {
      watchSeatSums(
        readAs(patient(look, now, COUNT_SEATS_EVERY), (all) =>
          all.flatMap(({ cabin, ...seats }) =>
            Object.entries(seats).map(([state, n]) => [{ cabin, state }, n] as const),
          ),
        ),
      );
    },

    watchDeadLetters(look: () => Promise<readonly WaitingDeadLetters[]>): void {
      watchParked(
        readAs(patient(look, now), (all) =>
          all.map(({ consumer, state, letters }) => [{ group: consumer, state: state.toLowerCase() }, letters]),
        ),
      );
    },
  };
}
