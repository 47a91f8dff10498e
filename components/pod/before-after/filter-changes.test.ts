import { describe, expect, it } from 'vitest';
import { plainPod, sidecarPod } from '@/lib/core/pod/example-pods';
import { exampleAnswer } from './example-state';
import { filterChanges, groupChanges, splitByOrigin } from './filter-changes';

const injected = sidecarPod({ labels: { mine: 'x' } });
const pod = { ...injected, spec: { ...injected.spec, nodeName: 'node-1' } };
const { changes } = exampleAnswer(pod);
const found = (search: string, kinds: ('added' | 'changed' | 'removed')[] = []) =>
  filterChanges(changes, { search, kinds }, ({ origin }) => `made by ${origin}`);

describe('filterChanges', () => {
  it('shows all without a wish', () => {
    expect(found(' ')).toHaveLength(changes.length);
  });

  it.each<[name: string, search: string, want: string]>([
    ['the path', 'tlsMode', 'labels/pod/security.istio.io/tlsMode'],
    ['a value, in any case', 'ISTIOD.istio-system.svc:15012', 'env/istio-proxy/CA_ADDR'],
    ['the words on screen', 'made by scheduler', 'scheduling/pod/nodeName'],
    ['all words, wherever they stand', 'istio-init args', 'containers/istio-init/args'],
  ])('looks in %s', (_name, search, want) => {
    expect(found(search).map(({ id }) => id)).toContain(want);
    expect(found(search).length).toBeLessThan(changes.length);
  });

  it('keeps the kinds that are asked for', () => {
    expect(found('', ['removed'])).toEqual([]);
    expect(found('', ['added', 'removed'])).toHaveLength(changes.length);
  });
});

describe('splitByOrigin', () => {
  it('sets the cluster’s work apart, but keeps in sight what nobody explains', () => {
    const { own, byCluster } = splitByOrigin(changes);
    expect(byCluster.map(({ path }) => path)).toEqual(['nodeName']);
    expect(own.some(({ path, origin }) => path === 'labels mine' && origin === 'unknown')).toBe(true);
  });
});

describe('groupChanges', () => {
  it('keeps the order of the list and folds the parts of new containers', () => {
    const groups = groupChanges(changes);
    expect(groups[0]).toMatchObject({
      group: 'containers',
      changes: [{ id: 'containers/istio-init/container' }, { id: 'containers/istio-proxy/container' }],
    });
    expect(groups.find(({ group }) => group === 'env')).toMatchObject({ changes: [] });
    expect(groups.flatMap((view) => [...view.changes, ...view.parts])).toHaveLength(changes.length);
  });

  it('is empty for a pod that runs as written', () => {
    expect(groupChanges(exampleAnswer(plainPod()).changes)).toEqual([]);
  });
});
