// The supervisor of services in separate processes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programs, replicas } from '../../infra/system/run/start-apart.ts';
import { services } from '../../infra/system/service.ts';
import { keepRunning, runOnce } from '../../infra/process/lifecycle/supervisor.ts';
import { eventually } from '../kit/eventually.ts';

/** Runs this code as a supervised program, and records the supervisor's output about it. */
function supervised(code: string, stop = 10_000) {
  const lines: string[] = [];
  const say = (name: string, line: string) => void lines.push(`${name}: ${line}`);
  const end = keepRunning({ name: 'p', args: ['-e', code] }, say, { first: 1, longest: 4, steady: 60_000, stop });
  return { lines, end };
}

test('a program that dies is restarted, after pauses that double up to the longest', async () => {
  const { lines, end } = supervised('console.log("here"); process.exit(3)');
  const pauses = () => lines.flatMap((line) => /ended with code 3; restarts in (\d+) ms/.exec(line)?.[1] ?? []);
  await eventually(() => pauses().length >= 4);
  assert.deepEqual(pauses().slice(0, 4), ['1', '2', '4', '4']);
  assert.equal(lines[0], 'p: here', 'its own lines come under its name');
  await end();
});

test('a killed program is restarted', async () => {
  const { lines, end } = supervised('console.log(process.pid); setInterval(() => {}, 1000)');
  await eventually(() => lines.length === 1);
  process.kill(Number(lines[0]!.slice(3)), 'SIGKILL');
  await eventually(() => lines.length === 3);
  assert.match(lines[1]!, /ended with SIGKILL/);
  await end();
});

test('stopping waits for a program to finish, and does not restart it', async () => {
  const { lines, end } = supervised(
    'process.on("SIGTERM", () => { console.log("finished"); process.exit(0) }); setInterval(() => {}, 1000); console.log("up")',
  );
  await eventually(() => lines.length === 1);
  await end();
  assert.deepEqual(lines, ['p: up', 'p: finished']);
});

test('a program that does not stop in time is killed', async () => {
  const { lines, end } = supervised(
    'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up")',
    50,
  );
  await eventually(() => lines.length === 1);
  await end();
  assert.deepEqual(lines, ['p: up']);
});

test('a failed step before the start is reported by its name', async () => {
  const migrate = { name: 'migrate', args: ['-e', 'process.exit(1)'] };
  await assert.rejects(
    runOnce(migrate, () => undefined),
    /migrate failed \(code 1\)/,
  );
});

test('each replica has its own port, and the gateway knows all replicas of a subgraph', () => {
  const all = programs(replicas(['fare=2', 'rebuild-fares=2', 'travel=0']));
  const places = all.map(({ name, env }) => `${name} ${env?.['PORT']}`);
  assert.equal(places.length, services.length + 1); // two services twice, one not at all
  for (const place of ['fare-1 4001', 'fare-2 5001', 'rebuild-fares-1 4101', 'rebuild-fares-2 5101', 'order 4005'])
    assert.ok(places.includes(place), place);
  assert.ok(!places.some((place) => place.startsWith('travel')));
  assert.equal(places.at(-1), 'gateway 4000');
  assert.equal(all.at(-1)!.env?.['FARE_URL'], 'http://localhost:4001,http://localhost:5001');
  assert.equal(all.at(-1)!.env?.['ACCOUNT_URL'], 'http://localhost:4004');
  const moved = programs(replicas(['fare=2']), 14_000).at(-1)!.env!;
  assert.deepEqual([moved['PORT'], moved['FARE_URL']], ['14000', 'http://localhost:14001,http://localhost:15001']);
  const advice = "PORT: give a whole number from 1 to 62534; the other services' are up to 3001 above it";
  for (const port of [0, 62_535, Number('http')]) {
    assert.throws(() => programs(replicas(['fare=4']), port), { message: advice });
  }
  assert.throws(() => replicas(['fares=2']), /There is no service fares; there are [^]*account, fare, /);
  assert.throws(() => replicas(['fare=many']), /fare=many: give SERVICE=COUNT/);
});
