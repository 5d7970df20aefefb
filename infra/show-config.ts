// Prints the effective configuration with secrets masked, or every fault in it: npm run config
import { describeConfig, readConfig } from './env.ts';

try {
  process.stdout.write(`${describeConfig(readConfig(process.env)).join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
