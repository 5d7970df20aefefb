// Refuses the fields that a caller may not use before an operation is planned: no subgraph is called for them.
import { type DocumentNode, executeSync, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type Caller, meets, type Permissions } from '../../schema/wire/need.ts';
import type { Need } from '../../schema/wire/supergraph-artifact.ts';
import type { GatewayContext } from '../context.ts';
import { hashOf } from '../documents/document-folder.ts';
import { rootFields } from '../documents/operations.ts';
import type { Execute, ExecutionRequest, ExecutionResult } from '../execution/executor.ts';
import { type AllowedPart, allowedPartOf } from './allowed-part.ts';
import { type FieldNeeds, fieldNeeds, type NeedsOf } from './field-needs.ts';
import { refusalAt, withoutMarkers } from './markers.ts';

const MOST_PARTS = 16; // of one operation: one for each set of needs that a caller does not meet

/** An operation that the gateway has seen. */
interface Seen {
  /** What its fields need; empty if every caller may use all of them. */
  needs: readonly Need[];
  /** By the needs that are not met. */
  parts: LRUCache<string, Part>;
}

interface Part extends AllowedPart {
  /** Its own, so that no plan and no cached answer of the whole operation is taken for one of the part. */
  queryHash: string;
  /** Whether nothing is left to ask subgraphs for. */
  isEmpty: boolean;
}

/**
 * Executes what the caller may use of an operation. The other fields are null, each with the error UNAUTHENTICATED or
 * FORBIDDEN; if there are any, the answer comes at once, without parts. A forbidden mutation is not executed, and the
 * others are. What belongs to an `owner` is executed, as its object decides (judge-owners.ts). Throws an Error if a field
 * of the schema has no permission.
 */
export function refuseForbidden(permissions: Permissions, schema: GraphQLSchema, execute: Execute): Execute {
  const needs = fieldNeeds(permissions, schema);
  const seen = new WeakMap<OperationDefinitionNode, Seen>();

  function see(operation: OperationDefinitionNode, document: DocumentNode): Seen {
    const one = { needs: needs.in(operation, document), parts: new LRUCache<string, Part>({ max: MOST_PARTS }) };
    seen.set(operation, one);
    return one;
  }

  return async (request) => {
    const { operation, document } = request;
    const one = seen.get(operation) ?? see(operation, document);
    if (!one.needs.length) return execute(request);
    const caller = (request.context as GatewayContext).identity;
    if (one.needs.every((need) => meets(caller, need))) return execute(request);
    const unmet = one.needs.filter((need) => !meets(caller, need));
    const key = one.needs.map((need) => Number(unmet.includes(need))).join('');
    const part = one.parts.get(key) ?? partOf(request, key, unmet, needs);
    one.parts.set(key, part);
    return executePart(part, request, caller, execute);
  };
}

function partOf(
  { operation, document, schema, queryHash }: ExecutionRequest,
  key: string,
  unmet: readonly Need[],
  needs: FieldNeeds,
): Part {
  const isUnmet = new Set(unmet);
  const unmetOf: NeedsOf = (...field) => needs.of(...field).filter((need) => isUnmet.has(need));
  const part = allowedPartOf(operation, document, schema, unmetOf);
  const isEmpty = rootFields(part.operation, part.document).every((name) => name.startsWith('__'));
  return { ...part, queryHash: hashOf(`${queryHash} ${operation.name?.value ?? ''} without ${key}`), isEmpty };
}

async function executePart(
  part: Part,
  request: ExecutionRequest,
  caller: Caller,
  execute: Execute,
): Promise<ExecutionResult> {
  const { document, operation, queryHash, root, isNullFor } = part;
  if (isNullFor) return { data: null, errors: [refusalAt(isNullFor, [], caller)] };
  const allowed: ExecutionRequest = { ...request, document, operation, queryHash };
  const answered = (part.isEmpty && answerHere(allowed)) || (await execute(allowed));
  return withoutMarkers(answered, root, caller);
}

/** The answer of an operation without fields of subgraphs; undefined if its variables do not fit, which `execute` refuses. */
function answerHere({ schema, document, request }: ExecutionRequest): ExecutionResult | undefined {
  const { data, errors } = executeSync({ schema, document, variableValues: request.variables });
  return data && !errors ? { data } : undefined;
}
