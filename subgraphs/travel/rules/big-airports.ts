// The biggest airports: the type-ahead lists them before smaller ones that match equally well.

/**
 * About 250 airports, the biggest first, roughly by passengers per year: the airport data has no size. Ordered by hand
 * from passenger numbers published around 2024; an error of a few places does not matter.
 */
export const biggest: readonly string[] = (
  'ATL DXB DFW HND LHR DEN ORD IST LAX PVG CAN CDG AMS DEL ICN JFK FRA MAD PEK SIN SZX BKK CLT LAS MCO MIA BCN BOM HKG ' +
  'CGK SEA PHX EWR SFO TFU CKG KUL DOH SAW IAH BOS MEX MNL JED NRT GRU MUC FCO SVO KMG XIY HGH BLR PKX LGW FLL YYZ BOG ' +
  'MSP SHA SYD DTW PHL LGA SGN BWI TPE MEL KIX SLC VIE ORY AYT DUB RUH LIS MXP IAD BER CUN HYD SAN DCA MAN CPH ZRH OSL ' +
  'PMI TPA ATH WUH BNA HAN AUH MAA CCU DME AUS YVR LIM SCL ARN NKG BRU STN WAW MDW DAL HEL HNL CAI DPS JNB BNE PDX CJU ' +
  'FUK DUS CSX CTS URC XMN GDL CGO TAO HAK SYX TSN KHI DAC CMB KTM ISB LHE ALA TAS TBS EVN GYD TLV AMM KWI BAH MCT ADD ' +
  'NBO LOS CPT DUR ACC ALG CMN TUN RAK BUD PRG OTP SOF BEG KRK NCE LYS MRS GVA HAM STR CGN LED VKO AGP ALC SVQ VLC OPO ' +
  'EDI GLA BHX LTN BRS LCY LIN BGY NAP VCE BLQ CTA PMO KEF RIX VNO TLL ITM NGO OKA GMP PUS CNX HKT USM SUB UPG CEB DAD ' +
  'PNH RGN AKL CHC WLG PER ADL EZE AEP GIG SDU CGH BSB CNF MDE UIO PTY SJO SJU HAV PUJ MBJ YUL YYC YOW STL RDU MCI CLE ' +
  'PIT IND CMH SAT SJC OAK SMF AMD COK PNQ GOI GOX LKO JAI GAU TRV CCJ IXC VNS PAT BBI NAG IDR SXR IXB'
).split(' ');

const places: ReadonlyMap<string, number> = new Map(biggest.map((code, place) => [code, place]));

/** The airport's place among the biggest, from 0. All other airports share the place after the last. */
export const placeBySize = (code: string): number => places.get(code) ?? places.size;
