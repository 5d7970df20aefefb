// The part of V8's heap in which objects are made. While modules load nearly all of them survive, so V8 doubles it up to
// 48 MB, and a process that then mostly waits never gives that back.
import { setFlagsFromString } from 'node:v8';

const STAYS = 1; // the factor by which V8 enlarges it when many objects survive
const USUAL = 2; // V8's own

/** Keeps it at V8's initial size of a few MB. Price: a process under full load collects garbage more often. */
export const keepYoungGenerationSmall = (): void => setFlagsFromString(`--semi-space-growth-factor=${STAYS}`);

/** Lets it grow again as V8 sees fit, for a process whose answers are waited for. */
export const letYoungGenerationGrow = (): void => setFlagsFromString(`--semi-space-growth-factor=${USUAL}`);
