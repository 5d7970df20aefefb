// temporary
import { clientSchema, composed } from '../composition.ts';
import type { CheckResult, Proposal } from './finding.ts';
export function checkProposal({ served, changed }: Proposal): CheckResult {
  const names = new Set(changed.map(({ name }) => name));
  const parts = [
    ...served.filter(({ name }) => !names.has(name)),
    ...changed.flatMap(({ name, sdl }) => (sdl === null ? [] : [{ name, sdl }])),
  ];
  const { supergraphSdl, faults } = composed(parts);
  const findings = faults.map(({ code, message }) => ({
    code: `COMPOSITION_${code}`,
    severity: 'ERROR' as const,
    subgraph: changed[0]?.name ?? '',
    line: null,
    column: null,
    message,
    advice: '',
    change: null,
    isApproved: false,
    operations: [],
  }));
  return {
    passed: !faults.length,
    findings,
    supergraph:
      supergraphSdl === null
        ? null
        : { supergraphSdl, apiSdl: clientSchema(supergraphSdl), permissions: {}, errorCodes: {} },
  };
}
