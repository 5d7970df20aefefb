// Where servers listen: tries ports before anything is created, and says what an operator can do about one.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { paired } from '../../schema/values/paired.ts';

/** A server that a process opens and closes: the one of http-server.ts, or the plain one of plain-server.ts. */
export interface Listener {
  /**
   * Whether the server is draining: it is not ready, and its answers close their connections so that clients reconnect
   * elsewhere.
   */
  isDraining: boolean;
  readonly server: { address(): AddressInfo | string | null };
  listen(at: { host: string; port: number }): Promise<unknown>;
  /** Refuses new connections, and answers every request that is arriving. */
  close(): Promise<unknown>;
}

/**
 * Fails readiness and keeps serving for `delay` ms: long enough for load balancers and clients to notice, and for each
 * connection to be used once more or be closed. Closing the server after that interrupts no request.
 */
export async function drain(app: Listener, delay: number): Promise<void> {
  app.isDraining = true;
  if (delay) await wait(delay);
}

/** Where a server listens. */
export interface ListenAddress {
  host: string;
  port: number;
  /** The part of the process that uses the port, where a process has several. */
  of?: string;
  /** The variable that sets the port; PORT by default. */
  variable?: string;
}

/** Listens, and returns the port. Throws an Error with a sentence for the operator. */
export async function listen(app: Listener, place: ListenAddress): Promise<number> {
  const { host, port } = place;
  await app.listen({ host, port }).catch((error: unknown) => {
    throw refusedPort(error, place);
  });
  return (app.server.address() as AddressInfo).port;
}

/** What an operator can do about a port that cannot be used. */
function refusedPort(error: unknown, { host, port, of, variable = 'PORT' }: ListenAddress): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const name = of === undefined ? `Port ${port}` : `Port ${port} (${of})`;
  if (code === 'EADDRINUSE') return new Error(`${name} is in use: set ${variable} to another one (0 takes any).`);
  if (code === 'EACCES') return new Error(`${name} needs rights this process does not have: set ${variable}.`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EADDRNOTAVAIL' || code === 'EINVAL') {
    const allowed = 'set HOST to localhost, to an address of this machine, or to 0.0.0.0 for all of them';
    return new Error(`HOST ${host} is no address of this machine: ${allowed}.`, { cause: error });
  }
  return error;
}

/**
 * Binds all ports at once and releases them again, before anything is created, so that a start that fails on a port
 * leaves nothing behind. Throws an Error with a sentence for each port that cannot be used.
 */
export async function tryPorts(places: readonly ListenAddress[]): Promise<void> {
  // a client that connects meanwhile is disconnected at once: it would wait for an answer, and closing would wait for
  // it
  const servers = places.map(() => createServer((socket) => void socket.destroy()));
  const tried = paired(places, servers).map(([place, server]) => {
    server.listen({ host: place.host, port: place.port });
    return once(server, 'listening').then(
      () => [],
      (error: unknown) => [refusedPort(error, place)],
    );
  });
  const refusals = (await Promise.all(tried)).flat();
  await Promise.all(servers.filter((server) => server.listening).map((server) => once(server.close(), 'close')));
  if (!refusals.length) return;
  const sentences = new Set(refusals.map((error) => (error as Error).message));
  throw new Error(
    [...sentences, ...(sentences.size > 1 ? ['All of them move with PORT, as PORT=5000.'] : [])].join('\n'),
  );
}
