// docker-compose.yml and the image: valid, complete, in the right order, and no more open than necessary.
import { Ajv } from 'ajv';
import assert from 'node:assert/strict';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { whyNotAlone } from '../../infra/system/shared-parts.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { serviceNames } from '../../infra/system/service.ts';
import { ours, readCompose, root } from '../kit/compose-file.ts';

/** The violations of the Compose Specification's own JSON schema, which dclint contains. */
async function faults(text: string): Promise<string[]> {
  const file = join(root, 'node_modules/dclint/schemas/compose.schema.json');
  const { $schema: _, ...schema } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.validate(schema, parse(text, { merge: true }));
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const compose = readCompose();

test('the file is valid by the Compose Specification, and a mistake in it would be found', async () => {
  const text = await readFile(join(root, 'docker-compose.yml'), 'utf8');
  assert.deepEqual(await faults(text), []);
  assert.match((await faults(text.replace('interval:', 'intervall:'))).join(), /must NOT have additional properties/);
});

test('the overlay of npm run services is valid, too, and changes only the servers', async () => {
  const text = await readFile(join(root, 'infra/system/private-servers/on-this-machine.yml'), 'utf8');
  assert.deepEqual(await faults(text), []);
  const { services } = parse(text) as { services: typeof compose };
  assert.deepEqual(Object.keys(services), ['mysql', 'redis', 'kafka']);
  for (const [name, { environment = {} }] of Object.entries(services)) {
    const known = Object.keys(compose[name]!.environment ?? {});
    assert.deepEqual(
      Object.keys(environment).filter((variable) => !known.includes(variable)),
      [],
    );
  }
});

test('every service of the system is in it, one in each container, with settings that it starts on', () => {
  for (const name of serviceNames) {
    const { command, environment } = compose[name]!;
    assert.deepEqual(command, ['node', 'infra/start.ts', name]);
    assert.deepEqual(whyNotAlone(name, readConfig(environment!)), []);
  }
  assert.deepEqual(ours(compose).sort(), [...serviceNames, 'migrate', 'demo-data'].sort());
});

test('only the gateway, the pages of the demo payment provider and the dashboards are published, and only on this machine', () => {
  const published = Object.entries(compose).flatMap(
    ([name, service]) => service.ports?.map((port) => [name, port]) ?? [],
  );
  assert.deepEqual(published, [
    ['gateway', '127.0.0.1:4000:4000'],
    ['payment-provider', '127.0.0.1:4201:4000'],
    ['grafana', '127.0.0.1:3000:3000'],
  ]);
});

test('on another port the addresses of tickets follow', () => {
  const { gateway } = readCompose({ PORT: '5000' });
  assert.deepEqual(gateway!.ports, ['127.0.0.1:5000:4000']);
  assert.equal(gateway!.environment!['PUBLIC_URL'], 'http://localhost:5000');
  const elsewhere = readCompose({ PORT: '5000', PUBLIC_URL: 'https://fly.example' });
  assert.equal(elsewhere['gateway']!.environment!['PUBLIC_URL'], 'https://fly.example');
});

test('a service starts on healthy servers and migrated databases, the gateway on healthy subgraphs', () => {
  const healthy = (...names: string[]) => names.map((name) => [name, { condition: 'service_healthy' }]);
  const migrated = ['migrate', { condition: 'service_completed_successfully' }];
  for (const name of serviceNames.filter((name) => name !== 'gateway')) {
    assert.deepEqual(Object.entries(compose[name]!.depends_on!), [...healthy('mysql', 'redis', 'kafka'), migrated]);
  }
  assert.deepEqual(
    Object.entries(compose['gateway']!.depends_on!),
    healthy('account', 'fare', 'travel', 'stock', 'order', 'payment', 'operations', 'registry'),
  );
  assert.deepEqual(Object.entries(compose['migrate']!.depends_on!), healthy('mysql'));
});

test('monitoring starts only on request, from pinned images, on existing files', async () => {
  const watchers = Object.entries(compose).filter(([, { profiles }]) => profiles !== undefined);
  assert.deepEqual(
    watchers.map(([name, { profiles }]) => `${profiles!.join()} ${name}`),
    ['prometheus', 'tempo', 'loki', 'alloy', 'grafana'].map((name) => `observe ${name}`),
  );
  for (const [name, { image, volumes = [] }] of watchers) {
    assert.match(image, /^[\w/]+:v?\d+\.\d+\.\d+$/, name);
    const ours = volumes.map((volume) => volume.split(':')[0]!).filter((path) => path.startsWith('./'));
    assert.ok(ours.length > 0, name);
    for (const path of ours) await access(join(root, path));
  }
});

test('the image contains every folder of the program, and does not run as root', async () => {
  const dockerfile = await readFile(join(root, 'infra/deploy/Dockerfile'), 'utf8');
  const kept = ['test', 'node_modules'];
  const folders = (await readdir(root, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !kept.includes(entry.name))
    .map(({ name }) => name);
  const copied = [...dockerfile.matchAll(/^COPY (\w+) \1$/gm)].map(([, name]) => name!);
  assert.deepEqual(copied.sort(), folders.sort());
  assert.match(dockerfile, /^USER node$/m);
});
