// The definition of a partner: a service of another company, which the demo imitates on this machine. Every process loads
// every definition, so what connects to a partner or imitates it comes by import().
import type { FastifyInstance } from 'fastify';
import type { Log } from '../logging/log.ts';
import type { Clock } from '../process/clock.ts';

/** What the demo's service is made of, besides its secrets. */
export interface DemoParts {
  /** The file of its log, which holds all of its state. */
  file: string;
  now: Clock;
  log: Log;
  /** Its address for browsers, if that differs from the address of its API. */
  publicUrl: string | undefined;
}

/** `Port` is what Fareloom calls, `Secrets` are the values of the variables that both sides know. */
export interface PartnerDefinition<Secrets, Port, Statement, Demo extends { app: FastifyInstance }> {
  /** Also the name of the demo's service, and of its folder beside the databases. */
  readonly name: string;
  /** The default port of the demo's service. */
  readonly port: number;
  /** The variable that addresses it. */
  readonly variable: string;
  /** Makes each secret that is not set, for the demo's service, from random bytes that the data folder keeps by name. */
  readonly secrets: { readonly [Variable in keyof Secrets]: (kept: (name: string) => Buffer) => Secrets[Variable] };
  /** The calls that are steps of a trace. */
  readonly calls: readonly (keyof Port & string)[];
  connect(url: string, secrets: Secrets): Promise<Port>;
  /** The demo's service, not listening. */
  demo(parts: DemoParts, secrets: Secrets): Promise<Demo>;
  /** The statement of the demo's service from its log file alone. */
  statementIn(file: string): Promise<Statement>;
}
