// Unpaid seats on the embedded database.
import { unpaidSeats } from './unpaid-seats.ts';

unpaidSeats('embedded', () => undefined);
