// Which fares managers ask for: the conditions that a filter sets, and what in it no fare can have.
import type { BadArgument } from '../../../schema/errors.ts';
import { fields } from './draft-fields.ts';

const TEXTS = ['carrier', 'flightNumber', 'origin', 'destination', 'fareBasis'] as const;

/** What is wrong with a filter: no fare could be found by it, whatever is filed. */
export const faultsOf = (filter: Partial<Record<(typeof TEXTS)[number], string | null | undefined>>): BadArgument[] =>
  TEXTS.flatMap((name) => {
    const value = filter[name];
    if (!value || fields[name].accepts(value)) return [];
    const message = `${JSON.stringify(value.slice(0, 60))}: ${fields[name].advice}.`;
    return [{ argument: `filter.${name}`, message }];
  });

/** What a filter really sets: nothing, as null or as an empty text, asks for any. */
export const given = <Filter extends object>(filter: Filter): Given<Filter> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => (value ?? '') !== '')) as Given<Filter>;

type Given<Filter> = { [Name in keyof Filter]?: NonNullable<Filter[Name]> };
