// The shape of a place in the demo data.
import type { SightKind } from '../store/tables.ts';

/** The demo data of a place. The nightly price is in the local currency. */
export interface DemoPlace {
  summary: string;
  sights: readonly (readonly [name: string, kind: SightKind, tenths: number])[];
  stays: readonly (readonly [name: string, nightlyPrice: string])[];
}
