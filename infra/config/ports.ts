// The default port of each service; PORT overrides it. A worker serves its health there.

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
  'send-account-mails': 4114,
  'payment-provider': 4201,
  'ticket-issuer': 4202,
} as const;

export type ServiceName = keyof typeof ports;

export const LAST_PORT = 65_535;
const METRICS_ABOVE = 100;
const NEXT_REPLICA = 1000; // offset between replicas; no two services are that far apart

/** The port `by` above another, or `by` below it beyond the last port; 0 (any free port) stays 0. */
const above = (port: number, by: number): number => (port === 0 ? 0 : port + by > LAST_PORT ? port - by : port + by);

/** The metrics port of a public process. */
export const metricsPort = (port: number): number => above(port, METRICS_ABOVE);

/** The offset of a service's port from the gateway's. */
export const distanceOf = (name: ServiceName, replica = 0): number =>
  ports[name] - ports.gateway + replica * NEXT_REPLICA;

/** A service's port when the gateway listens on `gateway`: at its usual offset. */
export const portFrom = (gateway: number, name: ServiceName, replica = 0): number =>
  above(gateway, distanceOf(name, replica));
