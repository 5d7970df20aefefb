// How ports move together when PORT is set. The default port of a service stands in its manifest or definition, those of
// the gateway and the partners in ../services.ts.
import { gateway } from '../services.ts';
import type { Service } from '../service.ts';

export const LAST_PORT = 65_535;
const METRICS_ABOVE = 100;
const NEXT_REPLICA = 1000; // offset between replicas; no two services are that far apart

/** The port `by` above another, or `by` below it beyond the last port; 0 (any free port) stays 0. */
const above = (port: number, by: number): number => (port === 0 ? 0 : port + by > LAST_PORT ? port - by : port + by);

/** The metrics port of a public process. */
export const metricsPort = (port: number): number => above(port, METRICS_ABOVE);

/** The port of a server beside another one of the same process. */
export const nextPort = (port: number): number => above(port, 1);

/** The offset of a service's port from the gateway's. */
export const distanceOf = ({ port }: Pick<Service, 'port'>, replica = 0): number =>
  port - gateway.port + replica * NEXT_REPLICA;

/** A service's port when the gateway listens on `from`: at its usual offset. */
export const portFrom = (from: number, service: Pick<Service, 'port'>, replica = 0): number =>
  above(from, distanceOf(service, replica));
