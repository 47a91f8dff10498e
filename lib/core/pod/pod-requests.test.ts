import { describe, expect, it } from 'vitest';
import type { Container, PodSpec } from '@/lib/core/kube/pod-types';
import { sumPodRequests } from './pod-requests';

const using = (cpu: string, over: Partial<Container> = {}): Container => ({
  name: cpu,
  resources: { requests: { cpu } },
  ...over,
});
const native = { restartPolicy: 'Always' };

describe('sumPodRequests', () => {
  it.each<[name: string, spec: PodSpec, cores: number]>([
    ['nothing asks for nothing', {}, 0],
    ['containers add up', { containers: [using('100m'), using('200m')] }, 0.3],
    ['an init container counts alone', { containers: [using('100m')], initContainers: [using('1'), using('300m')] }, 1],
    [
      'a native sidecar runs beside the containers',
      { containers: [using('100m')], initContainers: [using('50m', native)] },
      0.15,
    ],
    [
      'and beside the init containers after it',
      { containers: [using('1m')], initContainers: [using('50m', native), using('400m')] },
      0.45,
    ],
    [
      'but not beside the ones before it',
      { containers: [using('1m')], initContainers: [using('400m'), using('50m', native)] },
      0.4,
    ],
    ['a limit stands for a missing request', { containers: [{ name: 'a', resources: { limits: { cpu: '2' } } }] }, 2],
    ['what is no quantity counts nothing', { containers: [using('lots')] }, 0],
  ])('%s', (_name, spec, cores) => {
    expect(sumPodRequests(spec).cpuCores).toBeCloseTo(cores, 9);
  });
});
