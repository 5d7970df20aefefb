// The parent value of the resolvers of each type: the row or value behind the type.
import type { Connection } from '../../../schema/terms/connection.ts';
import type { RegisteredSubgraph, SubgraphVersion, SupergraphSummary } from '../store/catalog.ts';
import type { LiveGateway } from '../store/gateways.ts';

export type PublishedSubgraphSource = RegisteredSubgraph;
export type SubgraphVersionSource = SubgraphVersion;
export type SupergraphVersionSource = SupergraphSummary;
export type SupergraphVersionConnectionSource = Connection<SupergraphSummary>;
export type ServingGatewaySource = LiveGateway;
