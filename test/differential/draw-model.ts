// Draws a supergraph from a seed.
import type { Draft } from './draft.ts';
import { drawFields, drawHidden, drawOverrides, drawProvided, drawRequired, drawRoots } from './draw-fields.ts';
import { drawAdded, drawEntities, drawInputs, drawInterfaces, drawUnions, drawValues } from './draw-types.ts';
import type { Model } from './model.ts';
import type { Random } from './random.ts';

const NAMES = ['alpha', 'beta', 'gamma', 'delta', 'omega'];

/** A supergraph of two to five subgraphs. Almost all of them compose. */
export function drawModel(random: Random): Model {
  const model: Model = {
    subgraphs: NAMES.slice(0, 2 + random.below(4)),
    objects: new Map(),
    interfaces: new Map(),
    unions: new Map(),
    enums: new Map(),
    inputs: new Map(),
  };
  const draft: Draft = {
    random,
    model,
    sealed: new Set(),
    barred: new Set(),
    reserved: new Map(),
    pinned: new Set(),
  };
  drawInputs(draft);
  drawValues(draft);
  drawEntities(draft);
  drawInterfaces(draft);
  drawUnions(draft);
  drawAdded(draft);
  drawFields(draft);
  drawRoots(draft);
  drawOverrides(draft);
  drawRequired(draft);
  drawProvided(draft);
  drawHidden(draft);
  return model;
}
