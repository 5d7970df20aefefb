// The settings of the stock subgraph.
import { z } from 'zod';
import { pairs } from '../../infra/config/values.ts';

const usualCapacities = () => ({ ECONOMY: 150, PREMIUM_ECONOMY: 24, BUSINESS: 16, FIRST: 8 });

/**
 * ECONOMY=180,BUSINESS=12: seats on sale where a fare is filed without a capacity; cabins not listed keep their
 * defaults.
 */
function capacities(text: string, context: z.RefinementCtx) {
  const result = usualCapacities();
  for (const [name, value] of pairs(text.split(','), context)) {
    if (Object.hasOwn(result, name) && /^\d{1,4}$/.test(value)) result[name as keyof typeof result] = Number(value);
    else context.addIssue(`${name}=${value}: give CABIN=SEATS by comma, as ECONOMY=180,BUSINESS=12`);
  }
  return result;
}

export const stockSettings = {
  CAPACITY: {
    schema: z.string().transform(capacities).default(usualCapacities()),
    unset: '`ECONOMY=150`, `PREMIUM_ECONOMY=24`, `BUSINESS=16`, `FIRST=8`',
    does: 'seats on sale for a fare that is filed without a capacity, for example `ECONOMY=180,BUSINESS=12`',
  },
} as const;
