// Dashboards, alerts and the list of metrics: they use only what a running system exports.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempDisposableSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { collectDefaultMetrics, type Metric, register as ofTheProcess } from 'prom-client';
import { parse } from 'yaml';
import { metricsPort } from '../../infra/system/config/ports.ts';
import { services } from '../../infra/system/service.ts';
import { readCompose, root } from '../kit/compose-file.ts';
import { readPromql } from '../kit/promql.ts';
import { scraped } from '../kit/scraping.ts';

const folder = join(root, 'infra/deploy/observe');
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const yaml = <T>(path: string): T => parse(read(path), { merge: true }) as T;

interface Rule {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}
interface Panel {
  title: string;
  type: string;
  datasource?: { uid: string };
  targets?: { expr: string; legendFormat: string }[];
}
interface Board {
  uid: string;
  title: string;
  panels: Panel[];
}

const rules = yaml<{ groups: { name: string; rules: Rule[] }[] }>('alerts.yml').groups.flatMap((group) => group.rules);
const boards = readdirSync(join(folder, 'grafana/boards')).map(
  (file) => JSON.parse(read(`grafana/boards/${file}`)) as Board,
);

collectDefaultMetrics(); // as infra/start.ts does
const scrape = await scraped();
after(() => scrape[Symbol.asyncDispose]());
await scrape.world.graph(
  '{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) { price { asOf } } }',
);

/** Every metric that the system exports, with its kind and its labels. */
const shown = new Map<string, { kind: string; labels: readonly string[] }>();
const text = await scrape.text();
const declared = new Map(
  [...scrape.world.wiring.metrics.registry.getMetricsAsArray(), ...ofTheProcess.getMetricsAsArray()].map((metric) => {
    const { name, labelNames = [] } = metric as unknown as Metric & { name: string; labelNames?: string[] };
    return [name, labelNames];
  }),
);
for (const [, name, kind] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm))
  shown.set(name!, { kind: kind!, labels: declared.get(name!) ?? [] });

const BY_PROMETHEUS = ['service', 'job', 'instance', 'le']; // added by Prometheus, and by histograms

/** The labels of a metric as an expression names it; undefined for a metric that is not exported. */
function labelsOf(metric: string): readonly string[] | undefined {
  if (metric === 'up') return BY_PROMETHEUS;
  const [, base = metric] = /^(.*)_(?:bucket|count|sum)$/.exec(metric) ?? [];
  const known =
    shown.get(metric) ?? (['histogram', 'summary'].includes(shown.get(base)?.kind ?? '') ? shown.get(base) : undefined);
  return known && [...known.labels, ...BY_PROMETHEUS];
}

/** All exported values of a label. */
const valuesOf = (metric: string, label: string): Set<string> =>
  new Set(
    [...text.matchAll(new RegExp(`^${metric}{(?:[^}\n]*,)?${label}="([^"]*)"`, 'gm'))].map(([, value]) => value!),
  );

const CLOSED = ['status', 'result', 'reason', 'cabin', 'database']; // labels of which a running system exports every value

/** The errors in an expression, and in a text with label placeholders. */
function faultsOf(expr: string, filled = ''): string[] {
  const { selectors, groupings } = readPromql(expr.replaceAll('$__rate_interval', '5m'));
  const faults = selectors.flatMap(({ metric, matchers }) => {
    const labels = labelsOf(metric);
    if (!labels) return [`unknown metric ${metric}`];
    return matchers.flatMap(({ label, op, value }) => {
      if (!labels.includes(label)) return [`${metric} has no label ${label}`];
      const values = valuesOf(metric, label);
      const wanted = CLOSED.includes(label) && values.size ? value.split(op.endsWith('~') ? '|' : '\n') : [];
      return wanted.filter((one) => !values.has(one)).map((one) => `no ${metric} has ${label}="${one}"`);
    });
  });
  const all = new Set(selectors.flatMap(({ metric }) => labelsOf(metric) ?? []));
  const used = [...groupings, ...[...filled.matchAll(/\{\{ *(?:\$labels\.)?(\w+) *\}\}/g)].map(([, label]) => label!)];
  return [...faults, ...used.filter((label) => !all.has(label)).map((label) => `nothing there has the label ${label}`)];
}

test('every alert uses only exported metrics', () => {
  assert.ok(rules.length > 15);
  assert.deepEqual(
    rules.flatMap(({ alert, expr, annotations }) =>
      faultsOf(expr, annotations.summary).map((fault) => `${alert}: ${fault}`),
    ),
    [],
  );
});

