// The metrics of a process on embedded adapters.
import { metricsContract } from './metrics.ts';

metricsContract('embedded', {});
