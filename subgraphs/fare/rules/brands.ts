// What each brand allows.
import type { Brand } from '../../../schema/terms/fare-words.ts';

export interface Conditions {
  refundable: boolean;
  /** Per cent of the price that a refund keeps; null when not refundable. */
  refundFeePercent: number | null;
  /** Hours before departure until which a refund can be requested; null when not refundable. */
  refundableUntilHours: number | null;
}

/** The conditions of every fare of a brand. */
export const conditions: Readonly<Record<Brand, Conditions>> = {
  LIGHT: { refundable: false, refundFeePercent: null, refundableUntilHours: null },
  STANDARD: { refundable: true, refundFeePercent: 25, refundableUntilHours: 24 },
  FLEX: { refundable: true, refundFeePercent: 0, refundableUntilHours: 0 },
};
