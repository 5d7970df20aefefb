// Versions of a small supergraph: a field appears, disappears, and moves to another subgraph. Its subgraphs answer all
// versions, as those do that are released before the schema is published.
import { composed } from '../../schema/composition/composition.ts';
import { ownArtifact } from '../../gateway/supergraph/committed.ts';
import { present } from '../../schema/values/present.ts';
import type { SupergraphArtifact } from '../../schema/wire/supergraph-artifact.ts';
import { openToAll } from '../kit/permissions.ts';
import { callOf, type MadeUp, ref } from './supergraph.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@cost"])';
const travel = (fields: string) =>
  `${link} type Query { airport: Airport } type Airport @key(fields: "code") { code: String! ${fields} }`;
const places = `${link} type Airport @key(fields: "code") { code: String! city: String country: String }`;

/** The SDL of each subgraph in each version. */
const versions = {
  /** City and country are of travel. */
  first: { travel: travel('city: String country: String') },
  /** The airport has gates, too. */
  more: { travel: travel('city: String country: String gates: Int') },
  /** The city costs more, and the client schema is as in the first. */
  costly: { travel: travel('city: String @cost(weight: 60) country: String') },
  /** City and country are of another subgraph, and the client schema is as in the first. */
  moved: { travel: travel(''), places },
} as const;

export type VersionName = keyof typeof versions;

/** Subgraphs by name, with SDLs of all versions. City and country say who gave them. */
export const airportSubgraphs: Readonly<Record<string, MadeUp>> = {
  travel: {
    sdl: versions.more.travel,
    rows: { airport: { __typename: 'Airport', code: 'DEL', city: 'travel', country: 'travel', gates: 90 } },
    fields: { 'Query.airport': () => ref('airport') },
  },
  places: {
    sdl: places,
    rows: { airport: { __typename: 'Airport', code: 'DEL', city: 'places', country: 'places' } },
    fields: {},
  },
};

/** How to call them; `asked` lists the requests. */
export const airportCalls = (asked: string[] = []) =>
  Object.fromEntries(Object.entries(airportSubgraphs).map(([name, each]) => [name, callOf(each, asked)]));

/** A version as the registry would have it under this number. */
export function versionOf(name: VersionName, version: number): SupergraphArtifact {
  const { supergraphSdl } = composed(Object.entries(versions[name]).map(([part, sdl]) => ({ name: part, sdl })));
  const subgraphs = Object.fromEntries(
    Object.keys(versions[name]).map((part) => [part, { version, generation: 1, urls: [], errorCodes: [] }]),
  );
  const sdl = present(supergraphSdl, 'The version does not compose.');
  return { ...ownArtifact(sdl, openToAll(sdl)), version, subgraphs };
}
