// The parent value of the resolvers of each type: the row or value behind the type.
import type { DeadLetter } from '../../../infra/dead-letters/parking.ts';
import type { Connection } from '../../../schema/terms/connection.ts';
import type { DeadLetterRefusal } from '../rules/dead-letter.ts';
import type { CheckFinding } from '../rules/verification.ts';
import type { ListedProcess } from '../store/process-store.ts';
import type { VerificationResult } from '../store/verification.ts';

export type DeadLetterSource = DeadLetter;
export type DeadLetterRefusalSource = DeadLetterRefusal;
export type DeadLetterConnectionSource = Connection<DeadLetter>;
export type ProcessSource = ListedProcess;
export type VerificationSource = VerificationResult;
export type VerificationCheckSource = CheckFinding;
