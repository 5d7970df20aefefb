// What a room's subgraph tells of its database besides its answers. Each of its replicas tells the same: take the maximum.
import { orderStandings } from '../../subgraphs/order/store/standing-store.ts';
import { ends } from '../../subgraphs/order/rules/order.ts';
import { seatSums } from '../../subgraphs/stock/store/sums-store.ts';
import type { RoomName } from './rooms.ts';
import type { House } from './services.ts';

/** Has the metrics of this process look at a room's database. The stock room answers for the dead letters, in the graph and here. */
export async function watchRoom(room: RoomName, { rooms, wiring: { metrics, letters, now } }: House): Promise<void> {
  const { db } = await rooms[room]();
  metrics.watchOutbox(room, db);
  if (room === 'order') metrics.watchOrders(() => orderStandings(db), ends);
  if (room !== 'stock') return;
  metrics.watchSeats(() => seatSums(db, now()));
  metrics.watchLetters(letters);
}
