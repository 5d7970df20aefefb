// Where each service listens unless PORT says otherwise: one process, one port. A worker serves its health there.

export const ports = {
  gateway: 4000,
  fare: 4001,
  travel: 4002,
  stock: 4003,
  account: 4004,
  order: 4005,
  payment: 4006,
  'rebuild-fares': 4101,
  'open-departures': 4102,
  'relay-outbox': 4103,
  'hold-stock': 4104,
  'settle-orders': 4105,
  'close-orders': 4106,
  'issue-tickets': 4107,
  'follow-orders': 4108,
  'refund-payments': 4109,
  notify: 4110,
  'mark-sold-out': 4111,
  'poll-payments': 4112,
  'forget-travellers': 4113,
  'payment-provider': 4201,
  'ticket-issuer': 4202,
} as const;

export type ServiceName = keyof typeof ports;

const METRICS_ABOVE = 100;

/** Where a process that is open to the world serves its metrics: 100 above what the world calls, anywhere beside any port. */
export const metricsPort = (port: number): number => (port === 0 ? 0 : (port + METRICS_ABOVE) % 65_536);
