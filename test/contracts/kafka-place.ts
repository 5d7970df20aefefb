// Many empty buses on one broker: each test has its topics and groups under a name of its own.
import { openKafkaBus } from '../../infra/bus.kafka.ts';
import type { Bus, Topics } from '../../infra/bus.ts';
import { log as silent, topics } from './bus.ts';

/** The bus of a place, given as the broker's URL and, after a #, what goes before every name. */
export function openInPlace(place: string, onCrash: (error: Error) => void = () => undefined, log = silent): Bus {
  const [url = '', prefix = ''] = place.split('#');
  const own = Object.fromEntries(Object.entries(topics).map(([name, how]) => [prefix + name, how])) as Topics;
  const bus = openKafkaBus({ url, topics: own, log, onCrash });
  const there = (name: string) => prefix + name;
  return {
    ...bus,
    publish: (list) => bus.publish(list.map((message) => ({ ...message, topic: there(message.topic) }))),
    subscribe: (how, handle) =>
      bus.subscribe({ ...how, group: there(how.group), topics: how.topics.map(there) }, (batch) =>
        handle(batch.map((delivery) => ({ ...delivery, topic: delivery.topic.slice(prefix.length) }))),
      ),
    backlog: (group) => bus.backlog(there(group)),
  };
}
