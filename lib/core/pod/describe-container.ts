import { INIT_CONTAINER, PROXY_CONTAINER, VALIDATION_CONTAINER } from '@/lib/core/kube/names';
import { type ChangeContext, isTemplateContainer } from './change-draft';
import type { PlacedContainer } from './pod-containers';
import type { PodPhraseCode } from './pod-phrases.data';

interface Description {
  readonly because: PodPhraseCode;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The value after `flag` in an argument list, or `fallback`. */
function readFlag(args: readonly string[] = [], flag: string, fallback: string): string {
  const at = args.indexOf(flag);
  return at < 0 ? fallback : (args[at + 1] ?? fallback);
}

/** What an added container is for, told with its own settings. */
export function describeContainer(placed: PlacedContainer, context: ChangeContext): Description {
  const { container, list } = placed;
  const { args, name } = container;
  if (!isTemplateContainer(context, container)) return { because: 'pod.container.unknown' };
  if (name === INIT_CONTAINER || name === VALIDATION_CONTAINER) {
    return {
      because: name === INIT_CONTAINER ? 'pod.container.init' : 'pod.container.validation',
      values: {
        mode: readFlag(args, '-m', 'REDIRECT'),
        inbound: readFlag(args, '-z', '15006'),
        outbound: readFlag(args, '-p', '15001'),
        excluded: readFlag(args, '-d', '').replaceAll(',', ', ') || 'none',
      },
    };
  }
  if (name !== PROXY_CONTAINER) return { because: 'pod.container.template' };
  if (container.env?.some((entry) => entry.name === 'DISABLE_ENVOY' && entry.value === 'true')) {
    return { because: 'pod.container.grpc-agent' };
  }
  if (args?.includes('router')) return { because: 'pod.container.gateway' };
  return { because: list === 'initContainers' ? 'pod.container.proxy-native' : 'pod.container.proxy' };
}
