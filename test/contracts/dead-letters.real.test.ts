// Dead letters on Kafka and MariaDB.
import { after } from 'node:test';
import { openKafkaBus } from '../../infra/bus.kafka.ts';
import { mysql } from '../../infra/database.mysql.ts';
import { openServices } from '../../infra/services/open.ts';
import { topics } from '../../schema/events.ts';
import { deadLetterContract, log } from './dead-letters.ts';

const services = await openServices(['kafka', 'mariadb']);
after(() => services[Symbol.asyncDispose]());

let places = 0;
deadLetterContract({
  name: 'Kafka and MariaDB',
  async open() {
    const place = `place${places++}`;
    const url = `${services.kafka.url}?session=1500&prefix=${place}.`;
    const database = new URL(services.mariadb.url);
    database.pathname = `/${place}`;
    return {
      bus: openKafkaBus({ url, topics, log, onCrash: () => undefined }),
      adapter: (room) => mysql(database.href, room, 'now'),
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
});
