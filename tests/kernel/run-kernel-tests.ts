// npm run test:kernel: loads generated rules into network namespaces of its own, and sends real packets through them.
import type { ChildProcess } from 'node:child_process';
import { buildNftRules } from '@/lib/core/capture/build-nft-rules';
import { buildRuleSet } from '@/lib/core/capture/build-rule-set';
import { renderNftCommands, renderNftList } from '@/lib/core/capture/render-nft';
import { renderRestore } from '@/lib/core/capture/render-restore';
import { renderSave } from '@/lib/core/capture/render-save';
import type { Family } from '@/lib/core/capture/rule-types';
import { type Receipt, type SendResult, startListener, startSender } from './agents';
import { buildDrafts, expectReceiver, findAddressFault, planListeners } from './expect-receiver';
import { call, inside, type Lab, openLab, routeMarkLocally } from './namespaces';
import { type PlannedPacket, planPackets } from './packets';
import { SCENARIOS, type Scenario } from './scenarios.data';

/** Long enough for two cores under load; only packets that the rules drop wait for it. */
const CONNECT_SECONDS = 1;
const SETTLE_MS = 200;

const say = (line: string) => process.stdout.write(`${line}\n`);
const titleOf = ({ name, backend }: Scenario) => `${name} (${backend})`;

function loadNative({ sidecar }: Scenario, lab: Lab): readonly string[] {
  const rules = sidecar === undefined ? [] : buildNftRules(sidecar);
  call('ip', inside(lab.pod, 'nft', '-f', '-'), `${renderNftCommands(rules).join('\n')}\n`);
  // The pod's interface speaks IPv6 by itself as soon as it is up, and may be counted.
  const got = call('ip', inside(lab.pod, 'nft', 'list', 'ruleset'))
    .replace(/counter packets \d+ bytes \d+/g, 'counter packets 0 bytes 0')
    .trimEnd()
    .split('\n');
  const wanted = renderNftList(rules);
  const at = wanted.findIndex((line, index) => line !== got[index]);
  return at < 0 && got.length === wanted.length ? [] : [`nft list ruleset has: ${got[at]}; computed: ${wanted[at]}`];
}

function loadRules(scenario: Scenario, lab: Lab): readonly string[] {
  if (scenario.backend === 'native') return loadNative(scenario, lab);
  const faults: string[] = [];
  for (const family of ['ipv4', 'ipv6'] as const) {
    const drafts = buildDrafts(scenario, family);
    if (drafts.length === 0) continue;
    const tool = `${family === 'ipv6' ? 'ip6tables' : 'iptables'}-${scenario.backend}`;
    call('ip', inside(lab.pod, `${tool}-restore`, '--noflush'), `${renderRestore(drafts).join('\n')}\n`);
    const dump = call('ip', inside(lab.pod, `${tool}-save`));
    const wanted = toSections(renderSave(buildRuleSet(drafts, family)));
    const got = toSections(dump.split('\n'));
    for (const [table, lines] of wanted) {
      const seen = got.get(table) ?? [];
      const at = lines.findIndex((line, index) => line !== seen[index]);
      if (at >= 0 || seen.length !== lines.length)
        faults.push(
          `${tool}-save has in ${table}: ${seen[at] ?? `${seen.length} lines`}; computed: ${lines[at] ?? `${lines.length} lines`}`,
        );
    }
  }
  return faults;
}

/** Tables by name; comments, counters and tables that stayed empty fall away. */
function toSections(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let open: string[] = [];
  for (const line of lines) {
    if (line.startsWith('*')) {
      open = [];
      sections.set(line, open);
    } else if (line.startsWith(':') || line.startsWith('-A')) open.push(line.replace(/\[\d+:\d+\]$/, '[0:0]'));
  }
  return sections;
}

interface Sent {
  readonly planned: PlannedPacket;
  readonly result: SendResult;
}

