// The result of an aggregate query.
import { present } from '../../schema/values/present.ts';

/** The row of a query without `group by` that only counts or reads settings: there is always exactly one. */
export const oneRow = <Row>(rows: readonly Row[]): NonNullable<Row> =>
  present(rows[0], 'A query that always has one row had none.');
