// Prints the effective configuration with secrets masked, or every fault in it: npm run config
import { isEmbedded } from '../../config/adapter-url.ts';
import { poolsOfAll, poolsTogether } from '../pools.ts';
import { runCommand } from '../../process/command.ts';
import { CONNECTIONS } from '../../database/database.mysql.ts';
import { describeDerived, partnerPlace, partnersIn } from '../config/derived.ts';
import { type Config, describeConfig, readConfig } from '../config/config.ts';
import { printingTo } from '../../logging/printable.ts';
import { parseServerUrl } from '../../config/server-url.ts';

/** The maximum of database connections; printed as a comment, so that the whole output is valid configuration. */
function connectionsOf({ DATABASE_URL }: Config): string[] {
  if (isEmbedded(DATABASE_URL)) return [];
  const each = Number(parseServerUrl(DATABASE_URL).options.get('pool') ?? CONNECTIONS);
  const upTo = (pools: number) => `${pools * each} (${pools} pools of ${each})`;
  return [
    `# database connections at most: ${upTo(poolsTogether)} for everything in one process, ` +
      `${upTo(poolsOfAll)} for one replica of every service; fewer where the server grants fewer`,
  ];
}

function show(): void {
  const config = readConfig(process.env);
  const derived = Object.entries(describeDerived(config)).map(([name, value]) => `# ${name}=${value}`);
  const partners = partnersIn(config).map(
    (partner) => `# ${partner.name} listens on port ${partnerPlace(config, partner).port}`,
  );
  const follows = ['# Unset variables mean:', ...derived, ...partners, ...connectionsOf(config)];
  printingTo(process.stdout).write(`${[...describeConfig(config), ...follows].join('\n')}\n`);
}

if (import.meta.main) await runCommand(show);
