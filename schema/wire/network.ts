// The network of an address: the range of one subscriber, so that changing the address does not avoid a limit.

/** An IPv4 address unchanged, also if it is mapped into IPv6; the first 64 bits of an IPv6 address. */
export function networkOf(address: string): string {
  const groups = groupsOf(address);
  if (!groups) return address;
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  if (isMapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':');
}

/** The eight groups of an IPv6 address; null for any other text. */
function groupsOf(address: string): number[] | null {
  const [text = ''] = address.split('%'); // without the interface
  if (!text.includes(':')) return null;
  const [head = '', tail = ''] = text.split('::');
  const [before, after] = [numbersOf(head), numbersOf(tail)];
  return [...before, ...Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after];
}

const numbersOf = (text: string): number[] =>
  text
    .split(':')
    .filter(Boolean)
    .flatMap((group) => {
      const [a = 0, b = 0, c = 0, d] = group.split('.').map(Number);
      if (d === undefined) return [parseInt(group, 16)];
      return [a * 256 + b, c * 256 + d];
    });
