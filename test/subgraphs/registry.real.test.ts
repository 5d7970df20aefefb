// The registry on MariaDB, where its transactions run concurrently.
import { after } from 'node:test';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { registrySuite } from './registry.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());

registrySuite('MariaDB', { DATABASE_URL: services.mariadb.url });
