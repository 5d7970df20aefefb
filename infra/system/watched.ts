// Metrics that a subgraph reports about its database. All replicas report the same values: take the maximum, not the
// sum.
import { orderStandings } from '../../subgraphs/order/store/standing-store.ts';
import { ends } from '../../subgraphs/order/rules/order.ts';
import { seatSums } from '../../subgraphs/stock/store/sums-store.ts';
import type { RoomName } from './rooms.ts';
import type { House } from './services.ts';

/**
 * Adds a subgraph's database to the metrics of this process. Dead letters belong to the stock subgraph, in the graph
 * and here.
 */
export async function watchRoom(room: RoomName, { rooms, wiring: { metrics, letters, now } }: House): Promise<void> {
  const { db } = await rooms[room]();
  metrics.watchOutbox(room, db);
  if (room === 'order') metrics.watchOrders(() => orderStandings(db), ends);
  if (room !== 'stock') return;
  metrics.watchSeats(() => seatSums(db, now()));
  metrics.watchLetters(letters);
}
