'use client';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/shared/copy-button';
import { Phrase } from '@/components/shared/phrase';
import type { CaptureAnswer, CaptureFamilyAnswer, CaptureRuleAnswer, CaptureTableAnswer } from '@/lib/api/capture';
import { StepNumbers } from './step-numbers';
import { type Flow, stepNumbers } from './use-map-light';

type Chain = CaptureTableAnswer['chains'][number];

const anchorOf = (table: string, chain: string) => `rules-${table}-${chain}`;

interface RulesTextProps {
  readonly family: CaptureFamilyAnswer;
  readonly flow: Flow | null;
  /** Of a pod whose rules are nftables'. */
  readonly nft: CaptureAnswer['nft'];
}

/** All rules as text, table by table, each with its meaning beside it. */
export function RulesText({ family, flow, nft }: RulesTextProps) {
  const t = useTranslations('capture.rules');
  const prefix = family.family === 'ipv6' ? 'ip6tables' : 'iptables';
  const copies: readonly (readonly [string, string])[] = [
    ...(nft === undefined
      ? []
      : ([
          ['nft -f', nft.commands],
          ['nft list ruleset', nft.list],
        ] as const)),
    [`${prefix}-restore`, family.restore],
    [`${prefix}-save`, family.save],
  ];
  return (
    <section aria-label={t('label', { family: family.family })}>
      <div className="mb-2 flex flex-wrap gap-2">
        {copies.map(([command, text]) => (
          <CopyButton key={command} text={text} label={t('copy', { command })}>
            {t('copy', { command })}
          </CopyButton>
        ))}
      </div>
      <div className="grid gap-4">
        {family.tables.map((table) => (
          <TableText key={table.name} table={table} flow={flow} />
        ))}
      </div>
    </section>
  );
}

function TableText({ table, flow }: { readonly table: CaptureTableAnswer; readonly flow: Flow | null }) {
  return (
    <div className="table-frame">
      <h3 className="mono border-b border-line bg-sunk px-3 py-1.5 font-semibold">*{table.name}</h3>
      {table.chains.map((chain) => (
        <ChainText key={chain.id} chain={chain} table={table} flow={flow} />
      ))}
    </div>
  );
}

interface ChainTextProps {
  readonly chain: Chain;
  readonly table: CaptureTableAnswer;
  readonly flow: Flow | null;
}

function ChainText({ chain, table, flow }: ChainTextProps) {
  const t = useTranslations('capture.rules');
  const name = t('chainOf', { chain: chain.name, table: table.name });
  return (
    <table id={anchorOf(table.name, chain.name)} aria-label={name} className="rules-chain">
      <thead>
        <tr>
          <th scope="col" className="w-10 text-right text-ink-3">
            <span className="sr-only">{t('number')}</span>
          </th>
          <th scope="col">
            <code className="text-ink-2">
              :{chain.name} {chain.policy ?? '-'}
            </code>
            <span className="sr-only">{t('rule')}</span>
          </th>
          <th scope="col" className="w-[38%]">
            <span className="sr-only">{t('meaning')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {chain.rules.map((rule, index) => (
          <tr key={rule.id} data-light={stepNumbers(flow, rule.id).length > 0 ? 'on' : undefined}>
            <td className="text-right text-ink-3">{index + 1}</td>
            <td>
              <StepNumbers numbers={stepNumbers(flow, rule.id)} />
              <RuleText rule={rule} chain={chain.name} table={table} />
            </td>
            <td>
              <Phrase value={rule.meaning} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface RuleTextProps {
  readonly rule: CaptureRuleAnswer;
  readonly chain: string;
  readonly table: CaptureTableAnswer;
}

/** The rule as written; a chain that it jumps to is a link. */
function RuleText({ rule, chain, table }: RuleTextProps) {
  const isJump = table.chains.some((one) => one.name === rule.target) && rule.text.endsWith(rule.target);
  const before = isJump ? rule.text.slice(0, -rule.target.length) : rule.text;
  return (
    <code className="break-words">
      <span className="text-ink-3">-A {chain} </span>
      {before}
      {isJump && (
        <a className="link" href={`#${anchorOf(table.name, rule.target)}`}>
          {rule.target}
        </a>
      )}
    </code>
  );
}
