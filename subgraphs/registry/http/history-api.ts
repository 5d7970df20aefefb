// The part of the registry's API that only reads: what was published, and what was served when.
import type { KnownOperation } from '../../../schema/composition/check/finding.ts';
import { refused } from '../rules/refusal.ts';
import type { RegistryStores } from '../store/stores.ts';
import type { ApiRoute } from './api-route.ts';

const MOST_VERSIONS = 100;
const USUAL_DAYS = 30;

/** An operation without its text and its coordinates. */
const shown = ({ id, name, client, clientVersion, count, lastSeen }: KnownOperation) => ({
  ...{ id, name, client, clientVersion, count, lastSeen },
});

/** A positive whole number in a path or query; undefined if it is none. */
const numberIn = (text = ''): number | undefined => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined);

export function serveHistory(route: ApiRoute, { catalog, checking, usage, gateways }: RegistryStores): void {
  route('GET', '/subgraphs', async () => {
    const [{ served }, subgraphs] = await Promise.all([catalog.head(), catalog.subgraphs()]);
    const rows = subgraphs.map(async ({ name, urls, createdAt }) => {
      const latest = (await catalog.versions(name, 1))[0]?.version ?? null;
      return { name, urls, createdAt, latest, served: served?.members[name]?.version ?? null };
    });
    return { supergraph: served?.version ?? null, subgraphs: await Promise.all(rows) };
  });

  route('GET', '/subgraphs/:name/versions', async ({ params: { name = '' } }) => {
    if (!(await catalog.subgraph(name))) return refused('UNKNOWN_SUBGRAPH');
    const { served } = await catalog.head();
    const versions = await catalog.versions(name, MOST_VERSIONS);
    return {
      versions: versions.map((each) => ({ ...each, isServed: served?.members[name]?.version === each.version })),
    };
  });

  route('GET', '/subgraphs/:name/versions/:version', async ({ params: { name = '', version } }) => {
    const wanted = version === 'latest' ? undefined : (numberIn(version) ?? 0);
    return (await catalog.version(name, wanted)) ?? refused('UNKNOWN_VERSION');
  });

  route('GET', '/subgraphs/:name/diff/:from/:to', async ({ params: { name = '', from, to } }) => {
    const [before, after] = await Promise.all([from, to].map((each) => catalog.version(name, numberIn(each) ?? 0)));
    if (!before || !after) return refused('UNKNOWN_VERSION');
    return { changes: await checking.difference('subgraph', before.sdl, after.sdl) };
  });

  route('GET', '/supergraph/diff/:from/:to', async ({ params: { from, to } }) => {
    const [before, after] = await Promise.all([from, to].map((each) => catalog.supergraph(numberIn(each) ?? 0)));
    if (!before || !after) return refused('UNKNOWN_VERSION');
    return { changes: await checking.difference('client', before.apiSdl, after.apiSdl) };
  });

  route('GET', '/usage/:coordinate', async ({ params: { coordinate = '' }, query: { days } }) => {
    const within = numberIn(days) ?? USUAL_DAYS;
    const [used, pushed, since] = await Promise.all([
      usage.operations(within),
      catalog.pushedDocuments(),
      usage.countedSince(),
    ]);
    const uses = used.filter(({ coordinates }) => coordinates.includes(coordinate));
    const documents = await checking.documentsUsing(coordinate, pushed);
    return { coordinate, days: within, countedSince: since, uses: uses.map(shown), documents: documents.map(shown) };
  });

  route('GET', '/supergraph/versions', async () => {
    const page = { after: null, before: null, backward: false, most: MOST_VERSIONS };
    const [versions, live] = await Promise.all([catalog.supergraphs(page), gateways.live()]);
    return {
      gateways: live.length,
      versions: versions.map((each) => ({
        ...each,
        gateways: live.filter(({ supergraph }) => supergraph === each.version).length,
        failedAt: live.filter(({ failed }) => failed === each.version).length,
      })),
    };
  });

  route('GET', '/supergraph/versions/:version', async ({ params: { version } }) => {
    const { served } = await catalog.head();
    const wanted = version === 'latest' ? served?.version : numberIn(version);
    return (wanted === undefined ? null : await catalog.supergraph(wanted)) ?? refused('UNKNOWN_VERSION');
  });
}
