// The database contract on SQLite.
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqlite } from '../../infra/database.sqlite.ts';
import { databaseContract } from './database.ts';

databaseContract({
  name: 'sqlite',
  async place() {
    const dir = await mkdtempDisposable(join(tmpdir(), 'database-'));
    return { url: join(dir.path, 'room.sqlite'), [Symbol.asyncDispose]: () => dir.remove() };
  },
  adapter: (path, migrate) => ({ ...sqlite(path), migrate }),
  dialect: 'sqlite',
  migrations: [
    'create table counter (id text not null primary key, version integer not null, seen bigint not null);',
    "insert into counter values ('made by the second migration', 0, 0);",
  ],
  features: { writers: 'one at a time' },
});
