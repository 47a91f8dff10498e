import { execFileSync } from 'node:child_process';

/** Two network namespaces of our own, joined by a cable: a pod, and everything outside of it. */
export interface Lab {
  readonly pod: string;
  readonly outside: string;
  remove(): void;
}

export const ADDRESSES = {
  pod: { ipv4: '10.244.0.10', ipv6: 'fd00:244::10' },
  node: { ipv4: '10.244.0.1', ipv6: 'fd00:244::1' },
  service: { ipv4: '10.96.7.7', ipv6: 'fd00:96::7' },
  dns: { ipv4: '10.96.0.10', ipv6: 'fd00:96::10' },
  world: { ipv4: '203.0.113.9', ipv6: '2001:db8::9' },
  probe: { ipv4: '169.254.7.127', ipv6: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff' },
} as const;

export function call(program: string, args: readonly string[], input?: string): string {
  return execFileSync(program, [...args], {
    encoding: 'utf8',
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(input === undefined ? {} : { input }),
  });
}

export const inside = (namespace: string, ...command: string[]) => ['netns', 'exec', namespace, ...command];

let count = 0;

/** Makes the namespaces; on failure what was made is removed before it throws. */
export function openLab(): Lab {
  count++;
  const [pod, outside] = [`sidelight-${process.pid}-pod${count}`, `sidelight-${process.pid}-out${count}`];
  const remove = () => {
    for (const name of [pod, outside]) {
      try {
        call('ip', ['netns', 'del', name]);
      } catch {
        // It was not made, or is gone already.
      }
    }
  };
  try {
    call('ip', ['netns', 'add', pod]);
    call('ip', ['netns', 'add', outside]);
    connect(pod, outside);
  } catch (error) {
    remove();
    throw error;
  }
  return { pod, outside, remove };
}

function connect(pod: string, outside: string): void {
  const ip = (namespace: string, line: string) => call('ip', ['-n', namespace, ...line.split(' ')]);
  ip(pod, `link add eth0 type veth peer name pod0 netns ${outside}`);
  for (const namespace of [pod, outside]) {
    ip(namespace, 'link set lo up');
    // Applications may listen on any port, as in a pod.
    call('ip', inside(namespace, 'sh', '-c', 'echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start'));
  }
  ip(pod, `addr add ${ADDRESSES.pod.ipv4}/24 dev eth0`);
  ip(pod, `addr add ${ADDRESSES.pod.ipv6}/64 dev eth0 nodad`);
  ip(pod, 'addr add ::6/128 dev lo nodad');
  ip(outside, `addr add ${ADDRESSES.node.ipv4}/24 dev pod0`);
  ip(outside, `addr add ${ADDRESSES.node.ipv6}/64 dev pod0 nodad`);
  for (const one of [ADDRESSES.service, ADDRESSES.dns, ADDRESSES.world, ADDRESSES.probe]) {
    ip(outside, `addr add ${one.ipv4}/32 dev lo`);
    ip(outside, `addr add ${one.ipv6}/128 dev lo nodad`);
  }
  ip(pod, 'link set eth0 up');
  ip(outside, 'link set pod0 up');
  ip(pod, `route add default via ${ADDRESSES.node.ipv4}`);
  ip(pod, `-6 route add default via ${ADDRESSES.node.ipv6}`);
}

/** Packets with that mark stay in the pod, whatever their destination. */
export function routeMarkLocally(pod: string, mark: string, table: number): void {
  for (const family of ['-4', '-6']) {
    call('ip', ['-n', pod, family, 'rule', 'add', 'fwmark', mark, 'lookup', String(table)]);
    const everywhere = family === '-4' ? '0.0.0.0/0' : '::/0';
    call('ip', ['-n', pod, family, 'route', 'add', 'local', everywhere, 'dev', 'lo', 'table', String(table)]);
  }
}
