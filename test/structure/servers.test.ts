// Names the suites that npm test skips, and what this machine lacks for them.
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { missingFor, serverNames } from '../../infra/system/private-servers/open.ts';

const lacking = missingFor(serverNames);
const why = lacking.length ? lacking.join('; ') : 'on real servers: run npm run test:real';

for (const file of globSync('test/**/*.real.test.ts').sort()) test(file, { skip: why });
