// Search terms of cities besides their name in the airport data: former names, local names, and the codes of metropolitan
// areas with several airports.

/** By country and city as in the airport data. The names are already folded, as search.ts folds the search text. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  'AT Vienna': ['wien'],
  'BE Brussels': ['bruxelles', 'brussel'],
  'CH Geneva': ['geneve', 'genf'],
  'CN Beijing': ['peking'],
  'CZ Prague': ['praha'],
  'DE Hannover': ['hanover'],
  'DE Köln': ['cologne', 'koeln'],
  'DE Munich': ['munchen', 'muenchen'],
  'DE Nuremberg': ['nurnberg', 'nuernberg'],
  'DK Copenhagen': ['kobenhavn'],
  'ES Sevilla': ['seville'],
  'GR Athens': ['athina'],
  'IN Belagavi': ['belgaum'],
  'IN Bengaluru': ['bangalore'],
  'IN Chennai': ['madras'],
  'IN Delhi': ['new delhi'],
  'IN Guwahati': ['gauhati'],
  'IN Hubballi': ['hubli'],
  'IN Kalaburagi': ['gulbarga'],
  'IN Kochi': ['cochin'],
  'IN Kolkata': ['calcutta'],
  'IN Kozhikode': ['calicut'],
  'IN Mangaluru': ['mangalore'],
  'IN Mumbai': ['bombay'],
  'IN Mysuru': ['mysore'],
  'IN Prayagraj': ['allahabad'],
  'IN Puducherry': ['pondicherry'],
  'IN Pune': ['poona'],
  'IN Shimla': ['simla'],
  'IN Thiruvananthapuram': ['trivandrum'],
  'IN Tiruchirappalli': ['trichy'],
  'IN Vadodara': ['baroda'],
  'IN Varanasi': ['benares', 'banaras'],
  'IN Visakhapatnam': ['vizag'],
  'IT Florence': ['firenze'],
  'IT Genoa': ['genova'],
  'IT Milan': ['milano'],
  'IT Naples': ['napoli'],
  'IT Rome': ['roma'],
  'IT Turin': ['torino'],
  'IT Venice': ['venezia'],
  'KZ Astana': ['nur sultan'],
  'MM Yangon': ['rangoon'],
  'PL Warsaw': ['warszawa'],
  'PT Lisbon': ['lisboa'],
  'RO Bucharest': ['bucuresti'],
  'RS Belgrade': ['beograd'],
  'RU Moscow': ['moskva'],
  'RU Saint Petersburg': ['leningrad', 'st petersburg'],
  'SE Gothenburg': ['goteborg'],
  'UA Kyiv': ['kiev'],
  'VN Ho Chi Minh City': ['saigon'],
};

/** IATA codes of metropolitan areas, each with its airports. Codes that are also an airport's are left out. */
const areas: Readonly<Record<string, string>> = {
  bjs: 'PEK PKX',
  bue: 'EZE AEP',
  buh: 'OTP BBU',
  chi: 'ORD MDW',
  dtt: 'DTW YIP',
  jkt: 'CGK HLP',
  lon: 'LHR LGW STN LTN LCY SEN',
  mil: 'MXP LIN BGY',
  mow: 'SVO DME VKO ZIA',
  nyc: 'JFK EWR LGA SWF',
  osa: 'KIX ITM UKB',
  par: 'CDG ORY BVA LBG',
  rek: 'KEF RKV',
  rio: 'GIG SDU',
  rom: 'FCO CIA',
  sao: 'GRU CGH VCP',
  sel: 'ICN GMP',
  spk: 'CTS OKD',
  sto: 'ARN BMA NYO VST',
  tci: 'TFS TFN',
  tyo: 'HND NRT',
  was: 'IAD DCA BWI',
  ymq: 'YUL YHU',
  yto: 'YYZ YTZ YHM',
};

const areasOf = Map.groupBy(
  Object.entries(areas).flatMap(([area, codes]) => codes.split(' ').map((code) => ({ area, code }))),
  ({ code }) => code,
);

/** The other names of an airport's city and the code of its metropolitan area; empty for most airports. */
export const otherNamesOf = ({ code, country, city }: { code: string; country: string; city: string }): string[] => [
  ...(otherNames[`${country} ${city}`] ?? []),
  ...(areasOf.get(code) ?? []).map(({ area }) => area),
];

/** The airports that can be found by the code of a metropolitan area. */
export const inAreas: readonly string[] = [...areasOf.keys()];

/** The cities that have other names, as `IN Bengaluru`. */
export const renamed: readonly string[] = Object.keys(otherNames);
