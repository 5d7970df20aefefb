// Airline names by IATA code.

const names: Readonly<Record<string, string>> = {
  '2T': 'TruJet',
  '6E': 'IndiGo',
  '9W': 'Jet Airways',
  AF: 'Air France',
  AI: 'Air India',
  BA: 'British Airways',
  CX: 'Cathay Pacific',
  DL: 'Delta Air Lines',
  EK: 'Emirates',
  EY: 'Etihad Airways',
  FZ: 'flydubai',
  G8: 'Go First',
  I5: 'AIX Connect',
  IX: 'Air India Express',
  JL: 'Japan Airlines',
  KL: 'KLM',
  KU: 'Kuwait Airways',
  LH: 'Lufthansa',
  LX: 'SWISS',
  NH: 'All Nippon Airways',
  QF: 'Qantas',
  QP: 'Akasa Air',
  QR: 'Qatar Airways',
  SG: 'SpiceJet',
  SQ: 'Singapore Airlines',
  TG: 'Thai Airways',
  TR: 'Scoot',
  UA: 'United Airlines',
  UK: 'Vistara',
  ZZ: 'Several airlines', // fares filed for more than one carrier
};

/** The airline's name, or null if it is unknown. */
export const carrierName = (code: string): string | null => names[code] ?? null;
