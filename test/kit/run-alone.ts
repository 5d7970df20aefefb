// Runs one service on embedded adapters in a folder, until its parts were probed once: node run-alone.ts NAME FOLDER. For
// tests of what it loads; infra/start.ts refuses to start such a service, as others need the same parts.
import { partners } from '../../infra/system/services.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { embeddedIn } from '../../infra/system/embedded.ts';
import { startAlone } from '../../infra/system/run/alone.ts';
import { listen } from '../../infra/http/listen.ts';
import { openLog } from '../../infra/logging/log.ts';

const [name = '', folder = ''] = process.argv.slice(2);
const isPartner = partners.some((partner) => partner.name === name);
const key = Buffer.alloc(32, 7).toString('base64');
const elsewhere = {
  ...{ PAYMENT_PROVIDER_URL: 'http://127.0.0.1:9', TICKET_ISSUER_URL: 'http://127.0.0.1:9' }, // nothing listens there
  ...{ PAYMENT_PROVIDER_KEY: key, PAYMENT_WEBHOOK_SECRET: key, TICKET_ISSUER_KEY: key },
};
const config = readConfig({ ...embeddedIn(folder), ...(!isPartner && elsewhere) });
const { app, stop } = await startAlone(name, config, openLog({ level: 'warn', json: false }));
const port = await listen(app, { host: '127.0.0.1', port: 0 });
await fetch(`http://127.0.0.1:${port}/readyz`).then((answer) => answer.text());
await stop();
