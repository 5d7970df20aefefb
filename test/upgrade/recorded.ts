// A recorded release: the rows that it left behind, as SQL that a reviewer can read, and how they are put back.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Connection } from 'mysql2/promise';
import type { LeftDeadLetter } from './dead-letters.ts';

/** The release before this one. `record.ts` records the next. */
export const RELEASE_BEFORE = join(import.meta.dirname, '0.1.0');

/** An order that the release left, and how its customer signs in. */
export interface LeftOrder {
  id: string;
  email: string;
}

/** What a recording holds beside its databases. */
export interface Recording {
  /** What the clock said at the end. */
  recordedAt: string;
  /** One order in each status. */
  orders: Readonly<Record<string, LeftOrder>>;
  /** The dead letters, as the graph of the release showed them. */
  deadLetters: readonly LeftDeadLetter[];
}

// signing keys and sessions: the next process makes new ones, and no secret is committed
const LEFT_OUT = new Set(['token_key', 'session']);

const END = ';\n';

const sql = (statements: readonly string[]): string => statements.map((each) => each + END).join('');

/** The tables of a SQLite file with their rows. */
export function dumpSqlite(path: string): string {
  using db = new DatabaseSync(path, { readOnly: true });
  const made = db.prepare("select type, name, sql from sqlite_master where sql not null and name not like 'sqlite~_%' escape '~' order by type = 'index'").all() as { type: string; name: string; sql: string }[]; // prettier-ignore
  return sql(
    made.flatMap(({ type, name, sql: statement }) => {
      if (type !== 'table' || LEFT_OUT.has(name)) return [statement];
      const rows = db.prepare(`select * from "${name}"`).all();
      return [statement, ...rows.map((row) => insert(`"${name}"`, row))];
    }),
  );
}

/** The tables of a MariaDB database with their rows, through a connection that gives dates, JSON and big numbers as text. */
export async function dumpMariadb(connection: Connection, database: string): Promise<string> {
  const select = async <Row>(statement: string): Promise<Row[]> => (await connection.query(statement))[0] as Row[];
  const statements: string[] = [];
  await connection.query(`use \`${database}\``);
  for (const { name } of await select<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = database() order by table_name',
  )) {
    const [made] = await select<Record<string, string>>(`show create table \`${name}\``);
    statements.push(made!['Create Table']!.replace(/ AUTO_INCREMENT=\d+/, ''));
    if (LEFT_OUT.has(name)) continue;
    statements.push(...(await select<object>(`select * from \`${name}\``)).map((row) => insert(`\`${name}\``, row)));
  }
  return sql(statements);
}

const insert = (table: string, row: object): string =>
  `insert into ${table} values (${Object.values(row).map(literal).join(', ')})`;

/** As both dialects read it, MariaDB with NO_BACKSLASH_ESCAPES. */
function literal(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.includes(END))
    throw new Error(`a value of type ${typeof value} cannot be recorded as text`);
  return `'${value.replaceAll("'", "''")}'`;
}

const statementsIn = async (file: string): Promise<string[]> =>
  (await readFile(file, 'utf8')).split(END).filter((statement) => statement.trim());

/** The databases in a folder of a recording, by name. */
const databasesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((file) => file.endsWith('.sql')).map((file) => basename(file, '.sql'));

/** Puts recorded SQLite databases into a data folder. */
export async function restoreSqlite(from: string, folder: string): Promise<void> {
  for (const name of await databasesIn(from)) {
    using db = new DatabaseSync(join(folder, `${name}.sqlite`));
    db.exec('pragma foreign_keys = off; begin');
    for (const statement of await statementsIn(join(from, `${name}.sql`))) db.exec(statement);
    db.exec('commit');
  }
}

/** Puts recorded MariaDB databases onto a server, each as `<prefix>_<name>`. */
export async function restoreMariadb(from: string, connection: Connection, prefix: string): Promise<void> {
  await connection.query("set session foreign_key_checks = 0, sql_mode = 'NO_BACKSLASH_ESCAPES'");
  for (const name of await databasesIn(from)) {
    await connection.query(`create database \`${prefix}_${name}\` character set utf8mb4 collate utf8mb4_bin`);
    await connection.query(`use \`${prefix}_${name}\``);
    for (const statement of await statementsIn(join(from, `${name}.sql`))) await connection.query(statement);
  }
}

// what the demo's partners remember: without it the provider would not know the payments that it is to pay back
const PARTNERS = ['payment-provider/log.jsonl', 'ticket-issuer/log.jsonl'];

/** Copies the partners' logs between a data folder and a recording. */
export async function copyPartners(from: string, to: string): Promise<void> {
  for (const log of PARTNERS) {
    await mkdir(dirname(join(to, log)), { recursive: true, mode: 0o700 });
    await writeFile(join(to, log), await readFile(join(from, log)));
  }
}

export const recordingIn = async (folder: string): Promise<Recording> =>
  JSON.parse(await readFile(join(folder, 'recording.json'), 'utf8')) as Recording;
