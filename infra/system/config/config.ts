// The configuration: the settings of every part of the system.
import {
  addressSettings,
  type CalledSubgraph,
  gatewaySettings,
  timeoutSettings,
  urlVariable,
} from '../../../gateway/settings.ts';
import { cacheSettings } from '../../cache/settings.ts';
import { isEmbedded } from '../../config/adapter-url.ts';
import { keySettings } from '../../config/keys.ts';
import {
  describeSettings,
  type GivenSettings,
  readSettings,
  type SettingsOf,
  type SettingsShape,
} from '../../config/settings.ts';
import { databaseSettings } from '../../database/settings.ts';
import { httpSettings } from '../../http/settings.ts';
import { logSettings } from '../../logging/settings.ts';
import { busSettings } from '../../messaging/settings.ts';
import { missingPartnerKeys, partnerSettings } from '../../partners/settings.ts';
import { processSettings } from '../../process/settings.ts';
import { tracingSettings } from '../../tracing/settings.ts';
import { partners, subgraphs } from '../services.ts';

const called: readonly CalledSubgraph[] = subgraphs;

const known = {
  ...processSettings,
  ...databaseSettings,
  ...cacheSettings,
  ...busSettings,
  ...httpSettings,
  ...keySettings,
  ...gatewaySettings,
  ...timeoutSettings(called),
  ...partnerSettings,
  ...logSettings,
  ...tracingSettings,
} as const;

/** The variables by the file that declares them; `npm run check` fails when two declare the same. */
export const settingsByFile: readonly (readonly [file: string, shape: SettingsShape])[] = [
  ['infra/process/settings.ts', processSettings],
  ['infra/database/settings.ts', databaseSettings],
  ['infra/cache/settings.ts', cacheSettings],
  ['infra/messaging/settings.ts', busSettings],
  ['infra/http/settings.ts', httpSettings],
  ['infra/config/keys.ts', keySettings],
  ['gateway/settings.ts', { ...gatewaySettings, ...timeoutSettings(called) }],
  ['infra/partners/settings.ts', partnerSettings],
  ['infra/logging/settings.ts', logSettings],
  ['infra/tracing/settings.ts', tracingSettings],
  ['gateway/settings.ts', addressSettings(called)],
  ...subgraphs.map(({ name, settings }): [string, SettingsShape] => [`subgraphs/${name}/settings.ts`, settings]),
];

/** Every variable; the table in infra/README.md is rendered from it. */
export const variables: typeof known & SettingsShape = {
  ...known,
  ...Object.fromEntries(settingsByFile.flatMap(([, shape]) => Object.entries(shape))),
};

/** The effective configuration. Durations are milliseconds. A subgraph's own settings are `settingsOf` it. */
export type Config = SettingsOf<typeof known>;

/** The configuration in these environment variables. Throws an Error that lists every fault, one a line. */
export const readConfig = (env: GivenSettings): Config =>
  readSettings(variables, env, (given) => [...missingOfferKeys(given), ...missingPartnerKeys(partners, given)]);

function missingOfferKeys({ DATABASE_URL, OFFER_SIGNING_KEYS }: GivenSettings): string[] {
  if (isEmbedded(DATABASE_URL ?? 'sqlite:') || OFFER_SIGNING_KEYS !== undefined) return [];
  const why = 'on a real database every process must sign with the same keys; make one with: openssl rand -base64 32';
  return [`- OFFER_SIGNING_KEYS: ${why}`];
}

/** The effective configuration, one `NAME=value` a line, with secrets masked. */
export const describeConfig = (config: Config): string[] => describeSettings(variables, config);

/** The settings of one subgraph: readConfig read them with the others. */
export const settingsOf = <Shape extends SettingsShape>(_of: { settings: Shape }, config: Config) =>
  config as unknown as SettingsOf<Shape>;

/** The addresses at which a gateway in a process of its own finds each subgraph. */
export const subgraphAddresses = (config: Config): [name: string, urls: readonly string[]][] =>
  subgraphs.map(({ name }) => [name, (config as unknown as Record<string, string[]>)[urlVariable(name)] ?? []]);
