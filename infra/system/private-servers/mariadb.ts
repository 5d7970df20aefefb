// A private MariaDB with its default settings: the adapter itself sets what it needs per connection.
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { outputOf, programOf, requiredProgram } from './program.ts';
import type { Recipe } from './recipe.ts';
import { freePorts } from './server.ts';

export const mariadb: Recipe = {
  missing: () =>
    programOf('mariadbd') && programOf('mariadb-install-db')
      ? undefined
      : 'MariaDB is missing: there is no mariadbd; get it with: apt-get install mariadb-server',

  async prepare(dir, lock) {
    const [port] = (await freePorts(1)) as [number];
    const data = join(dir, 'data');
    const who = `--user=${userInfo().username}`; // it runs as root only with this option
    await outputOf(requiredProgram('mariadb-install-db'), [
      '--no-defaults',
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      `--datadir=${data}`,
      who,
    ]);
    const args = ['--no-defaults', `--datadir=${data}`, who, `--port=${port}`, '--bind-address=127.0.0.1'];
    args.push(`--socket=${join(dir, 's')}`); // a socket's path must be short
    if (lock) {
      const file = join(dir, 'users.sql');
      const { user, password } = lock;
      await writeFile(
        file,
        `CREATE USER IF NOT EXISTS '${user}'@'127.0.0.1' IDENTIFIED BY '${password}' REQUIRE SSL;\n` +
          `GRANT ALL ON *.* TO '${user}'@'127.0.0.1';\nALTER USER root@localhost ACCOUNT LOCK;\n`,
      );
      args.push(`--init-file=${file}`, `--ssl-cert=${lock.cert}`, `--ssl-key=${lock.key}`, `--ssl-ca=${lock.ca}`);
    }
    const at = `127.0.0.1:${port}/fareloom`;
    const url = lock
      ? `mariadb://${lock.user}:${encodeURIComponent(lock.password)}@${at}?tls=on&ca=${lock.ca}`
      : `mariadb://root@${at}`;
    return { name: 'mariadb', dir, port, command: requiredProgram('mariadbd'), args, url };
  },
};
