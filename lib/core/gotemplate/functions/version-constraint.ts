export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly prerelease: string;
  readonly metadata: string;
  readonly original: string;
}

const PRERELEASE = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const VERSION = new RegExp(`^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:-(${PRERELEASE}))?(?:\\+(${PRERELEASE}))?$`);
const ONE = `v?([0-9]+|x|X|\\*)(?:\\.([0-9]+|x|X|\\*))?(?:\\.([0-9]+|x|X|\\*))?(?:-(${PRERELEASE}))?(?:\\+(?:${PRERELEASE}))?`;
const CONSTRAINT = new RegExp(`^\\s*(=|==|!=|>|<|>=|=>|<=|=<|~|~>|\\^)?\\s*${ONE}\\s*$`);
const EACH = new RegExp(`(?:=>|=<|==|!=|>=|<=|~>|=|>|<|~|\\^)?\\s*${ONE}`, 'g');
const SEPARATED = new RegExp(`^\\s*${EACH.source}\\s*(?:(?:\\s+|,\\s*)${EACH.source}\\s*)*$`);
const MAX_LENGTH = 256;
const HYPHEN = new RegExp(`\\s*(${ONE})\\s+-\\s+(${ONE})\\s*`, 'g');

/** Reads a version, missing parts as 0; undefined for what is none. Source: Masterminds/semver v3, NewVersion. */
export function parseVersion(original: string): Version | undefined {
  const match = VERSION.exec(original);
  if (match === null) return undefined;
  const [, major = '0', minor = '0', patch = '0', prerelease = '', metadata = ''] = match;
  return { major: BigInt(major), minor: BigInt(minor), patch: BigInt(patch), prerelease, metadata, original };
}

function comparePart(one: string | undefined, two: string | undefined): number {
  if (one === undefined || two === undefined) return one === two ? 0 : one === undefined ? -1 : 1;
  const [isFirst, isSecond] = [/^\d+$/.test(one), /^\d+$/.test(two)];
  if (isFirst && isSecond) return Number(BigInt(one) - BigInt(two));
  if (isFirst !== isSecond) return isFirst ? -1 : 1;
  return one < two ? -1 : one > two ? 1 : 0;
}

function comparePrereleases(one: string, two: string): number {
  if (one === two) return 0;
  if (one === '' || two === '') return one === '' ? 1 : -1;
  const [first, second] = [one.split('.'), two.split('.')];
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const order = comparePart(first[index], second[index]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Orders versions by precedence. */
function compareVersions(one: Version, two: Version): number {
  for (const part of ['major', 'minor', 'patch'] as const) {
    if (one[part] !== two[part]) return one[part] < two[part] ? -1 : 1;
  }
  return comparePrereleases(one.prerelease, two.prerelease);
}

interface Constraint {
  readonly operator: string;
  readonly version: Version;
  /** Parts that are written out: 0 for `*`. */
  readonly parts: number;
}

const isWild = (part: string | undefined) => part === undefined || /^[xX*]$/.test(part);

function parseOne(text: string): Constraint | undefined {
  const match = CONSTRAINT.exec(text);
  if (match === null) return undefined;
  const [, operator = '', major, minor, patch, prerelease = ''] = match;
  const parts = isWild(major) ? 0 : isWild(minor) ? 1 : isWild(patch) ? 2 : 3;
  const numbers = [major, minor, patch].map((part, index) => (index < parts ? BigInt(part ?? '0') : 0n));
  const [first = 0n, second = 0n, third = 0n] = numbers;
  const version = { major: first, minor: second, patch: third, prerelease, metadata: '', original: text };
  return { operator, version, parts };
}

/** Whether a version lies in the range that a tilde or a bare partial version means. */
function isTilde(version: Version, { version: wanted, parts }: Constraint): boolean {
  if (compareVersions(version, wanted) < 0) return false;
  if (parts === 0) return true;
  return version.major === wanted.major && (parts === 1 || version.minor === wanted.minor);
}

function isCaret(version: Version, { version: wanted, parts }: Constraint): boolean {
  if (compareVersions(version, wanted) < 0) return false;
  if (wanted.major > 0n || parts <= 1) return parts === 0 || version.major === wanted.major;
  if (version.major !== 0n) return false;
  if (wanted.minor > 0n || parts === 2) return version.minor === wanted.minor;
  return version.minor === 0n && version.patch === wanted.patch;
}

function isAbove(version: Version, { version: wanted, parts }: Constraint): boolean {
  if (parts === 3) return compareVersions(version, wanted) > 0;
  if (version.major !== wanted.major) return version.major > wanted.major;
  return parts === 2 && version.minor > wanted.minor;
}

function isAtMost(version: Version, { version: wanted, parts }: Constraint): boolean {
  if (parts === 3 || parts === 0) return parts === 0 || compareVersions(version, wanted) <= 0;
  if (version.major !== wanted.major) return version.major < wanted.major;
  return parts === 1 || version.minor <= wanted.minor;
}

function differs(version: Version, constraint: Constraint): boolean {
  const { version: wanted, parts } = constraint;
  if (parts === 3) return compareVersions(version, wanted) !== 0;
  return !isTilde(version, constraint);
}

function satisfies(version: Version, constraint: Constraint): boolean {
  const { operator, version: wanted, parts } = constraint;
  const isRefusedPrerelease = version.prerelease !== '' && wanted.prerelease === '';
  if (isRefusedPrerelease) return false;
  switch (operator) {
    case '>':
      return isAbove(version, constraint);
    case '>=':
    case '=>':
      return compareVersions(version, wanted) >= 0;
    case '<':
      return compareVersions(version, wanted) < 0;
    case '<=':
    case '=<':
      return isAtMost(version, constraint);
    case '~':
    case '~>':
      return isTilde(version, constraint);
    case '^':
      return isCaret(version, constraint);
    case '!=':
      return differs(version, constraint);
    default:
      return parts === 3 ? compareVersions(version, wanted) === 0 : isTilde(version, constraint);
  }
}

/** Reads a constraint such as `>=1.20, <2 || ^3`; undefined for what is none. Source: Masterminds/semver v3, NewConstraint. */
export function parseConstraint(text: string): ((version: Version) => boolean) | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const groups = text
    .replace(HYPHEN, (_whole, low: string, ...rest: unknown[]) => `>=${low},<=${String(rest[4])}`)
    .split('||');
  const parsed = groups.map((group) => {
    const pieces = group.match(EACH) ?? [];
    const isComplete = SEPARATED.test(group);
    const constraints = pieces.map(parseOne).filter((constraint) => constraint !== undefined);
    return isComplete && pieces.length > 0 && constraints.length === pieces.length ? constraints : undefined;
  });
  const good = parsed.filter((constraints) => constraints !== undefined);
  if (good.length < parsed.length) return undefined;
  return (version) => good.some((constraints) => constraints.every((constraint) => satisfies(version, constraint)));
}
