// The managers' fare filter: the conditions that it sets, and the values that no fare can have.
import type { BadArgument } from '../../../schema/errors.ts';
import { fields } from './draft-fields.ts';

const TEXTS = ['carrier', 'flightNumber', 'origin', 'destination', 'fareBasis'] as const;

/** The conditions that no fare can meet. */
export const fareFilterFaults = (
  filter: Partial<Record<(typeof TEXTS)[number], string | null | undefined>>,
): BadArgument[] =>
  TEXTS.flatMap((name) => {
    const value = filter[name];
    if (!value || fields[name].accepts(value)) return [];
    const message = `${JSON.stringify(value.slice(0, 60))}: ${fields[name].advice}.`;
    return [{ argument: `filter.${name}`, message }];
  });

/** The conditions that a filter sets. Null or an empty text sets none. */
export const given = <Filter extends object>(filter: Filter): Given<Filter> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => (value ?? '') !== '')) as Given<Filter>;

type Given<Filter> = { [Name in keyof Filter]?: NonNullable<Filter[Name]> };
