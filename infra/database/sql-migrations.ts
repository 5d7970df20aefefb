// Migrations as SQL files: NNNN-name.sql in one folder for each dialect.
import type { MigrationObject } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The migrations in a folder, by name; a statement ends with a semicolon at the end of a line. Where DDL statements
 * commit at once (`commitsEach`), an interrupted migration resumes after the last completed statement.
 */
export const sqlMigrations = (folder: string, commitsEach: boolean): MigrationObject[] =>
  readdirSync(folder)
    .sort()
    .map((name) => {
      const statements = () =>
        readFileSync(join(folder, name), 'utf8')
          .split(/;\s*$/m)
          .filter((statement) => statement.trim());
      return { name, class: commitsEach ? resumable(name, statements) : atomic(statements) };
    });

const atomic = (statements: () => string[]) =>
  class extends Migration {
    override up(): void {
      for (const statement of statements()) this.addSql(statement);
    }
  };

/** Error codes for a table, column, row or index that exists already, or for a dropped one that does not exist. */
const DONE_BEFORE = new Set([1050, 1060, 1061, 1062, 1091]);

/**
 * Such a migration has no transaction, so the number of completed statements is stored. The statement after those may
 * have been executed without being counted: only for that one, an effect that is there already is no error.
 */
const resumable = (name: string, statements: () => string[]) =>
  class extends Migration {
    override async up(): Promise<void> {
      await this.execute('set foreign_key_checks = 0'); // the migrator restores it
      await this.execute(
        `create table if not exists migration_progress (name varchar(255) not null primary key, done integer not null)
          character set utf8mb4 collate utf8mb4_bin`,
      );
      const count = (done: number) => this.execute('replace into migration_progress values (?, ?)', [name, done]);
      const uncount = () => this.execute('delete from migration_progress where name = ?', [name]);
      const rows = (await this.execute('select done from migration_progress where name = ?', [name])) as unknown[];
      const before = (rows as { done: number }[])[0]?.done;
      const done = before ?? 0;
      if (before === undefined) await count(0);
      for (const [n, statement] of statements().entries()) {
        if (n < done) continue;
        try {
          await this.execute(statement);
        } catch (error) {
          const mayBeDone = before !== undefined && n === done;
          if (!mayBeDone || !DONE_BEFORE.has((error as { errno?: number }).errno ?? 0)) {
            if (before === undefined && n === 0) await uncount(); // the conflict existed before this migration
            throw error;
          }
        }
        await count(n + 1);
      }
    }
  };
