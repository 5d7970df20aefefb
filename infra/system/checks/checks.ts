// All checks: those that every subgraph has, each subgraph's own, and those across subgraphs.
import { order } from '../../../subgraphs/order/subgraph.ts';
import { payment } from '../../../subgraphs/payment/subgraph.ts';
import type { SubgraphDefinition } from '../../../subgraphs/runtime/definition.ts';
import { stock } from '../../../subgraphs/stock/subgraph.ts';
import type { VerifyCheck } from '../../database/audit.ts';
import type { Database, Tables } from '../../database/database.ts';
import type { KeptMessages } from '../../messaging/message-log.ts';
import { mailFolder } from '../../partners/mail.ts';
import type { Clock } from '../../process/clock.ts';
import type { Config } from '../config/config.ts';
import type { Statements } from '../partner-wiring.ts';
import { subgraphs, type SubgraphName } from '../services.ts';
import { eventChecks } from './audit-events.ts';
import { holdsFitOrders } from './checks-between.ts';
import { markChecks } from './checks-marks.ts';
import { moneyFitsOrders } from './checks-money.ts';
import { partnersAgree } from './checks-partners.ts';
import { personalChecks } from './checks-personal.ts';

/** What the checks read. */
interface Checked {
  config: Config;
  now: Clock;
  database(tables: Tables): Promise<Database>;
  keptMessages(): Promise<KeptMessages | null>;
  statements: Statements;
}

/** All checks, on the databases that the configuration names. */
export async function checksOf({
  config,
  database,
  keptMessages,
  now: clock,
  statements,
}: Checked): Promise<VerifyCheck[]> {
  const databases: Partial<Record<string, Database>> = {};
  for (const subgraph of subgraphs) databases[subgraph.name] = await database(await subgraph.tables());
  const of = (subgraph: { name: SubgraphName }): Database => databases[subgraph.name]!;
  const now = clock(); // the databases' time once they are open
  const own = await Promise.all(
    subgraphs.map(async (subgraph: SubgraphDefinition & { name: SubgraphName }) => [
      ...((await subgraph.checks?.(of(subgraph), now)) ?? []),
      ...eventChecks(subgraph.name, of(subgraph), now),
      ...markChecks(subgraph.name, of(subgraph), now),
    ]),
  );
  return [
    ...own.flat(),
    ...holdsFitOrders(of(stock), of(order)),
    ...moneyFitsOrders(of(order), of(payment)),
    ...partnersAgree(of(order), of(payment), statements),
    ...personalChecks(
      {
        ...{ databases: databases as Record<SubgraphName, Database> },
        ...{ messages: await keptMessages(), mailFolder: mailFolder(config.MAIL_URL) },
      },
      now,
    ),
  ];
}
