// Deprecations: each names its replacement, the release that announced it, and the date from which removal is allowed.
import { type ConstDirectiveNode, parse, valueFromASTUntyped, visit } from 'graphql';
import type { SubgraphSdl } from './nullability.ts';

/** A release's date and version. */
export interface Release {
  /** As 2027-06-01. */
  today: string;
  /** As 0.4.0. */
  version: string;
}

const REASON = /^\S.* Since (\d+)\.(\d+)\.\d+, until (\d{4}-\d\d-\d\d)\.$/s;
const RELEASES = 2; // for which a deprecated element stays: clients with a slow roll-out may skip one

/** Whether an element with this deprecation reason may be removed: two releases and its date have passed. */
export function isDue(reason: string | null | undefined, { today, version }: Release): boolean {
  const [, sinceMajor, sinceMinor, until] = REASON.exec(reason ?? '') ?? [];
  if (until === undefined || until > today) return false;
  const [major, minor] = version.split('.').map(Number) as [number, number];
  return major > Number(sinceMajor) || (major === Number(sinceMajor) && minor >= Number(sinceMinor) + RELEASES);
}

/** The deprecations whose reason lacks the release or the date, a sentence each. */
export const deprecationFaults = (parts: readonly SubgraphSdl[]): string[] =>
  parts.flatMap(({ name, sdl }) => {
    const faults: string[] = [];
    visit(parse(sdl), {
      Directive(node) {
        if (node.name.value !== 'deprecated') return;
        const reason = reasonOf(node as ConstDirectiveNode);
        if (REASON.test(reason)) return;
        faults.push(
          `${name}: @deprecated(reason: ${JSON.stringify(reason)}) has to say what to use, since when and until when, ` +
            'as "Use seatsLeft. Since 0.2.0, until 2027-06-01."',
        );
      },
    });
    return faults;
  });

function reasonOf({ arguments: [reason] = [] }: ConstDirectiveNode): string {
  return reason ? String(valueFromASTUntyped(reason.value)) : '';
}
