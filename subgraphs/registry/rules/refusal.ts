// Why the registry refuses: each code with its usual sentence.
import type { Finding } from '../../../schema/composition/check/finding.ts';
import { type Refusal, refusals } from '../../../schema/errors.ts';

const sentences = {
  UNKNOWN_SUBGRAPH: 'There is no subgraph of this name: create it first, with `subgraph create NAME --url URL`.',
  SUBGRAPH_EXISTS: 'There is a subgraph of this name already.',
  BAD_NAME:
    'A subgraph is named by 2 to 40 lower-case letters, digits and single hyphens, beginning with a letter, as `loyalty`.',
  BAD_URL: 'Give http://HOST:PORT or https://HOST:PORT without a path, replicas by comma: the gateway adds /graphql.',
  URL_NOT_ALLOWED: 'The URL leads to an address outside SUBGRAPH_NETWORKS.',
  UNKNOWN_VERSION: 'There is no such version.',
  VERSION_CHANGED: 'The subgraph has another version than the expected one.',
  OVERTAKEN: 'Another change was served meanwhile: look at it, then try again.',
  NAME_REUSED: 'A subgraph of that version belongs to another team now: go back to a version without it.',
  NOTHING_SERVED: 'No supergraph is served yet.',
  CHECK_FAILED: 'The check failed: nothing was stored.',
  NOT_ALLOWED: 'This token may not do that.',
  BAD_INPUT: 'The request is not complete.',
} as const;

export type RegistryRefusalCode = keyof typeof sentences;

/** Why the registry refuses; with the findings of a check that failed. */
export interface RegistryRefusal extends Refusal<RegistryRefusalCode> {
  findings?: readonly Finding[];
}

/** A refusal with the code's sentence, or with a more specific one. */
export const refused = refusals<RegistryRefusalCode>(sentences);
