// The form of the routes of the registry's API.
import type { Holder } from '../rules/holder.ts';
import { refused, type RegistryRefusal } from '../rules/refusal.ts';

/** What a handler answers: an object, or why not. */
export type ApiAnswer = object | RegistryRefusal;

/** Answers a request of a caller whose token is known. */
export type ApiHandler = (request: ApiRequest) => Promise<ApiAnswer>;

export interface ApiRequest {
  holder: Holder;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  body: unknown;
}

/** Adds a route to the API. */
export type ApiRoute = (method: 'GET' | 'POST' | 'DELETE', url: string, handle: ApiHandler) => void;

/** Runs the work if the holder may change the subgraph. */
export const ifMayChange = (isAllowed: boolean, work: () => Promise<ApiAnswer>): Promise<ApiAnswer> =>
  isAllowed ? work() : Promise.resolve(refused('NOT_ALLOWED'));