async function sendAll(scenario: Scenario, lab: Lab, children: ChildProcess[], receipts: Map<string, Receipt>) {
  const listeners = planListeners(scenario);
  for (const spec of listeners) {
    const namespace = spec.name === 'outside' ? lab.outside : lab.pod;
    children.push(await startListener(namespace, spec, (receipt) => receipts.set(receipt.token, receipt)));
  }
  const senders = { pod: startSender(lab.pod), outside: startSender(lab.outside) };
  children.push(senders.pod.child, senders.outside.child);
  const sent: Sent[] = [];
  for (const [index, planned] of planPackets(scenario).entries()) {
    const { from, ...command } = planned;
    const token = `packet-${index}`;
    sent.push({ planned, result: await senders[from].send({ ...command, token, timeout: CONNECT_SECONDS }) });
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return { sent, listeners };
}

function describe({ from, protocol, destination, port, source, uid, gid, mark }: PlannedPacket): string {
  const who = from === 'outside' ? 'outside' : `uid ${uid} gid ${gid}`;
  return `${who}${source === undefined ? '' : ` from ${source}`}${mark === undefined ? '' : ` mark ${mark}`} ${protocol} -> ${destination} ${port}`;
}

async function runScenario(
  scenario: Scenario,
): Promise<{ readonly packets: number; readonly faults: readonly string[] }> {
  const lab = openLab();
  const children: ChildProcess[] = [];
  current = { lab, children };
  try {
    const faults = [...loadRules(scenario, lab)];
    if (scenario.sidecar?.interceptionMode === 'TPROXY') routeMarkLocally(lab.pod, '1337', 133);
    if (scenario.ambient !== undefined) routeMarkLocally(lab.pod, '0x111/0xfff', 100);
    const receipts = new Map<string, Receipt>();
    const { sent, listeners } = await sendAll(scenario, lab, children, receipts);
    for (const { planned, result } of sent) {
      const expected = expectReceiver(scenario, planned, listeners);
      const receipt = receipts.get(result.token);
      const got = receipt === undefined ? 'nobody' : `${receipt.by}:${receipt.port}`;
      if (got !== expected.receiver) {
        const rules = expected.trace.steps.map(({ rule }) => rule.id).join(' ');
        faults.push(
          `${describe(planned)}: ${got} (${result.result}); the tracer says ${expected.receiver} by ${rules}`,
        );
      } else if (receipt !== undefined) {
        const fault = findAddressFault(expected, planned, receipt);
        if (fault !== undefined) faults.push(`${describe(planned)}: ${fault}`);
        if (planned.protocol === 'tcp' && result.result !== 'answered')
          faults.push(`${describe(planned)}: the answer did not come back (${result.result})`);
      }
    }
    return { packets: sent.length, faults };
  } finally {
    close();
  }
}

let current: { readonly lab: Lab; readonly children: readonly ChildProcess[] } | undefined;

function close(): void {
  for (const child of current?.children ?? []) child.kill('SIGKILL');
  current?.lab.remove();
  current = undefined;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    close();
    process.exit(1);
  });
}
process.on('exit', close);

const only = process.argv[2];
const families: Record<Family, number> = { ipv4: 0, ipv6: 0 };
let total = 0;
let failed = 0;
for (const scenario of SCENARIOS.filter((one) => only === undefined || titleOf(one).includes(only))) {
  const first = await runScenario(scenario);
  // A machine that is busy with other things may be late with an answer; what is wrong is wrong again.
  if (first.faults.length > 0) for (const fault of first.faults) say(`once more, since ${titleOf(scenario)}: ${fault}`);
  const { packets, faults } = first.faults.length === 0 ? first : await runScenario(scenario);
  for (const family of ['ipv4', 'ipv6'] as const) families[family] += buildDrafts(scenario, family).length > 0 ? 1 : 0;
  total += packets;
  failed += faults.length;
  say(
    `${faults.length === 0 ? 'ok  ' : 'FAIL'} ${titleOf(scenario)}: ${packets} packets${faults.length === 0 ? '' : `, ${faults.length} differences`}`,
  );
  for (const fault of faults) say(`     ${fault}`);
}
say(`${families.ipv4 + families.ipv6} rule sets, ${total} packets, ${failed} differences`);
process.exit(failed === 0 && total > 0 ? 0 : 1);
