// Where each service listens unless PORT says otherwise: one process, one port. A worker serves its health there.

export const ports = {
  gateway: 4000,
  fare: 4001,
  travel: 4002,
  stock: 4003,
  account: 4004,
  'rebuild-fares': 4101,
  'open-departures': 4102,
  'relay-outbox': 4103,
} as const;

export type ServiceName = keyof typeof ports;
