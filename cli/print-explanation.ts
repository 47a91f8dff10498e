import type { Gate } from '@/lib/core/injection/explain-pod';
import type { Decision, Explained } from './explained';
import { sayVerdict } from './verdict-texts';

const MARKS = { passed: '✓', failed: '✗', 'not-reached': '·', unknown: '?' } as const;
const HEADS: Readonly<Record<Decision, string>> = {
  injected: '✓ gets a sidecar',
  'not-injected': '✗ gets no sidecar',
  refused: '✗ is refused',
  unknown: '? cannot be told',
};
const HAZARD_MARKS = { error: '!!', warning: '! ', notice: 'i ' } as const;
const MOST_DIFFERENCES = 20;

/** One object as a person reads it in a terminal: the answer, the gates, what may go wrong and what would change it. */
export function printExplanation(explained: Explained, isColoured: boolean): string {
  const paint = isColoured ? colour : (text: string) => text;
  const { kind, namespace, name, decision, servedBy, because, file, state, standing, pods, isBrief } = explained;
  const by = servedBy === undefined ? '' : ` from revision ${servedBy.revision}${tagOf(servedBy)}`;
  const sign = decision === 'injected' ? 'good' : decision === 'unknown' ? 'dim' : 'bad';
  const answer = paint(`${HEADS[decision]}${decision === 'injected' ? by : ''}`, sign);
  const count = pods === undefined ? '' : `  ${pods.asWanted} of ${pods.total} pods as wanted`;
  const place = namespace === '' ? name : `${namespace}/${name}`;
  const head = `${paint(`${kind} ${place}`, 'bold')}  ${answer}${count}`;
  const running = standing === undefined || state === undefined ? [] : [`  now ${state}: ${sayVerdict(standing)}`];
  const top = [
    file === undefined ? head : `${head}  ${paint(file, 'dim')}`,
    `  ${sayVerdict(because)}`,
    ...(standing?.code === because.code ? [] : running),
    '',
  ];
  if (isBrief) return top.join('\n');
  return [
    ...top,
    ...printGates(explained.gates, paint),
    ...printList(
      'What may go wrong',
      explained.hazards.map(({ severity, because: why }) => `${HAZARD_MARKS[severity]} ${sayVerdict(why)}`),
      paint,
    ),
    ...printRendering(explained, paint),
    ...printList(
      'What would change it',
      explained.remedies.map(({ text }, index) => `${index + 1}. ${sayVerdict(text)}`),
      paint,
    ),
    '',
  ].join('\n');
}

type Paint = (text: string, as: 'good' | 'bad' | 'dim' | 'bold') => string;

const CODES = { good: 32, bad: 31, dim: 2, bold: 1 } as const;
const colour: Paint = (text, as) => `\u001b[${CODES[as]}m${text}\u001b[0m`;

function tagOf({ tag, revision }: NonNullable<Explained['servedBy']>): string {
  return tag === undefined || tag === revision ? '' : ` by tag ${tag}`;
}

function printGates(gates: readonly Gate[], paint: Paint): readonly string[] {
  const width = Math.max(...gates.map(({ title }) => sayVerdict(title).length));
  return gates.flatMap(({ title, outcome, seen, isDeciding }) => {
    const sign = outcome === 'passed' ? 'good' : outcome === 'failed' ? 'bad' : 'dim';
    const told = outcome === 'not-reached' ? ['not reached'] : seen.map(sayVerdict);
    const [first = '', ...rest] = told;
    const text = sayVerdict(title).padEnd(width);
    const line = `  ${paint(MARKS[outcome], sign)} ${isDeciding ? paint(text, 'bold') : text}  ${paint(first, 'dim')}`;
    const decides = isDeciding ? paint('  ← decides', 'bold') : '';
    return [`${line.trimEnd()}${decides}`, ...rest.map((each) => `${' '.repeat(width + 6)}${paint(each, 'dim')}`)];
  });
}

function printList(title: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.length === 0 ? [] : ['', `  ${paint(title, 'bold')}`, ...lines.map((line) => `  ${line}`)];
}

function printRendering({ rendering }: Explained, paint: Paint): readonly string[] {
  if (rendering?.kind !== 'differs') return [];
  const { differences } = rendering;
  const lines = differences
    .slice(0, MOST_DIFFERENCES)
    .flatMap(({ path, running = 'absent', wanted = 'absent' }) => [path, `  - ${running}`, `  + ${wanted}`]);
  const more = differences.length - MOST_DIFFERENCES;
  return printList('What would be different now', more > 0 ? [...lines, `and ${more} more fields`] : lines, paint);
}

/** The same for programs: sentences beside the codes that they come from. */
export function toJson({ because, gates, hazards, remedies, rendering, ...rest }: Explained) {
  const said = (phrase: Explained['because']) => ({ ...phrase, text: sayVerdict(phrase) });
  return {
    ...rest,
    because: said(because),
    gates: gates.map(({ title, seen, ...gate }) => ({ ...gate, title: sayVerdict(title), seen: seen.map(said) })),
    hazards: hazards.map(({ because: why, ...hazard }) => ({ ...hazard, because: said(why) })),
    remedies: remedies.map(({ action, text }) => ({ action, text: sayVerdict(text) })),
    ...(rendering === undefined ? {} : { rendering }),
  };
}
