// The gateway's own part of the supergraph: finds an object by its global id after its owning subgraph has confirmed
// it.
import {
  buildASTSchema,
  type ConstDirectiveNode,
  type EnumValueDefinitionNode,
  execute,
  GraphQLError,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import { graphqlFault as fault } from '../errors/graphql-fault.ts';
import { paired } from '../../schema/values/paired.ts';
import { MOST_NODES, NODE_PART, nodeSdl, typeOfId } from '../../schema/composition/nodes.ts';
import type { GatewayContext } from '../context.ts';
import type { Ask, Result } from '../subgraph-client/ask.ts';
import type { ExecutionResult } from './executor.ts';

/** An object that its owner has confirmed: the key with which the planner fetches its other fields. */
interface Confirmed {
  __typename: string;
  id: string;
}

/** The result for one id; an Error if its owner could not be queried. */
type Found = Confirmed | null | Error;

const CONFIRM = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';

/**
 * The source of `node` and `nodes`. It queries the owner of each type once, on behalf of the caller, whether the
 * objects exist. An id that is unknown or not the caller's gives null.
 */
export function nodeSource(supergraphSdl: string, askOf: (subgraph: string) => Ask): Ask {
  const schema = buildASTSchema(parse(nodeSdl()), { assumeValidSDL: true });
  const ownerOf = ownersIn(supergraphSdl);

  async function find(ids: readonly string[], asking: Asking): Promise<Found[]> {
    const wanted = [...new Set(ids)].flatMap((id) => {
      const type = typeOfId(id);
      const owner = type === undefined ? undefined : ownerOf.get(type);
      return type === undefined || owner === undefined ? [] : [{ owner, asked: { __typename: type, id } }];
    });
    const found = new Map<string, Found>();
    await Promise.all(
      [...Map.groupBy(wanted, ({ owner }) => owner)].map(async ([owner, theirs]) => {
        const representations = theirs.map(({ asked }) => asked);
        const answers = await confirm(owner, representations, asking);
        for (const [{ id }, answer] of paired(representations, answers)) found.set(id, answer);
      }),
    );
    return ids.map((id) => found.get(id) ?? null);
  }

  async function confirm(owner: string, representations: Confirmed[], { context, cacheControls }: Asking) {
    const variables = { representations };
    const question = { query: CONFIRM, variables, body: JSON.stringify({ query: CONFIRM, variables }) };
    try {
      const { result, cacheControl } = await askOf(owner)(question, context);
      cacheControls.add(cacheControl);
      return representations.map((each, i) => foundIn(result, i, each, owner));
    } catch (error) {
      return representations.map(() => error as Error);
    }
  }

  const node: Resolver<{ id: string }> = async ({ id }, asking) => {
    const [found] = await find([id], asking);
    if (found instanceof Error) throw found;
    return found;
  };
  const nodes: Resolver<{ ids: string[] }> = async ({ ids }, asking) => {
    if (ids.length > MOST_NODES) {
      const message = `ids: ${ids.length} are too many; up to ${MOST_NODES} are allowed.`;
      throw fault('BAD_USER_INPUT', message, { argument: 'ids' });
    }
    return find(ids, asking);
  };
  const rootValue = { node, nodes };

  return async ({ query, variables: variableValues }, context) => {
    const contextValue: Asking = { context, cacheControls: new Set() };
    const { data = null, errors } = await execute({
      ...{ schema, document: parse(query), variableValues, contextValue, rootValue },
    });
    const [cacheControl, ...others] = contextValue.cacheControls;
    return {
      result: { data, ...(errors && { errors: errors.map((error) => error.toJSON()) }) },
      cacheControl: others.length ? undefined : cacheControl, // of different ones none holds for all
    };
  };
}

/** One request to the gateway's own part. */
interface Asking {
  context: GatewayContext;
  /** What the owners' replies said. */
  cacheControls: Set<string | undefined>;
}

/** A function of the root value, which `execute` calls for the field of its name. */
type Resolver<Args> = (args: Args, asking: Asking) => Promise<unknown>;

/** The owner's result for the i-th object. */
function foundIn({ data, errors }: Result, i: number, asked: Confirmed, serviceName: string): Found {
  if ((data?.['_entities'] as unknown[] | undefined)?.[i]) return asked;
  const error = errors?.find(({ path }) => !path || path[1] === i);
  if (!error) return null;
  const { extensions } = error as { extensions?: object };
  return new GraphQLError(error.message ?? '', { extensions: { ...extensions, serviceName } });
}

/** Replaces the gateway's own part as the source of an error by the owning subgraph. */
export function nameOwners(result: ExecutionResult): ExecutionResult {
  nameOwnersIn(result.errors);
  return result;
}

function nameOwnersIn(errors: ExecutionResult['errors'] = []): void {
  for (const { extensions, originalError } of errors) {
    if (extensions['serviceName'] !== NODE_PART) continue;
    const { serviceName } = (originalError as GraphQLError | undefined)?.extensions ?? {};
    if (serviceName === undefined) delete extensions['serviceName'];
    else extensions['serviceName'] = serviceName;
  }
}

/** The owning subgraph of each type with the key `id`. */
function ownersIn(supergraphSdl: string): ReadonlyMap<string, string> {
  const valuesOf = ({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> =>
    Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
  const named = ({ name, directives: [graph] = [] }: EnumValueDefinitionNode): [string, string] => [
    name.value,
    String(graph && valuesOf(graph)['name']),
  ];
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const graphs = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'join__Graph'
        ? (each.values ?? []).map(named)
        : [],
    ),
  );
  return new Map(
    definitions.flatMap((type): [string, string][] => {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
      const parts = (type.directives ?? []).filter(({ name }) => name.value === 'join__type').map(valuesOf);
      const owner = parts.find(({ key, extension, resolvable }) => key === 'id' && !extension && resolvable !== false);
      const graph = owner && graphs.get(String(owner['graph']));
      return graph === undefined ? [] : [[type.name.value, graph]];
    }),
  );
}
