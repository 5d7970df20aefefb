// A supergraph as the registry hands it to gateways: what they serve, signed, so that a forged or torn copy is refused.
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { derivedKeys, type SigningKey, type SigningKeys } from './signing-key.ts';

const need = z.union([
  z.enum(['anyone', 'account', 'owner']),
  z.object({ roles: z.array(z.string()).readonly(), scopes: z.array(z.string()).readonly() }),
]);

const member = z.object({
  /** The version of its SDL in the registry. */
  version: z.number().int(),
  /** Counts the teams that have had its name; part of the derivation of its keys. */
  generation: z.number().int(),
  /** Where it is; none for a subgraph of this system, which the gateway's own configuration locates. */
  urls: z.array(z.string()).readonly(),
  /** The error codes of its own, which clients may see. */
  errorCodes: z.array(z.string()).readonly(),
});

const artifact = z.object({
  /** Counts up with every change of what is served. */
  version: z.number().int(),
  supergraphSdl: z.string(),
  /** What each field requires, by `Type.field`; the strictest of what its subgraphs say. */
  permissions: z.record(z.string(), need).readonly(),
  /** By name. */
  subgraphs: z.record(z.string(), member).readonly(),
});

export type SupergraphArtifact = z.infer<typeof artifact>;

/** A subgraph of a supergraph. */
export type GraphMember = z.infer<typeof member>;

/**
 * What a field requires of its caller: nothing, a signed-in account, or rights. `owner`: the subgraph returns the object
 * only to the account that it belongs to, which includes a caller whom this very request signs in.
 */
export type Need = z.infer<typeof need>;

/** The artifact as text, and what proves that the registry made it. */
export interface SignedArtifact {
  /** The artifact as JSON. */
  content: string;
  /** `KEY_ID.MAC`, by the keys of artifactKeys. */
  signature: string;
}

/** The keys that sign artifacts, derived from the master keys. */
export const artifactKeys = (masters: SigningKeys): SigningKeys => derivedKeys(masters, 'fareloom supergraph artifact');

/** An artifact's ETag: two artifacts with the same content have the same. */
export const etagOf = (content: string): string => hash('sha256', content, 'base64url');

const macOf = (content: string, { hmac }: SigningKey): Buffer => createHmac('sha256', hmac).update(content).digest();

/** Signs the artifact with the first of the keys of artifactKeys. */
export function signArtifact(unsigned: SupergraphArtifact, [key]: SigningKeys): SignedArtifact {
  const content = JSON.stringify(unsigned);
  return { content, signature: `${key.id}.${macOf(content, key).toString('base64url')}` };
}

/** The artifact; null if none of the keys signed exactly this content, or if it is of a release with another format. */
export function readArtifact({ content, signature }: SignedArtifact, keys: SigningKeys): SupergraphArtifact | null {
  const [id, given = ''] = signature.split('.');
  const key = keys.find((each) => each.id === id);
  if (!key) return null;
  const [mac, expected] = [Buffer.from(given, 'base64url'), macOf(content, key)];
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) return null;
  return artifact.safeParse(JSON.parse(content)).data ?? null;
}
