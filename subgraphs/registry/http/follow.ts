// Hands the supergraph to the gateways, which ask again and again, and reports what they serve.
import { FOLLOWED_FOR, followBody, pushedPosition } from '../../../schema/wire/registry-routes.ts';
import type { RouteHandler } from '../../runtime/routes.ts';
import type { Agreements } from '../store/agreements.ts';
import type { Gateways } from '../store/gateways.ts';

/** Answers when there is something else to serve, and with 204 after FOLLOWED_FOR. */
export const followSupergraph =
  (gateways: Gateways): RouteHandler =>
  async ({ body, signal }) => {
    const asked = followBody.safeParse(JSON.parse(body.toString()));
    if (!asked.success) return { status: 400 }; // a gateway of another release
    const { gateway, serving, version, failed } = asked.data;
    await gateways.report({ gateway, supergraph: version, failed });
    const artifact = await gateways.next(
      { serving, failed },
      AbortSignal.any([signal, AbortSignal.timeout(FOLLOWED_FOR)]),
    );
    if (!artifact) return { status: 204 };
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(artifact) };
  };

/** Answers with the documents that were pushed after a position. */
export const listPushedDocuments =
  (agreements: Pick<Agreements, 'pushedAfter'>): RouteHandler =>
  async ({ body }) => {
    const after = pushedPosition.safeParse(JSON.parse(body.toString()));
    if (!after.success) return { status: 400 };
    const documents = await agreements.pushedAfter(after.data);
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ documents }) };
  };
