// How one kind of server is had on this machine.
import type { Launch } from './server.ts';

/** A login and certificates (paths of PEM files): a server that is started with them takes nobody without. */
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
  /** Makes in the folder what the server needs, and says how it is started. */
  prepare(dir: string, lock?: Lock): Promise<Launch>;
}
