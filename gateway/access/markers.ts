// Markers stand in an operation for its forbidden fields; in the answer each becomes the null and the error of its field.
import { GraphQLError, type GraphQLOutputType, isListType, isNonNullType } from 'graphql';
import { present } from '../../schema/values/present.ts';
import { type Caller, meets, refusalFor } from '../../schema/wire/need.ts';
import type { Need } from '../../schema/wire/supergraph-artifact.ts';
import type { ExecutionResult } from '../execution/executor.ts';
import type { Path } from '../execution/paths.ts';
import { MOST_PATHS } from '../limits/limits.ts';

/** Stands for a field. */
export interface Marker {
  /** The client's response name of the field. */
  field: string;
  /** Whether the object of the field is null, as the field's type is non-null. */
  nullsObject: boolean;
  forbidden: Forbidden;
}

/** A forbidden field. */
export interface Forbidden {
  /** Its name in the schema. */
  name: string;
  needs: readonly Need[];
  /** From the marked field to it, in the client's names: empty unless the marker stands for a field around it. */
  below: Path;
}

/** The markers in one object of the answer, and in those below it. */
export interface MarkedObject {
  markers: Map<string, Marker>;
  below: Map<string, { type: GraphQLOutputType; place: MarkedObject }>;
}

export const newMarkedObject = (): MarkedObject => ({ markers: new Map(), below: new Map() });

/** The error of a forbidden field; `at` is the path of the marked field. */
export function refusalAt({ name, needs, below }: Forbidden, at: Path, caller: Caller): GraphQLError {
  const unmet = needs.find((need) => !meets(caller, need));
  const refusal = unmet && refusalFor(caller, name, unmet);
  const { message, code } = present(refusal, 'A marker stands for a field that the caller may use.');
  return new GraphQLError(message, { path: [...at, ...below], extensions: { code } });
}

type Data = Readonly<Record<string, unknown>>;

/** The answer without markers. Copies what it changes, as callers may share an answer. */
export function withoutMarkers(result: ExecutionResult, root: MarkedObject, caller: Caller): ExecutionResult {
  const found: GraphQLError[] = [];
  const path: (string | number)[] = [];
  const told = new Map<Marker, number>();

  function tell(marker: Marker): void {
    const before = told.get(marker) ?? 0;
    told.set(marker, before + 1);
    if (before < MOST_PATHS) found.push(refusalAt(marker.forbidden, [...path, marker.field], caller));
  }

  /** The value at a path; null if a forbidden field makes it null. */
  function settled(value: unknown, type: GraphQLOutputType, place: MarkedObject): unknown {
    if (isNonNullType(type)) return settled(value, type.ofType, place);
    if (value === null || value === undefined) return value;
    if (!isListType(type)) return settledObject(value as Data, place);
    const { ofType } = type;
    const items = (value as readonly unknown[]).map((item, i) => at(i, () => settled(item, ofType, place)));
    return isNonNullType(ofType) && items.includes(null) ? null : items;
  }

  function settledObject(object: Data, place: MarkedObject): Data | null {
    const fields = new Map<string, unknown>();
    const nulled = new Set<string>();
    let isNull = false;
    for (const [name, value] of Object.entries(object)) {
      const marker = place.markers.get(name);
      if (marker) {
        tell(marker);
        nulled.add(marker.field);
        fields.set(marker.field, null);
        if (marker.nullsObject) isNull = true;
        continue;
      }
      const below = place.below.get(name);
      const settledValue = below ? at(name, () => settled(value, below.type, below.place)) : value;
      if (settledValue === null && below && isNonNullType(below.type)) isNull = true;
      if (!nulled.has(name)) fields.set(name, settledValue);
    }
    return isNull ? null : Object.fromEntries(fields);
  }

  function at<T>(step: string | number, look: () => T): T {
    path.push(step);
    const value = look();
    path.pop();
    return value;
  }

  const data = result.data ? settledObject(result.data, root) : result.data;
  const errors = [...(result.errors ?? []).map((error) => named(error, root)), ...found];
  return { ...result, ...(data !== undefined && { data }), ...(errors.length && { errors }) };
}

/** An error at a marker, whose subgraph has failed, is one at the field. */
function named(error: GraphQLError, root: MarkedObject): GraphQLError {
  const { path } = error;
  const marker = path && markerAt(path, root);
  if (!marker) return error;
  const { message, originalError, extensions } = error;
  const moved = new GraphQLError(message, {
    path: [...path.slice(0, -1), marker.field],
    extensions,
    ...(originalError && { originalError }),
  });
  return Object.assign(moved, { cause: error.cause });
}

function markerAt(path: Path, root: MarkedObject): Marker | undefined {
  const names = path.filter((step) => typeof step === 'string');
  const place = names
    .slice(0, -1)
    .reduce<MarkedObject | undefined>((above, name) => above?.below.get(name)?.place, root);
  return place?.markers.get(names.at(-1) ?? '');
}
