// The same on MariaDB, Redis and Kafka, with a process for each service: the process at work is killed and restarted.
// A selection, to save time: a failpoint of each kind, each in another service. npm run test:crash -- real covers all
// of them.
import { after } from 'node:test';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { cell, dieAt, openLane, urlsOf } from './crash.ts';

const services = await openServices(['mariadb', 'redis', 'kafka']);
after(() => services[Symbol.asyncDispose]());
const lane = openLane(urlsOf(services));
after(() => lane[Symbol.asyncDispose]());

dieAt(lane, [
  cell('paid', 'order:after-commit'),
  cell('paid', 'relay-outbox:after-publish'),
  cell('paid', 'hold-stock:after-effect'),
  cell('paid', 'payment:after-answer'),
  cell('paid', 'settle-orders:before-commit', 2), // the capture
  cell('paid', 'issue-tickets:after-answer'),
  cell('unpaid', 'close-orders:after-commit'),
  cell('cancelled', 'refund-payments:after-answer'),
  cell('no tickets', 'poll-payments:after-answer'),
]);
