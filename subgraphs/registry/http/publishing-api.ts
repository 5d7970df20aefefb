// The part of the registry's API that changes something: create, check, publish, delete, roll back, approve, push.
import { z } from 'zod';
import { type Holder, mayChange, nameOfHolder } from '../rules/holder.ts';
import { refused } from '../rules/refusal.ts';
import type { RegistryStores } from '../store/stores.ts';
import { type ApiAnswer, type ApiRequest, type ApiRoute, ifMayChange } from './api-route.ts';

const TOKEN_HOLDS = 365; // days, unless the request says how many

const LONGEST_DOCUMENT = 20_000; // characters; a gateway takes no more than 2,000 tokens

const text = (most: number) => z.string().max(most);
const bodies = {
  create: z.object({ name: text(100), url: text(2000), days: z.number().default(TOKEN_HOLDS) }),
  token: z.object({ days: z.number().default(TOKEN_HOLDS) }).default({ days: TOKEN_HOLDS }),
  check: z.object({ sdl: z.string().nullable() }),
  lint: z.object({ name: text(100), sdl: z.string() }),
  publish: z.object({
    sdl: z.string(),
    url: text(2000).optional(),
    expect: z.number().int().nonnegative().optional(),
    commit: text(255).nullable().default(null),
    author: text(255).nullable().default(null),
  }),
  rollback: z.object({
    version: z.number().int().positive().optional(),
    force: z.boolean().default(false),
    reason: text(1000).nullable().default(null),
  }),
  approve: z.object({ change: text(64), reason: z.string(), days: z.number() }),
  push: z.object({ client: text(255), documents: z.array(text(LONGEST_DOCUMENT)).min(1).max(1000) }),
} as const;

/** Reads a body, and answers with what is wrong with it. */
async function reading<Shape extends z.ZodType>(
  shape: Shape,
  body: unknown,
  work: (read: z.infer<Shape>) => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  const read = shape.safeParse(body);
  if (read.success) return work(read.data);
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`);
  return refused('BAD_INPUT', faults.join(' '));
}

const isOperator = ({ kind }: Holder): boolean => kind === 'operator';

export function servePublishing(
  route: ApiRoute,
  { teams, publishing, rollback, checking, agreements }: RegistryStores,
): void {
  const nameIn = ({ params }: ApiRequest): string => params['name'] ?? '';
  const mine = (request: ApiRequest): boolean => mayChange(request.holder, nameIn(request));

  route('POST', '/subgraphs', ({ holder, body }) =>
    ifMayChange(isOperator(holder), () =>
      reading(bodies.create, body, (request) => teams.create({ ...request, by: nameOfHolder(holder) })),
    ),
  );
  route('POST', '/subgraphs/:name/token', (request) =>
    ifMayChange(isOperator(request.holder), () =>
      reading(bodies.token, request.body, ({ days }) => teams.renew({ name: nameIn(request), days })),
    ),
  );
  route('POST', '/subgraphs/:name/check', (request) =>
    ifMayChange(mine(request), () =>
      reading(bodies.check, request.body, ({ sdl }) => publishing.check(nameIn(request), sdl)),
    ),
  );
  route('POST', '/subgraphs/:name/versions', (request) =>
    ifMayChange(mine(request), () =>
      reading(bodies.publish, request.body, (version) =>
        publishing.publish({ ...version, name: nameIn(request), by: nameOfHolder(request.holder) }),
      ),
    ),
  );
  route('DELETE', '/subgraphs/:name', (request) =>
    ifMayChange(mine(request), () => publishing.delete(nameIn(request), nameOfHolder(request.holder))),
  );
  route('POST', '/supergraph/rollback', ({ holder, body }) =>
    ifMayChange(isOperator(holder), () =>
      reading(bodies.rollback, body, async ({ version: to, force, reason }) => {
        if (force && !reason?.trim()) return refused('BAD_INPUT', 'To force a rollback, give a reason.');
        return rollback({ to, force, reason, by: nameOfHolder(holder) });
      }),
    ),
  );
  route('POST', '/lint', ({ body }) => reading(bodies.lint, body, (part) => checking.lint(part)));
  route('POST', '/approvals', ({ holder, body }) =>
    ifMayChange(isOperator(holder), () =>
      reading(bodies.approve, body, (request) => agreements.approve({ ...request, by: nameOfHolder(holder) })),
    ),
  );
  route('POST', '/operations', ({ holder, body }) =>
    reading(bodies.push, body, async ({ client, documents }) => {
      const faults = await checking.documentFaults(documents);
      if (faults.length) return refused('BAD_INPUT', `Nothing was pushed. ${faults.slice(0, 20).join(' ')}`);
      return { pushed: documents.length, added: await agreements.push(client, documents, nameOfHolder(holder)) };
    }),
  );
}
