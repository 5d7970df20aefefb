// The table of leases, which every database has.
import { defineEntity } from '@mikro-orm/core';

/** The holder of a lease; `turn` changes with each step of the holder. The migrations insert the rows. */
export const LeaseRow = defineEntity({
  name: 'Lease',
  tableName: 'lease',
  properties: (p) => ({
    name: p.string().primary(),
    holder: p.string().nullable(),
    turn: p.bigint('number'),
  }),
});
