// Other names of cities that airports are searched by: before a renaming, or in their own language.

/** By country and city as the airport data has them; already folded, as search.ts folds what is typed. */
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

/** The other names of an airport's city; mostly none. */
export const otherNamesOf = ({ country, city }: { country: string; city: string }): readonly string[] =>
  otherNames[`${country} ${city}`] ?? [];

/** The cities that have other names, as `IN Bengaluru`. */
export const renamed: readonly string[] = Object.keys(otherNames);