test('every panel uses only exported metrics, and log queries only existing labels', () => {
  const targets = boards.flatMap(({ uid, panels }) =>
    panels.flatMap(({ title, type, targets = [] }) =>
      targets.map((target) => ({ at: `${uid}, ${title}`, type, ...target })),
    ),
  );
  assert.ok(targets.length > 30);
  for (const { at, expr } of targets.filter(({ type }) => type === 'logs'))
    assert.match(expr, /^\{((service|level)=~?"[\w|-]+"(, )?)+\}$/, at);
  assert.deepEqual(
    targets
      .filter(({ type }) => type !== 'logs')
      .flatMap(({ at, expr, legendFormat }) => faultsOf(expr, legendFormat).map((fault) => `${at}: ${fault}`)),
    [],
  );
});

test('a mistake in a metric, a label, a value or the grammar would be found', () => {
  assert.deepEqual(faultsOf('rate(fareloom_cache_read_total[5m])'), ['unknown metric fareloom_cache_read_total']);
  assert.deepEqual(faultsOf('fareloom_orders{state="PAID"}'), ['fareloom_orders has no label state']);
  assert.deepEqual(faultsOf('fareloom_orders{status=~"PAID|PAYED"}'), ['no fareloom_orders has status="PAYED"']);
  assert.deepEqual(faultsOf('sum by (database) (fareloom_orders)'), ['nothing there has the label database']);
  assert.deepEqual(faultsOf('fareloom_orders', '{{ $labels.sate }}'), ['nothing there has the label sate']);
  assert.deepEqual(faultsOf('fareloom_orders_bucket'), ['unknown metric fareloom_orders_bucket']);
  assert.throws(() => faultsOf('sum(fareloom_orders'), /no PromQL/);
});

test('every alert has a unique name, a severity, a summary and a runbook', () => {
  const headings = new Set([...read('README.md').matchAll(/^#### (\w+)$/gm)].map(([, name]) => name!));
  assert.deepEqual(
    [...headings],
    rules.map(({ alert }) => alert),
    'a section for each, in their order',
  );
  for (const { alert, labels, annotations, ...rule } of rules) {
    assert.ok(['page', 'ticket'].includes(labels.severity), alert);
    assert.match(rule.for, /^\d+m$/, alert);
    assert.ok(annotations.summary.length > 20, alert);
    assert.equal(annotations.runbook, `infra/deploy/observe/README.md#${alert.toLowerCase()}`);
  }
});

test('the list of metrics is complete, each with its labels', () => {
  const listed = [...read('README.md').matchAll(/^\| `(fareloom_\w+)(?:\{([\w,]+)\})?` +\|/gm)].map(
    ([, name, labels = '']) => `${name}{${labels}}`,
  );
  const ours = [...shown].filter(([name]) => name.startsWith('fareloom_'));
  assert.deepEqual(listed.sort(), ours.map(([name, { labels }]) => `${name}{${labels.join()}}`).sort());
});

test('names and units follow the conventions of Prometheus', () => {
  for (const [name, { kind }] of shown) {
    if (!name.startsWith('fareloom_')) continue;
    assert.match(name, /^[a-z_]+$/);
    assert.equal(name.endsWith('_total'), kind === 'counter', name);
    assert.ok(kind !== 'histogram' || name.endsWith('_seconds'), name);
    assert.doesNotMatch(name, /_(ms|milliseconds|minutes|kb|percent)(_|$)/);
  }
});

test('every service of the system is scraped at its metrics port', () => {
  const { scrape_configs } = yaml<{ scrape_configs: { dns_sd_configs: { names: string[]; port: number }[] }[] }>(
    'prometheus.yml',
  );
  const scraped = scrape_configs.flatMap(({ dns_sd_configs }) =>
    dns_sd_configs.flatMap(({ names, port }) => names.map((name) => `${name}:${port}`)),
  );
  const compose = readCompose();
  const there = services
    .filter(({ kind }) => kind !== 'partner')
    .map(({ name }) => {
      const port = Number(compose[name]!.environment!['PORT']);
      return `${name}:${name === 'gateway' ? metricsPort(port) : port}`;
    });
  assert.deepEqual(scraped.sort(), there.sort());
});

test('promtool accepts the files, and alerts fire when they should', (t) => {
  const promtool = process.env['PROMTOOL'] ?? 'promtool';
  try {
    execFileSync(promtool, ['--version'], { stdio: 'pipe' });
  } catch {
    return t.skip('promtool is not installed');
  }
  using dir = mkdtempDisposableSync(join(tmpdir(), 'promtool-'));
  const at = (name: string) => join(dir.path, name);
  writeFileSync(at('alerts.yml'), read('alerts.yml'));
  writeFileSync(at('prometheus.yml'), read('prometheus.yml').replace('/etc/prometheus/', `${dir.path}/`));
  writeFileSync(at('tests.yml'), readFileSync(join(root, 'test/structure/alerts.promtool.yml')));
  execFileSync(promtool, ['check', 'config', at('prometheus.yml')], { stdio: 'pipe' });
  execFileSync(promtool, ['test', 'rules', at('tests.yml')], { stdio: 'pipe' });
  return undefined;
});
