// The networks in which published subgraphs may be, for the registry and for gateways. Without this rule a team's URL
// could make the gateway call the databases, or the metadata service of the cloud.
import { BlockList, isIP } from 'node:net';

/** Whether the gateway may call an address. */
export type AllowedNetworks = (address: string) => boolean;

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Never allowed, whatever the setting: link-local addresses, where metadata services answer, and addresses of no host. */
const never = new BlockList();
never.addSubnet('169.254.0.0', 16, 'ipv4');
never.addSubnet('fe80::', 10, 'ipv6');
never.addSubnet('0.0.0.0', 8, 'ipv4');
never.addAddress('::', 'ipv6');
never.addSubnet('224.0.0.0', 4, 'ipv4');
never.addSubnet('ff00::', 8, 'ipv6');
never.addAddress('fd00:ec2::254', 'ipv6'); // a metadata service

/** The rule of these networks, as 10.0.0.0/8. */
export function allowedNetworks(networks: readonly string[]): AllowedNetworks {
  const allowed = new BlockList();
  for (const [address = '', bits] of networks.map((each) => each.split('/')))
    allowed.addSubnet(address, Number(bits), family(address));
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, ''); // IPv4 in an IPv6 socket
    if (!isIP(plain) || never.check(plain, family(plain))) return false;
    return allowed.check(plain, family(plain));
  };
}
