// Starts the system: node infra/start.ts [NAME] runs one service alone, or all of them in this process.
import { runCommand } from './process/command.ts';
import { openStopSignals } from './process/lifecycle/stop-signals.ts';
import { keepYoungGenerationSmall } from './process/young-generation.ts';

if (import.meta.main) {
  await runCommand(async () => {
    const signals = openStopSignals();
    keepYoungGenerationSmall(); // start-process.ts lets it grow once everything is loaded
    // before anything loads GraphQL, whose steps are recorded, too
    if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT']) (await import('./tracing/graphql-steps.ts')).recordGraphqlSteps();
    const { startProcess } = await import('./system/run/start-process.ts');
    await startProcess(signals, process.argv[2]);
  });
}
