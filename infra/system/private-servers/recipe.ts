// How to start one kind of server on this machine.
import type { Launch } from './server.ts';

/** A login and certificates (paths of PEM files); a server that is started with them rejects clients without them. */
export interface Lock {
  user: string;
  password: string;
  cert: string;
  key: string;
  /** Key and certificate in one file. */
  keystore: string;
  ca: string;
}

export interface Recipe {
  /** What is missing on this machine and how to get it, as a sentence; undefined when the server can be started. */
  missing(): string | undefined;
  /** Creates the server's files in the folder, and returns how to start it. */
  prepare(dir: string, lock?: Lock): Promise<Launch>;
}
