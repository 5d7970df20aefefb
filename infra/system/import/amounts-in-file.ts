// The fares with a fare basis in one file: the file may repeat such a fare, but not at another amount.
import { createHash } from 'node:crypto';
import { money } from '../../../schema/terms/money.ts';
import type { RowFault } from './csv-row.ts';
import { type Filing, identity } from '../../../subgraphs/fare/rules/filing.ts';

export interface AmountsInFile {
  /**
   * The reason why a row's fare cannot be filed: an earlier row has the same fare with another amount or note. If both
   * were filed, the fare would change twice with every import of the same file.
   */
  faultIn(row: number, filing: Filing): RowFault | undefined;
}

// Each fare takes a few 32-bit numbers in one array: ten million fares fit in memory, as objects they would not.
// A 64-bit digest identifies the fare: two of a million fares collide once in 37 million files.
const [HIGH, LOW, ROW, AMOUNT_HIGH, AMOUNT_LOW, NOTE] = [0, 1, 2, 3, 4, 5];
const SIZE = 6;
const SLOTS_AT_FIRST = 1024; // a power of two, also after growing
const FULLEST = 0.7; // the highest share of used slots; beyond it, probing for a free slot takes long

export function openAmountsInFile(): AmountsInFile {
  let slots = SLOTS_AT_FIRST;
  let table = new Uint32Array(slots * SIZE); // a slot is free while its row is 0
  let used = 0;

  /** The position of a fare, or of the free slot for it. */
  function find(high: number, low: number): number {
    let slot = low % slots;
    for (;;) {
      const at = slot * SIZE;
      if (!table[at + ROW] || (table[at + HIGH] === high && table[at + LOW] === low)) return at;
      slot = (slot + 1) % slots;
    }
  }

  function grow(): void {
    const old = table;
    slots *= 2;
    table = new Uint32Array(slots * SIZE);
    for (let at = 0; at < old.length; at += SIZE) {
      if (old[at + ROW]) table.set(old.subarray(at, at + SIZE), find(old[at + HIGH]!, old[at + LOW]!));
    }
  }

  return {
    faultIn(row, filing) {
      const { fareBasis, amount, currency, note } = filing;
      if (fareBasis === null) return undefined;
      const [high, low] = digest(identity(filing));
      const noted = note === null ? 0 : digest(note)[0];
      const at = find(high, low);
      const earlier = table[at + ROW]!;
      if (!earlier) {
        table.set([high, low, row, Math.floor(amount / 2 ** 32), amount % 2 ** 32, noted], at);
        if (++used > slots * FULLEST) grow();
        return undefined;
      }
      const before = table[at + AMOUNT_HIGH]! * 2 ** 32 + table[at + AMOUNT_LOW]!;
      if (before === amount && table[at + NOTE] === noted) return undefined;
      const how = before === amount ? 'with another note' : `at ${money(before, currency).amount} ${currency}`;
      const advice = `row ${earlier} has the same fare ${how}; leave one of them out, or give them different fare bases`;
      return { column: 'fareBasis', value: fareBasis, advice };
    },
  };
}

function digest(text: string): [high: number, low: number] {
  const bytes = createHash('sha256').update(text).digest();
  return [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
}
