// Publishes subgraph schemas as teams do: through the HTTP API of the registry.
import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import { settingsOf } from '../../infra/system/config/config.ts';
import { registrySettings } from '../../subgraphs/registry/settings.ts';
import { complete } from '../../schema/composition/shared.ts';
import type { World } from './world.ts';

/** An answer of the registry. */
export interface RegistryAnswer {
  status: number;
  body: Record<string, unknown> & {
    error?: { code: string; message: string; findings?: { code: string; severity: string; change: string | null }[] };
    findings?: { code: string; severity: string; change: string | null }[];
  };
}

/** What the registry's port is asked with a token. */
export type AskRegistry = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<RegistryAnswer>;

/** The registry of a world: by the operators' token, or by another one. */
export function registryOf(world: Pick<World, 'beside' | 'wiring'>, token?: string): AskRegistry {
  const app = world.beside.get('registry') as FastifyInstance | undefined;
  assert.ok(app, 'the system has a registry');
  const kept = world.wiring.keptSecret('registry-token')?.toString('base64url');
  const authorization = `Bearer ${token ?? settingsOf({ settings: registrySettings }, world.wiring.config).REGISTRY_TOKEN ?? kept ?? ''}`;
  return async (method, url, body) => {
    const response = await app.inject({ method, url, headers: { authorization }, ...(body && { payload: body }) });
    return { status: response.statusCode, body: response.json<RegistryAnswer['body']>() };
  };
}

/** The schema of a loyalty programme, in which a team extends Account. */
export const loyaltySdl = (
  fields = 'points: Int',
  query = 'tier(name: String!): String @access(to: "anyone")',
): string =>
  complete(`"The programme."
type Query {
  "A tier of the programme by its name."
  ${query}
}

extend type Account @key(fields: "id") @access(to: "owner") {
  id: ID! @external
  "Points of the programme."
  ${fields}
}
`);

/** Creates a subgraph; returns its team's token and identity key. */
export async function createSubgraph(ask: AskRegistry, name: string, url = 'http://127.0.0.1:9') {
  const { status, body } = await ask('POST', '/subgraphs', { name, url });
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as { name: string; token: string; identityKey: string };
}

/** Publishes a version, and expects that the registry takes it. */
export async function publish(ask: AskRegistry, name: string, sdl: string, more: object = {}) {
  const { status, body } = await ask('POST', `/subgraphs/${name}/versions`, { sdl, ...more });
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as { outcome: string; version: number; supergraph: number; findings: { code: string }[] };
}
