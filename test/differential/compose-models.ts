// Composes drawn models; one that does not compose is thrown away and counted.
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { drawModel } from './draw-model.ts';
import type { Model } from './model.ts';
import { printSubgraphs } from './print.ts';
import { seeded } from './random.ts';

export interface Composed {
  seed: string;
  model: Model;
  sdls: Record<string, string>;
  supergraphSdl: string;
  /** The composition errors of the candidates before it. */
  refused: string[];
}

/** The first supergraph of a seed that composes. */
export function composed(seed: string): Composed {
  const refused: string[] = [];
  for (let attempt = 0; attempt < 50; attempt++) {
    const model = drawModel(seeded(`${seed}/${attempt}`));
    const sdls = printSubgraphs(model);
    const services = Object.entries(sdls).map(([name, sdl]) => ({
      name,
      url: `subgraph://${name}`,
      typeDefs: parse(sdl),
    }));
    const { supergraphSdl, errors } = composeServices(services, { runSatisfiability: true });
    if (supergraphSdl !== undefined) return { seed, model, sdls, supergraphSdl, refused };
    refused.push(errors?.map(({ message }) => message).join('\n') ?? '');
  }
  throw new Error(`No candidate of seed ${seed} composes; the last: ${refused.at(-1) ?? ''}`);
}
