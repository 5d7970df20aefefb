// The parent value that the resolvers of each type receive: the row or value behind the type.
import type { PaymentRefusalCode } from '../rules/refusal.ts';
import type { Refusal } from '../../../schema/errors.ts';
import type { Connection } from '../../../schema/terms/connection.ts';
import type { LedgerEntryRow, PaymentRow, RefundRow, WalletRow } from '../store/tables.ts';

export type PaymentRefusalSource = Refusal<PaymentRefusalCode>;
export type PaymentSource = PaymentRow;
export type RefundSource = RefundRow;
export type WalletSource = WalletRow;
export type WalletEntrySource = LedgerEntryRow;
export type WalletEntryConnectionSource = Connection<LedgerEntryRow>;
export interface OrderSource {
  id: string;
}
export interface AccountSource {
  id: string;
}
