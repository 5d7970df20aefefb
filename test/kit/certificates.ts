// A certificate authority and a server certificate for the loopback interface, made for one test.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lock } from '../../infra/system/private-servers/recipe.ts';

/** A login and certificates signed by one private authority; deleted after the test. */
export async function makeLock(): Promise<Lock & AsyncDisposable> {
  const dir = await mkdtempDisposable(join(tmpdir(), 'certificates-'));
  const file = (name: string) => join(dir.path, name);
  const openssl = (args: string) => execFileSync('openssl', args.split(' '), { cwd: dir.path, stdio: 'pipe' });
  writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  openssl('req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem');
  openssl('req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout key.pem -out request.pem');
  openssl('x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out cert.pem');
  writeFileSync(file('keystore.pem'), readFileSync(file('key.pem'), 'utf8') + readFileSync(file('cert.pem'), 'utf8'));
  return {
    user: 'fareloom',
    password: 'p@ss/word',
    cert: file('cert.pem'),
    key: file('key.pem'),
    keystore: file('keystore.pem'),
    ca: file('ca.pem'),
    [Symbol.asyncDispose]: () => dir.remove(),
  };
}
