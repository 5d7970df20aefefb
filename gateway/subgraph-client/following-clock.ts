// The gateway's clock: it follows the clock of its subgraphs, which is their databases'.
import type { ClockSkew } from '../../infra/process/clock-skew.ts';
import { TIME_HEADER } from '../../schema/wire/clocks.ts';
import type { Call } from './upstream.ts';

/** The call, which reads the time in its replies. */
export const followingClock =
  (call: Call, clockSkew: ClockSkew): Call =>
  async (request) => {
    const reply = await call(request);
    const time = Number(reply.headers[TIME_HEADER]);
    if (time) clockSkew.hear(new Date(time)); // accurate despite a long request: the subgraph sets the time last
    return reply;
  };
