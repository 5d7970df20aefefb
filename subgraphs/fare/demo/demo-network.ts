// The demo's timetable: real airlines on real routes, invented numbers and times. Every flight flies every day.

/** One flight of the demo, one way. */
export interface DemoFlight {
  carrier: string;
  number: number;
  origin: string;
  destination: string;
  /** Stops on the way, in order. */
  via: readonly string[];
  /** Local time, as 06:10. */
  departs: string;
  /** Whether BUSINESS is sold on it. */
  business: boolean;
  /** Whether children and infants have fares of their own. */
  family: boolean;
}

interface Extras {
  via?: string;
  business?: true;
  family?: true;
}

/** An outbound flight and its return, which has the next number. Each time is local to its departure. */
type Rotation = [carrier: string, number: number, from: string, to: string, out: string, back: string, Extras?];

const rotations: readonly Rotation[] = [
  ['6E', 2131, 'DEL', 'BLR', '06:10', '09:45', { family: true }],
  ['AI', 503, 'DEL', 'BLR', '09:30', '13:10'],
  ['UK', 811, 'DEL', 'BLR', '17:05', '20:45'],
  ['6E', 5012, 'DEL', 'BLR', '22:20', '05:15'],
  ['AI', 2815, 'DEL', 'BLR', '12:40', '15:25', { via: 'HYD' }],
  ['AI', 865, 'DEL', 'BOM', '08:00', '11:15'],
  ['6E', 2043, 'DEL', 'BOM', '13:30', '17:00'],
  ['UK', 995, 'DEL', 'BOM', '19:00', '07:00'],
  ['6E', 5388, 'BOM', 'BLR', '07:25', '10:05'],
  ['AI', 639, 'BOM', 'BLR', '18:40', '21:15'],
  ['6E', 2061, 'DEL', 'CCU', '05:45', '09:00'],
  ['AI', 763, 'DEL', 'CCU', '17:30', '20:40'],
  ['6E', 503, 'CCU', 'BLR', '06:40', '18:05'],
  ['I5', 1563, 'CCU', 'BLR', '12:15', '05:50', { via: 'HYD' }],
  ['AI', 511, 'DEL', 'COK', '10:20', '14:30'],
  ['6E', 2253, 'DEL', 'COK', '09:25', '12:40', { via: 'BOM' }],
  ['6E', 2205, 'DEL', 'HYD', '07:15', '10:25'],
  ['AI', 543, 'DEL', 'HYD', '20:10', '06:45'],
  ['6E', 2301, 'MAA', 'DEL', '06:00', '19:30'],
  ['AI', 439, 'MAA', 'DEL', '13:20', '09:50'],
  ['6E', 5267, 'BOM', 'GOI', '08:35', '10:35'],
  ['SG', 471, 'BOM', 'GOI', '16:20', '18:20'],
  ['6E', 2175, 'DEL', 'GOI', '11:10', '14:35'],
  ['AI', 883, 'DEL', 'GOI', '15:45', '19:20', { via: 'BOM' }],
  ['SQ', 403, 'DEL', 'SIN', '09:25', '02:20', { business: true }],
  ['AI', 380, 'DEL', 'SIN', '23:10', '09:30'],
  ['TG', 324, 'DEL', 'SIN', '00:20', '12:35', { via: 'BKK' }],
  ['SQ', 529, 'MAA', 'SIN', '11:15', '20:40'],
  ['6E', 1005, 'MAA', 'SIN', '01:35', '09:15'],
  ['EK', 511, 'DEL', 'DXB', '10:35', '03:55', { family: true }],
  ['AI', 995, 'DEL', 'DXB', '20:30', '23:55'],
  ['EK', 501, 'BOM', 'DXB', '04:30', '21:55'],
  ['IX', 247, 'BOM', 'DXB', '18:15', '22:25'],
  ['EK', 533, 'COK', 'DXB', '10:25', '02:50'],
  ['IX', 433, 'COK', 'DXB', '19:40', '00:30'],
  ['TG', 316, 'DEL', 'BKK', '00:40', '08:15'],
  ['AI', 332, 'DEL', 'BKK', '13:50', '20:40'],
  ['KU', 382, 'DEL', 'KWI', '08:05', '22:35'],
  ['6E', 1751, 'DEL', 'KWI', '21:45', '02:25'],
  ['AI', 161, 'DEL', 'LHR', '02:45', '20:35', { business: true }],
  ['BA', 256, 'DEL', 'LHR', '10:55', '18:45', { business: true }],
  ['EK', 515, 'DEL', 'LHR', '21:50', '14:15', { via: 'DXB' }],
  ['AF', 225, 'DEL', 'CDG', '01:05', '10:40', { business: true }],
  ['AI', 143, 'DEL', 'CDG', '13:20', '21:00'],
  ['AI', 306, 'DEL', 'NRT', '20:25', '11:30'],
  ['NH', 828, 'DEL', 'NRT', '18:35', '17:20'],
  ['AI', 101, 'DEL', 'JFK', '01:40', '12:15', { business: true }],
  ['LH', 761, 'DEL', 'JFK', '02:50', '16:05', { via: 'FRA' }],
  ['AI', 173, 'DEL', 'SFO', '03:20', '10:30'],
  ['SQ', 33, 'DEL', 'SFO', '22:15', '22:50', { via: 'SIN' }],
  ['SQ', 708, 'SIN', 'BKK', '09:35', '13:10'],
  ['TG', 404, 'SIN', 'BKK', '15:30', '18:40'],
  ['SQ', 638, 'SIN', 'NRT', '23:55', '11:10', { business: true }],
  ['JL', 712, 'SIN', 'NRT', '08:05', '18:00'],
  ['TG', 676, 'BKK', 'NRT', '07:35', '17:25'],
  ['JL', 708, 'BKK', 'NRT', '21:40', '10:50'],
  ['EK', 1, 'DXB', 'LHR', '07:45', '13:40', { business: true }],
  ['BA', 106, 'DXB', 'LHR', '01:30', '12:55'],
  ['KU', 671, 'KWI', 'DXB', '09:10', '12:55'],
  ['EK', 856, 'KWI', 'DXB', '15:20', '18:30'],
  ['BA', 117, 'LHR', 'JFK', '08:25', '18:30', { business: true }],
  ['DL', 4, 'LHR', 'JFK', '11:55', '21:00'],
  ['LX', 317, 'LHR', 'ZRH', '08:45', '12:20'],
  ['BA', 712, 'LHR', 'ZRH', '15:55', '19:40'],
  ['AF', 6, 'CDG', 'JFK', '13:25', '19:25', { business: true }],
  ['DL', 263, 'CDG', 'JFK', '10:15', '22:10'],
  ['LX', 14, 'ZRH', 'JFK', '10:00', '17:55'],
  ['BA', 717, 'ZRH', 'JFK', '07:10', '20:15', { via: 'LHR' }],
  ['UA', 838, 'NRT', 'SFO', '17:00', '11:25', { business: true }],
  ['NH', 8, 'NRT', 'SFO', '18:50', '13:30'],
  ['DL', 669, 'JFK', 'SFO', '08:15', '15:05'],
  ['UA', 1545, 'JFK', 'SFO', '17:30', '07:10'],
];

/** All flights of the demo, in both directions. */
export const demoFlights: readonly DemoFlight[] = rotations.flatMap(
  ([carrier, number, from, to, out, back, extras]) => {
    const { via, business = false, family = false } = extras ?? {};
    const both = { carrier, via: via ? [via] : [], business, family };
    return [
      { ...both, number, origin: from, destination: to, departs: out },
      { ...both, number: number + 1, origin: to, destination: from, departs: back },
    ];
  },
);
