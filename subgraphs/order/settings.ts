// The settings of the order subgraph.
import { z } from 'zod';
import { pairs } from '../../infra/config/values.ts';
import { MOST_TRAVELLERS } from '../../schema/terms/fare-words.ts';

/**
 * Limits on seats that wait for payment: in all, and on one departure. An account may place the largest possible order
 * (six flights for nine travellers), and a family of nine may cancel and try again before its first seats are released.
 * A carrier can have many households behind one address, so an address may hold four times as many in all, and twice as
 * many on one departure.
 */
const usualUnpaidSeats = () => ({
  account: { total: 54, departure: 18 },
  address: { total: 216, departure: 36 },
});

/** account=54:18,address=216:36: unpaid seats in all, and on one departure; or off. */
function unpaidSeats(text: string, context: z.RefinementCtx): ReturnType<typeof usualUnpaidSeats> | 'off' {
  if (text === 'off') return text;
  const result = usualUnpaidSeats();
  for (const [name, value] of pairs(text.split(','), context)) {
    const [, total, departure] = /^([1-9]\d{0,5}):([1-9]\d{0,5})$/.exec(value) ?? [];
    if (Object.hasOwn(result, name) && total && departure) {
      const taker = { total: Number(total), departure: Number(departure) };
      result[name as keyof typeof result] = taker;
      if (taker.departure < MOST_TRAVELLERS)
        context.addIssue(
          `${name}=${value}: a party of ${MOST_TRAVELLERS} could never order; give at least ${MOST_TRAVELLERS} seats on one departure`,
        );
      if (taker.departure > taker.total)
        context.addIssue(
          `${name}=${value}: it allows more seats on one departure than in all; give TAKER=IN_ALL:ON_ONE_DEPARTURE`,
        );
    } else {
      const names = Object.keys(result).join(', ');
      context.addIssue(
        `${name}=${value}: give TAKER=IN_ALL:ON_ONE_DEPARTURE by comma, as account=54:18, of ${names}; or off`,
      );
    }
  }
  return result;
}

export const orderSettings = {
  UNPAID_SEATS: {
    schema: z.string().transform(unpaidSeats).default(usualUnpaidSeats()),
    unset: '`account=54:18,address=216:36`',
    does: 'how many seats may wait for payment at a time, in total and on one departure (at least 9, a party), per account and per IPv4 address or IPv6 /64; or `off`. Behind a proxy it needs `TRUSTED_PROXIES`, like all limits by address',
  },
} as const;
