// What editors, git and GitHub read: launch configurations, attributes of generated files, issue forms, the workflow.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { generated } from '../../schema/composition/compose.ts';
import { root } from '../kit/compose-file.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Launch {
  name: string;
  request: 'launch' | 'attach';
  program?: string;
  runtimeExecutable?: string;
  processId?: string;
}

describe('Visual Studio Code', () => {
  test('starts everything and the open test on the Node of the repository, and attaches to a running service', () => {
    const { configurations } = JSON.parse(read('.vscode/launch.json')) as { configurations: Launch[] };
    const inRepository = (path = '') => path.replace('${workspaceFolder}', root);
    const [start, openTest, attach] = configurations;
    assert.equal(configurations.length, 3);
    for (const { name, runtimeExecutable } of [start!, openTest!])
      assert.ok(existsSync(inRepository(runtimeExecutable)), name);
    assert.ok(existsSync(inRepository(start!.program)));
    assert.deepEqual([start!.request, openTest!.program], ['launch', '${file}']);
    assert.deepEqual([attach!.request, attach!.processId], ['attach', '${command:PickProcess}']);
  });

  test('uses the TypeScript of the repository', () => {
    const settings = JSON.parse(read('.vscode/settings.json')) as Record<string, unknown>;
    assert.ok(existsSync(join(root, settings['typescript.tsdk'] as string, 'tsserver.js')));
    assert.equal(settings['typescript.enablePromptUseWorkspaceTsdk'], true);
    assert.ok((JSON.parse(read('.vscode/extensions.json')) as { recommendations: string[] }).recommendations.length);
  });
});

describe('git', () => {
  test('treats every generated file as generated, shows no lines of it in a diff, and writes it with LF', async () => {
    const files = [...(await generated()).map(({ file }) => file), 'package-lock.json'];
    const attributes = execFileSync('git', ['check-attr', 'linguist-generated', 'diff', 'eol', '--', ...files], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.deepEqual(
      attributes.trim().split('\n'),
      files.flatMap((file) => [`${file}: linguist-generated: set`, `${file}: diff: unset`, `${file}: eol: lf`]),
    );
  });
});

describe('GitHub', () => {
  const forms = '.github/ISSUE_TEMPLATE';
  interface Form {
    name: string;
    description: string;
    body: { id: string; attributes: { label: string; description?: string }; validations?: { required: boolean } }[];
  }
  const formIn = (file: string) => parse(read(`${forms}/${file}`)) as Form;

  test('offers one form for faults and one for wishes', () => {
    assert.deepEqual(readdirSync(join(root, forms)).sort(), ['config.yml', 'fault.yml', 'wish.yml']);
    for (const { name, description, body } of [formIn('fault.yml'), formIn('wish.yml')]) {
      assert.ok(name && description && body.every(({ id, attributes }) => id && attributes.label), name);
    }
  });

  test('requires of a fault what was done, seen and expected, the version, and the configuration with masked secrets', () => {
    const { body } = formIn('fault.yml');
    const required = body.filter(({ validations }) => validations?.required);
    assert.deepEqual(
      required.map(({ id }) => id),
      ['did', 'saw', 'expected', 'version', 'configuration'],
    );
    assert.match(required.at(-1)!.attributes.description!, /npm run config/);
  });

  test('runs .ci/run on the Node of .nvmrc, with a cache that the lock file names', () => {
    interface Step {
      uses?: string;
      run?: string;
      with?: Record<string, string>;
    }
    const { jobs } = parse(read('.github/workflows/ci.yml')) as { jobs: { run: { steps: Step[] } } };
    const { steps } = jobs.run;
    const node = steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'))!;
    assert.deepEqual(node.with, {
      'node-version-file': '.nvmrc',
      cache: 'npm',
      'cache-dependency-path': 'package-lock.json',
    });
    assert.equal(steps.at(-1)!.run, 'bash .ci/run');
    for (const file of Object.values(node.with).filter((value) => value !== 'npm'))
      assert.ok(existsSync(join(root, file)));
  });
});
