// A supergraph with @access on its fields, behind a real gateway. Its subgraphs check nothing themselves, so that what a
// test sees is the gateway's own.
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLFieldResolver, parse } from 'graphql';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { openLog } from '../../infra/logging/log.ts';
import { accessOf } from '../../schema/composition/access.ts';
import { compose } from '../../schema/composition/compose.ts';
import { errorCodesIn } from '../../schema/composition/check/names.ts';
import { withNodePart } from '../../schema/composition/composition.ts';
import { complete } from '../../schema/composition/shared.ts';
import type { ExecutorName } from '../../gateway/supergraph/load-executor.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { accessToken, keySetText, verificationKeysRoute } from '../../schema/wire/access-token.ts';
import type { Role } from '../../schema/wire/identity.ts';
import { ROUTE_HEADER } from '../../schema/wire/route.ts';
import { sessionStateRoute, stateText } from '../../schema/wire/session-state.ts';
import { isGraphql } from '../../schema/wire/subgraph-call.ts';
import { gatewayWiring, openFurtherGateway } from '../kit/gateway.ts';

/** A subgraph of a test: its SDL without the shared definitions, and resolvers by `Type.field`. */
export interface Guarded {
  sdl: string;
  resolvers: Record<string, Record<string, unknown>>;
}

/** A caller: `roles` are those of the account, `scope` the claim of the token. */
export interface Visitor {
  account: string;
  roles?: readonly Role[];
  scope?: string;
}

export interface SeenAnswer {
  data: Record<string, unknown> | null;
  errors: { code: unknown; path: string; message: string }[];
  /** The whole body. */
  text: string;
  headers: Record<string, unknown>;
}

interface Options {
  executor?: ExecutorName;
  env?: Record<string, string>;
}

/** Opens the gateway; `asked` are the queries that its subgraphs got, as `name: query`. */
export async function openGuarded(subgraphs: Readonly<Record<string, Guarded>>, { executor, env }: Options = {}) {
  const asked: string[] = [];
  const parts = Object.entries(subgraphs).map(([name, { sdl }]) => ({ name, sdl: complete(sdl) }));
  const { permissions, faults } = accessOf(withNodePart(parts));
  if (faults.length) throw new Error(JSON.stringify(faults));
  const sessions = new Map<string, Visitor>();
  const { publicKey, privateKey } = await generateKeyPair(accessToken.algorithm);
  const key = JSON.stringify({ ...(await exportJWK(publicKey)), kid: 'one', alg: accessToken.algorithm });
  const calls = Object.fromEntries(
    parts.map(({ name, sdl }) => [name, callOf(name, sdl, subgraphs[name]?.resolvers ?? {}, asked)]),
  );
  const graphOfAccount = calls['account'];
  calls['account'] = async (request) => {
    if (isGraphql(request) && graphOfAccount) return graphOfAccount(request);
    if (request.path === verificationKeysRoute.path)
      return json(keySetText([key]), { [ROUTE_HEADER]: verificationKeysRoute.path });
    const { account = '', roles = ['TRAVELLER'] } =
      sessions.get(decodeURIComponent(request.path.split('/').at(-1) ?? '')) ?? {};
    return json(stateText({ account, roles }), { [ROUTE_HEADER]: sessionStateRoute.path });
  };
  const wiring = gatewayWiring(env, openLog({ level: process.env['TEST_LOG'] ?? 'nothing', json: false }));
  const members = parts.map(({ name, sdl }) => {
    const errorCodes = errorCodesIn({ name, sdl, document: parse(sdl) });
    return [name, { version: 1, generation: 1, urls: [], errorCodes }] as const;
  });
  const artifact = { version: 0, supergraphSdl: compose(parts), permissions, subgraphs: Object.fromEntries(members) };
  const answers = env?.['ANSWER_CACHE'] === 'on';
  const gateway = await openFurtherGateway(wiring, calls, { artifact, answers, ...(executor && { executor }) });

  async function headersOf(who: Visitor | null): Promise<Record<string, string>> {
    if (!who) return {};
    const session = `ses_${sessions.size}`;
    sessions.set(session, who);
    const now = Math.floor(wiring.now().getTime() / 1000);
    const token = await new SignJWT({ sid: session, ...(who.scope !== undefined && { scope: who.scope }) })
      .setProtectedHeader({ alg: accessToken.algorithm, typ: accessToken.type, kid: 'one' })
      .setIssuer(accessToken.issuer)
      .setAudience(accessToken.audience)
      .setSubject(who.account)
      .setIssuedAt(now)
      .setExpirationTime(now + accessToken.lives)
      .sign(privateKey);
    return { authorization: `Bearer ${token}` };
  }

  return {
    asked,
    permissions,
    /** The answer to a caller; null is an anonymous one. */
    async ask(
      query: string,
      who: Visitor | null = null,
      variables: object = {},
      headers: object = {},
    ): Promise<SeenAnswer> {
      const reply = await gateway.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query, variables },
        headers: { ...(await headersOf(who)), ...headers },
      });
      const text = reply.body;
      if (!String(reply.headers['content-type']).includes('json'))
        return { data: null, errors: [], text, headers: reply.headers };
      const { data = null, errors = [] } = reply.json<{ data?: Record<string, unknown>; errors?: Told[] }>();
      return {
        data,
        errors: errors.map(({ extensions, path = [], message }) => ({
          code: extensions['code'],
          path: path.join('.'),
          message,
        })),
        text,
        headers: reply.headers,
      };
    },
    [Symbol.asyncDispose]: () => gateway.close(),
  };
}

interface Told {
  message: string;
  path?: (string | number)[];
  extensions: Record<string, unknown>;
}

const json = (body: string, headers: Record<string, string> = {}) => ({
  status: 200,
  body,
  headers: { 'content-type': 'application/json', ...headers },
});

/** Calls a subgraph in this process. */
function callOf(name: string, sdl: string, resolvers: Guarded['resolvers'], asked: string[]): Call {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  const fieldResolver: GraphQLFieldResolver<Record<string, unknown> | undefined, unknown> = (
    source,
    _,
    __,
    { fieldName },
  ) => source?.[fieldName];
  const typeResolver = (value: unknown) => (value as { __typename: string }).__typename;
  return async ({ body }) => {
    const { query, variables: variableValues = {} } = JSON.parse(String(body)) as {
      query: string;
      variables?: Record<string, unknown>;
    };
    asked.push(`${name}: ${query} ${JSON.stringify(variableValues)}`);
    const result = await execute({ schema, document: parse(query), variableValues, fieldResolver, typeResolver });
    return json(JSON.stringify(result), { 'cache-control': 'max-age=60, public' });
  };
}
