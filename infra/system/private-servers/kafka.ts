// A private Kafka broker in KRaft mode, run from its jars, which Maven downloads once.
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../config/make-folder.ts';
import { outputOf, programOf, requiredProgram } from './program.ts';
import type { Lock, Recipe } from './recipe.ts';
import { freePorts } from './server.ts';

const VERSION = '4.1.0';
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>fareloom</groupId><artifactId>broker</artifactId><version>1</version><dependencies><dependency>
<groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${VERSION}</version>
</dependency><dependency>
<groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>2.24.3</version>
</dependency></dependencies></project>`;
const CLUSTER = Buffer.from('fareloom private').toString('base64url'); // an id is 16 bytes

const JVM = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

export const kafka: Recipe = {
  missing() {
    if (!programOf('java'))
      return 'Kafka is missing: there is no Java; get it with: apt-get install openjdk-17-jre-headless maven';
    if (!programOf('mvn') && !existsSync(classPathFile())) {
      return 'Kafka is missing: Maven downloads its jars; get it with: apt-get install maven';
    }
    return undefined;
  },

  async prepare(dir, lock) {
    const [port, controller] = (await freePorts(2)) as [number, number];
    const settings = join(dir, 'server.properties');
    await writeFile(settings, properties({ ...plain(dir, port, controller), ...(lock && secured(lock)) }));
    const java = (main: string, ...args: string[]) => [...JVM, '-cp', classPath, main, ...args];
    const classPath = await jars();
    const command = requiredProgram('java');
    const scram = lock ? ['--add-scram', `SCRAM-SHA-256=[name=${lock.user},password=${lock.password}]`] : [];
    await outputOf(command, java('kafka.tools.StorageTool', 'format', '-t', CLUSTER, '-c', settings, ...scram));
    const url = lock
      ? `kafka://${lock.user}:${encodeURIComponent(lock.password)}@127.0.0.1:${port}?sasl=scram-sha-256&tls=on&ca=${lock.ca}`
      : `kafka://127.0.0.1:${port}`;
    return { name: 'kafka', dir, port, command, args: java('kafka.Kafka', settings), url };
  },
};

const plain = (dir: string, port: number, controller: number): Record<string, string | number> => ({
  'process.roles': 'broker,controller',
  'node.id': 1,
  'controller.quorum.voters': `1@127.0.0.1:${controller}`,
  listeners: `CLIENTS://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
  'listener.security.protocol.map': 'CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'controller.listener.names': 'CONTROLLER',
  'inter.broker.listener.name': 'CLIENTS',
  'log.dirs': join(dir, 'log'),
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 4, // fifty of them cost a second of every start
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'group.initial.rebalance.delay.ms': 0,
  'group.min.session.timeout.ms': 1000, // tests wait for a session to end
  'auto.create.topics.enable': 'false',
  'broker.session.timeout.ms': 3000, // a killed broker can register again after it
  'broker.heartbeat.interval.ms': 500,
});

/** Clients connect by TLS with a password, PLAIN or SCRAM; so does the broker to itself. */
function secured({ user, password, keystore, ca }: Lock): Record<string, string> {
  const login = `username="${user}" password="${password}"`;
  const modules = 'org.apache.kafka.common.security';
  return {
    'listener.security.protocol.map': 'CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT',
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256',
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    'listener.name.clients.plain.sasl.jaas.config': `${modules}.plain.PlainLoginModule required ${login} user_${user}="${password}";`,
    'listener.name.clients.scram-sha-256.sasl.jaas.config': `${modules}.scram.ScramLoginModule required ${login};`,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keystore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': ca,
    'ssl.endpoint.identification.algorithm': '',
    'ssl.client.auth': 'none',
  };
}

const properties = (settings: Record<string, string | number>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const cacheFolder = () =>
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'fareloom', `kafka-${VERSION}`);
const classPathFile = () => join(cacheFolder(), 'class-path');

/** The broker's class path. The first time, Maven downloads 44 jars, 43 MB, into its own repository. */
async function jars(): Promise<string> {
  const known = await readFile(classPathFile(), 'utf8').catch(() => '');
  if (known && known.split(':').every((jar) => existsSync(jar))) return known;
  const folder = cacheFolder();
  makeFolder(folder, 0o755);
  await writeFile(join(folder, 'pom.xml'), POM);
  const made = join(folder, `class-path.${process.pid}`); // two processes may do this at once
  const args = ['-q', '-B', '-f', join(folder, 'pom.xml'), 'dependency:build-classpath', `-Dmdep.outputFile=${made}`];
  await outputOf(requiredProgram('mvn'), args, { cwd: folder });
  await rename(made, classPathFile());
  return (await readFile(classPathFile(), 'utf8')).trim();
}
