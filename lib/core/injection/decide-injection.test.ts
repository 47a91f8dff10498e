import { describe, expect, it } from 'vitest';
import {
  type AdmittedPod,
  decideInjection,
  explainDecision,
  type InjectionDecision,
  type InjectorPolicy,
} from './decide-injection';
import { say } from './say';

const KEY = 'sidecar.istio.io/inject';
const pod = (over: Partial<AdmittedPod> = {}): AdmittedPod => ({
  namespace: 'shop',
  hostNetwork: false,
  labels: {},
  annotations: {},
  ...over,
});
const asking = (value: string, over: Partial<AdmittedPod> = {}) => pod({ labels: { [KEY]: value }, ...over });
const annotated = (value: string, over: Partial<AdmittedPod> = {}) => pod({ annotations: { [KEY]: value }, ...over });
const policy = (over: Partial<InjectorPolicy> = {}): InjectorPolicy => ({
  policy: 'enabled',
  neverInject: [],
  alwaysInject: [],
  ...over,
});

const ENABLED = policy();
const DISABLED = policy({ policy: 'disabled' });
const ODD = policy({ policy: 'sometimes' });
const picks = (value: string) => ({ matchLabels: { app: value } });
const app = (value: string) => pod({ labels: { app: value } });

describe('decideInjection', () => {
  it.each<[name: string, pod: AdmittedPod, policy: InjectorPolicy, want: InjectionDecision]>([
    ['policy enabled', pod(), ENABLED, { inject: true, because: 'policy' }],
    ['policy disabled', pod(), DISABLED, { inject: false, because: 'policy' }],
    ['policy unknown', pod(), ODD, { inject: false, because: 'policy-illegal' }],
    ['policy empty', pod(), policy({ policy: '' }), { inject: false, because: 'policy-illegal' }],
    [
      'host network wins over the switch',
      asking('true', { hostNetwork: true }),
      ENABLED,
      { inject: false, because: 'host-network' },
    ],
    [
      'a system namespace wins over the switch',
      asking('true', { namespace: 'kube-system' }),
      ENABLED,
      { inject: false, because: 'system-namespace' },
    ],
    ['label true under policy disabled', asking('true'), DISABLED, { inject: true, because: 'label' }],
    ['label false', asking('false'), ENABLED, { inject: false, because: 'label' }],
    ['annotation true under policy disabled', annotated('true'), DISABLED, { inject: true, because: 'annotation' }],
    ['annotation false', annotated('false'), ENABLED, { inject: false, because: 'annotation' }],
    [
      'the label beats the annotation',
      asking('true', { annotations: { [KEY]: 'false' } }),
      ENABLED,
      { inject: true, because: 'label' },
    ],
    [
      'an empty label beats the annotation',
      asking('', { annotations: { [KEY]: 'false' } }),
      ENABLED,
      { inject: true, because: 'policy' },
    ],
    ['an explicit yes under an unknown policy', asking('true'), ODD, { inject: false, because: 'policy-illegal' }],
    ['an explicit no under an unknown policy', asking('false'), ODD, { inject: false, because: 'label' }],
    [
      'an unknown word counts as absent',
      asking('yes'),
      ENABLED,
      { inject: true, because: 'policy', ignoredSwitch: 'yes' },
    ],
    [
      'True is an unknown word',
      annotated('True'),
      DISABLED,
      { inject: false, because: 'policy', ignoredSwitch: 'True' },
    ],
    [
      'a never selector',
      app('a'),
      policy({ neverInject: [picks('b'), picks('a')] }),
      { inject: false, because: 'never-selector', selectorNumber: 2 },
    ],
    [
      'an empty never selector is skipped',
      app('a'),
      policy({ neverInject: [{}] }),
      { inject: true, because: 'policy' },
    ],
    [
      'an invalid never selector picks nothing',
      app('a'),
      policy({ neverInject: [{ matchExpressions: [{ key: 'app', operator: 'Is' }] }] }),
      { inject: true, because: 'policy' },
    ],
    [
      'an always selector under policy disabled',
      app('a'),
      policy({ policy: 'disabled', alwaysInject: [picks('a')] }),
      { inject: true, because: 'always-selector', selectorNumber: 1 },
    ],
    [
      'never comes before always',
      app('a'),
      policy({ neverInject: [picks('a')], alwaysInject: [picks('a')] }),
      { inject: false, because: 'never-selector', selectorNumber: 1 },
    ],
    [
      'an always selector under an unknown policy',
      app('a'),
      policy({ policy: 'x', alwaysInject: [picks('a')] }),
      { inject: false, because: 'policy-illegal' },
    ],
    [
      'the switch comes before selectors',
      asking('true'),
      policy({ neverInject: [{ matchExpressions: [{ key: KEY, operator: 'Exists' }] }] }),
      { inject: true, because: 'label' },
    ],
  ])('%s', (_name, input, settings, want) => {
    expect(decideInjection(input, settings)).toEqual(want);
  });

  it.each<[word: string, inject: boolean, because: string]>([
    ['y', true, 'label'],
    ['YES', true, 'label'],
    ['on', true, 'label'],
    ['True', true, 'label'],
    ['', true, 'policy'],
    ['maybe', false, 'label'],
    ['off', false, 'label'],
  ])('up to 1.26 reads "%s" loosely', (word, inject, because) => {
    expect(decideInjection(asking(word), policy({ hasLooseSwitch: true }))).toEqual({ inject, because });
  });

  it('assumes an enabled policy where none was read', () => {
    expect(decideInjection(pod())).toEqual({ inject: true, because: 'policy' });
  });
});

describe('explainDecision', () => {
  it.each<[name: string, pod: AdmittedPod, policy: InjectorPolicy, want: ReturnType<typeof say>]>([
    ['host network', pod({ hostNetwork: true }), ENABLED, say('decision.host-network')],
    [
      'system namespace',
      pod({ namespace: 'kube-public' }),
      ENABLED,
      say('decision.system-namespace', { namespace: 'kube-public' }),
    ],
    ['label yes', asking('true'), ENABLED, say('decision.label-yes', { value: 'true' })],
    ['label no', asking('false'), ENABLED, say('decision.label-no', { value: 'false' })],
    ['annotation yes', annotated('true'), ENABLED, say('decision.annotation-yes', { value: 'true' })],
    ['annotation no', annotated('false'), ENABLED, say('decision.annotation-no', { value: 'false' })],
    ['never selector', app('a'), policy({ neverInject: [picks('a')] }), say('decision.never-selector', { number: 1 })],
    [
      'always selector',
      app('a'),
      policy({ alwaysInject: [picks('a')] }),
      say('decision.always-selector', { number: 1 }),
    ],
    ['policy enabled', pod(), ENABLED, say('decision.policy-enabled')],
    ['policy disabled', pod(), DISABLED, say('decision.policy-disabled')],
    ['policy illegal', pod(), ODD, say('decision.policy-illegal', { policy: 'sometimes' })],
  ])('%s', (_name, input, settings, want) => {
    expect(explainDecision(decideInjection(input, settings), input, settings)).toEqual(want);
  });
});
