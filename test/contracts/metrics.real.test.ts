// The metrics of a process on MariaDB, Redis and Kafka.
import { after } from 'node:test';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { metricsContract } from './metrics.ts';

const services = await openServices(['mariadb', 'redis', 'kafka']);
after(() => services[Symbol.asyncDispose]());

metricsContract('on servers', {
  DATABASE_URL: services.mariadb.url,
  REDIS_URL: services.redis.url,
  KAFKA_URL: `${services.kafka.url}?session=1500`,
});
