import { ABSENT } from './match-value';
import type { Row } from './row';
import { calls, dropMutating, dropValidating, hook, mutating, ON_MAPS, tryMap, validating } from './webhook-steps';
import { batch, configMap, core, cronJob, restingPod } from './write-objects';
import {
  bad,
  eventually,
  get,
  holds,
  invalid,
  lacks,
  mergePatch,
  post,
  refused,
  remove,
  unknown,
  warned,
} from './write-steps';

const MAPS = core('configmaps');
const MAP = core('configmaps', 'x');
const IF_NEEDED = { reinvocationPolicy: 'IfNeeded' };
const when = (...expressions: readonly string[]) => ({
  matchConditions: expressions.map((expression, index) => ({ name: `c${index}`, expression })),
});
const on = (rule: Readonly<Record<string, unknown>>) => ({ rules: [{ ...ON_MAPS[0], ...rule }] });
const CONFIGURATION = { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration', name: '{ns}-m' };
const denied = (status: number, reason: string, how: string) =>
  refused(status, reason, `admission webhook "a.example.com" denied the request${how}`, { details: ABSENT });

const CONFIGURATION_ROWS: readonly Row[] = [
  {
    name: 'webhook: what an entry leaves out',
    steps: [
      mutating(
        'm',
        [
          {
            name: 'a.example.com',
            clientConfig: { url: 'https://127.0.0.1:1/x' },
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
            rules: ON_MAPS,
            objectSelector: { matchLabels: { never: 'set' } },
          },
        ],
        {
          status: 201,
          body: {
            webhooks: [
              {
                failurePolicy: 'Fail',
                matchPolicy: 'Equivalent',
                namespaceSelector: {},
                reinvocationPolicy: 'Never',
                timeoutSeconds: 10,
                rules: [{ scope: '*' }],
              },
            ],
          },
        },
      ),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook: addresses that are not allowed',
    steps: [
      mutating(
        'm',
        [hook('a', '', { clientConfig: { url: 'http://127.0.0.1:1' } })],
        invalid(
          CONFIGURATION,
          bad(
            'webhooks[0].clientConfig.url',
            'http',
            "'https' is the only allowed URL scheme; desired format: https://host[/path]",
          ),
        ),
      ),
      mutating(
        'm',
        [hook('a', '', { clientConfig: { url: 'https://127.0.0.1:1/x?q=1' } })],
        invalid(
          CONFIGURATION,
          bad('webhooks[0].clientConfig.url', 'q=1', 'query parameters are not permitted in the URL'),
        ),
      ),
    ],
  },
  {
    name: 'webhook: rules that contradict themselves',
    steps: [
      mutating(
        'm',
        [hook('a', '/x', on({ operations: ['*', 'CREATE'], resources: ['*', 'pods'], scope: 'Odd' }))],
        invalid(
          CONFIGURATION,
          bad(
            'webhooks[0].rules[0].operations',
            ['*', 'CREATE'],
            "if '*' is present, must not specify other operations",
          ),
          bad(
            'webhooks[0].rules[0].resources',
            ['*', 'pods'],
            "if '*' is present, must not specify other resources without subresources",
          ),
          unknown('webhooks[0].rules[0].scope', 'Odd', '*', 'Cluster', 'Namespaced'),
        ),
      ),
    ],
  },
  {
    name: 'webhook: side effects have to be told, and not to be there',
    steps: [
      mutating(
        'm',
        [hook('a', '/x', { sideEffects: undefined })],
        invalid(CONFIGURATION, lacks('webhooks[0].sideEffects', 'must specify one of None, NoneOnDryRun')),
      ),
      mutating(
        'm',
        [hook('a', '/x', { sideEffects: 'Some' })],
        invalid(CONFIGURATION, unknown('webhooks[0].sideEffects', 'Some', 'None', 'NoneOnDryRun')),
      ),
    ],
  },
];

const ORDER_ROWS: readonly Row[] = [
  {
    name: 'webhook order: configurations by name, entries as written',
    steps: [
      mutating('b', [hook('b1', '/call/b1'), hook('b2', '/call/b2')]),
      mutating('a', [hook('z', '/call/a1'), hook('y', '/call/a2')]),
      tryMap(calls('a1,a2,b1,b2')),
      dropMutating('a'),
      dropMutating('b'),
    ],
  },
  {
    name: 'webhook reinvocation: once more after somebody else changed the object',
    steps: [
      mutating('m', [
        hook('a', '/call/first', IF_NEEDED),
        hook('b', '/call/second'),
        hook('c', '/call/third', IF_NEEDED),
      ]),
      tryMap(calls('first,second,third,first,third')),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook reinvocation: not when nobody changed anything since',
    steps: [
      mutating('m', [hook('a', '/call/first', IF_NEEDED), hook('b', '/allow')]),
      tryMap(calls('first')),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook order: validating after all mutating ones',
    steps: [
      validating('v', [hook('v', '/see/object.metadata.annotations.seen')]),
      mutating('m', [hook('a', '/annotate/seen/yes')]),
      tryMap({ status: 201, headers: warned('object.metadata.annotations.seen is yes') }),
      dropMutating('m'),
      dropValidating('v'),
    ],
  },
];

/** A hook for DestinationRules that carry the label, and an attempt to make one. */
const ruleHook = (name: string, path: string, see: string, rule: Readonly<Record<string, unknown>>) =>
  hook(name, path, {
    ...on({ apiGroups: ['networking.istio.io'], resources: ['destinationrules'], ...rule }),
    objectSelector: { matchLabels: { see } },
  });
const tryRule = (see: string, warning: string) =>
  eventually(
    post(
      '/apis/networking.istio.io/v1/namespaces/{ns}/destinationrules',
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'DestinationRule',
        metadata: { name: 'r', labels: { see } },
        spec: { host: 'a' },
      },
      { status: 201, headers: warned(warning) },
      { query: { dryRun: 'All' } },
    ),
  );

const MATCH_ROWS: readonly Row[] = [
  {
    name: 'webhook match: labels of the object and of its namespace',
    steps: [
      mutating('m', [
        hook('a', '/call/namespace', {
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['{ns}'] }],
          },
        }),
        hook('b', '/call/picked', { objectSelector: { matchLabels: { pick: 'me' } } }),
        hook('c', '/call/other', { objectSelector: { matchExpressions: [{ key: 'pick', operator: 'DoesNotExist' }] } }),
      ]),
      tryMap(calls('namespace,picked'), { pick: 'me' }),
      tryMap(calls('namespace,other')),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook match: by wildcards, scope, operation and version',
    steps: [
      mutating('m', [
        hook(
          'a',
          '/call/all',
          on({ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], scope: 'Namespaced' }),
        ),
        hook('b', '/call/subresources', on({ operations: ['*'], resources: ['*/*'], scope: 'Namespaced' })),
        hook('c', '/call/only-status', on({ operations: ['*'], resources: ['*/status'], scope: 'Namespaced' })),
        hook('d', '/call/cluster', on({ scope: 'Cluster' })),
        hook('e', '/call/updates', on({ operations: ['UPDATE'] })),
        hook('f', '/call/version', on({ apiVersions: ['v2'] })),
      ]),
      tryMap(calls('all,subresources')),
      post(MAPS, configMap('x'), calls('all,subresources')),
      mergePatch(
        MAP,
        { data: { z: '1' } },
        holds({ metadata: { annotations: { calls: 'all,subresources,all,subresources,updates' } } }),
      ),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook match: other versions of a kind count too, unless they have to be exact',
    steps: [
      validating('v', [
        ruleHook('a', '/see/kind.version', 'kind', { apiVersions: ['v1beta1'] }),
        ruleHook('b', '/see/requestKind.version', 'asked', { apiVersions: ['v1beta1'] }),
        ruleHook('c', '/see/object.apiVersion', 'object', { apiVersions: ['v1beta1'] }),
        ruleHook('d', '/see/kind.version', 'both', { apiVersions: ['v1beta1', 'v1'] }),
        { ...ruleHook('e', '/see/kind.version', 'exact', { apiVersions: ['v1beta1'] }), matchPolicy: 'Exact' },
        { ...ruleHook('f', '/see/resource.version', 'exact', { apiVersions: ['v1'] }), matchPolicy: 'Exact' },
      ]),
      tryRule('kind', 'kind.version is v1beta1'),
      tryRule('asked', 'requestKind.version is v1'),
      tryRule('object', 'object.apiVersion is networking.istio.io/v1beta1'),
      tryRule('both', 'kind.version is v1'),
      tryRule('exact', 'resource.version is v1'),
      dropValidating('v'),
    ],
  },
  {
    name: 'webhook match: a subresource is not its resource',
    steps: [
      post(batch('cronjobs'), cronJob('c')),
      mutating('m', [
        hook('a', '/call/status', on({ operations: ['UPDATE'], apiGroups: ['batch'], resources: ['*/status'] })),
        hook('b', '/call/whole', on({ operations: ['UPDATE'], apiGroups: ['batch'], resources: ['cronjobs'] })),
      ]),
      eventually(
        mergePatch(
          `${batch('cronjobs', 'c')}/status`,
          { status: { lastScheduleTime: '2026-01-01T00:00:00Z' } },
          holds({ metadata: { annotations: { calls: 'status' } } }),
          { query: { dryRun: 'All' } },
        ),
      ),
      mergePatch(
        batch('cronjobs', 'c'),
        { metadata: { labels: { a: 'b' } } },
        holds({ metadata: { annotations: { calls: 'whole' } } }),
      ),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook match: a deletion, and one of many',
    steps: [
      validating('v', [
        hook('a', '/deny/403/keep%20it', {
          ...on({ operations: ['DELETE'] }),
          objectSelector: { matchLabels: { keep: 'yes' } },
        }),
      ]),
      post(MAPS, configMap('x', {}, { labels: { keep: 'yes' } })),
      post(MAPS, configMap('y')),
      eventually(remove(MAP, undefined, denied(403, '', ': keep it'), { query: { dryRun: 'All' } })),
      remove(core('configmaps', 'y')),
      remove(MAPS, undefined, denied(403, '', ': keep it'), { query: { labelSelector: 'keep' } }),
      mergePatch(MAP, { metadata: { labels: { keep: null } } }),
      remove(MAP),
      dropValidating('v'),
    ],
  },
];

const CONDITION_ROWS: readonly Row[] = [
  {
    name: 'webhook conditions: over the request, the object and the old one',
    steps: [
      mutating('m', [
        hook('a', '/call/name', when("request.operation == 'CREATE' && object.metadata.name.startsWith('x')")),
        hook(
          'b',
          '/call/nobody',
          when("!(request.userInfo.groups.exists(g, g == 'system:masters' || g == 'system:authenticated'))"),
        ),
        hook(
          'c',
          '/call/team',
          when("has(object.metadata.labels) && 'team' in object.metadata.labels", 'size(object.metadata.labels) == 1'),
        ),
        hook('d', '/call/none', when("object.metadata.?labels.?team.orValue('none') == 'none'")),
        hook('e', '/call/new', when('oldObject == null && request.dryRun')),
      ]),
      tryMap(calls('name,none,new')),
      tryMap(calls('team,new'), { team: 'a' }, 'y'),
      tryMap(calls('name,team,new'), { team: 'a' }),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook conditions: lists, texts and numbers',
    steps: [
      mutating('m', [
        hook('a', '/call/a', when("['a', 'b'].all(k, k in object.data || k == 'b')")),
        hook('b', '/call/b', when("object.data.filter(k, object.data[k] == '1').size() == 1 ? true : false")),
        hook('c', '/call/c', when("object.metadata.name.matches('^x+$') && object.metadata.name.size() <= 3")),
        hook('d', '/call/d', when("int(object.data.a) + 2 == 3 && 'a=' + object.data['a'] != 'a=2'")),
        hook(
          'e',
          '/call/e',
          when("request.resource.resource == 'configmaps' && request.namespace == object.metadata.namespace"),
        ),
        hook('f', '/call/f', when("request.kind.group in ['apps', 'batch']")),
      ]),
      tryMap(calls('a,b,c,d,e')),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook conditions: one that fails refuses the request',
    steps: [
      mutating('m', [hook('a', '/call/a', when("object.metadata.labels['team'] == 'a'"))]),
      tryMap(
        refused(
          403,
          'Forbidden',
          `configmaps "x" is forbidden: expression 'object.metadata.labels['team'] == 'a'' resulted in error: no such key: labels`,
        ),
      ),
      tryMap(
        refused(
          403,
          'Forbidden',
          `configmaps "x" is forbidden: expression 'object.metadata.labels['team'] == 'a'' resulted in error: no such key: team`,
        ),
        { other: 'b' },
      ),
      tryMap(calls('a'), { team: 'a' }),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook conditions: one that fails is passed over where failures are, or where another says no',
    steps: [
      mutating('m', [
        hook('a', '/call/first'),
        hook('b', '/call/ignored', { failurePolicy: 'Ignore', ...when("object.metadata.labels['team'] == 'a'") }),
        hook('c', '/call/false', when("object.metadata.labels['team'] == 'a'", 'false')),
      ]),
      tryMap(calls('first')),
      dropMutating('m'),
    ],
  },
];

const SHOWN: readonly (readonly [place: string, value: string])[] = [
  ['dryRun', 'true'],
  ['options.kind', 'CreateOptions'],
  ['options.dryRun', '[All]'],
  ['kind.kind', 'ConfigMap'],
  ['resource.resource', 'configmaps'],
  ['namespace', '{ns}'],
  ['name', 'x'],
];

const ANSWER_ROWS: readonly Row[] = [
  {
    name: 'webhook denial: without a word',
    steps: [mutating('m', [hook('a', '/deny')]), tryMap(denied(400, '', ' without explanation')), dropMutating('m')],
  },
  {
    name: 'webhook denial: with code and message',
    steps: [
      mutating('m', [hook('a', '/deny/403/not%20today')]),
      tryMap(denied(403, '', ': not today')),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook denial: with a code that is none, and one that is odd',
    steps: [
      mutating('m', [
        hook('a', '/deny/200/low', { objectSelector: { matchLabels: { t: '1' } } }),
        hook('b', '/deny/418', { objectSelector: { matchLabels: { t: '2' } } }),
      ]),
      tryMap(denied(400, '', ': low'), { t: '1' }),
      tryMap(refused(418, '', 'admission webhook "b.example.com" denied the request without explanation'), { t: '2' }),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook denial: with a reason',
    steps: [
      mutating('m', [hook('a', '/deny/409/taken/Conflict')]),
      tryMap(denied(409, 'Conflict', ': taken')),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook denial: by a validating one, of a dry run too',
    steps: [
      validating('v', [hook('a', '/deny/403/no')]),
      tryMap(denied(403, '', ': no')),
      post(MAPS, configMap('x'), denied(403, '', ': no')),
      dropValidating('v'),
    ],
  },
  {
    name: 'webhook warnings: reach the client, in order',
    steps: [
      validating('v', [hook('v', '/warn/three')]),
      mutating('m', [hook('a', '/warn/one/two')]),
      tryMap({ status: 201, headers: warned('one', 'two', 'three') }),
      dropMutating('m'),
      dropValidating('v'),
    ],
  },
  {
    name: 'webhook dry run: one with side effects in earnest is called only then',
    steps: [
      mutating('m', [
        hook('a', '/call/none', { sideEffects: 'None' }),
        hook('b', '/call/dry', { sideEffects: 'NoneOnDryRun' }),
      ]),
      tryMap(calls('none,dry')),
      post(MAPS, configMap('x'), calls('none,dry')),
      get(MAP, holds({ metadata: { annotations: { calls: 'none,dry' } } })),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook request: what a mutating one is shown of a new pod',
    steps: [
      mutating(
        'm',
        [
          'object.metadata.name',
          'object.metadata.uid',
          'object.metadata.generateName',
          'name',
          'object.spec.dnsPolicy',
          'object.spec.serviceAccountName',
          'operation',
          'oldObject',
        ].map((place, index) => hook(`a${index}`, `/see/${place}`, on({ resources: ['pods'] }))),
      ),
      eventually(
        post(
          core('pods'),
          { ...restingPod('x'), metadata: { generateName: 'g-' } },
          {
            status: 201,
            headers: warned(
              'object.metadata.name is nothing',
              'object.metadata.uid is nothing',
              'object.metadata.generateName is g-',
              'name is nothing',
              'object.spec.dnsPolicy is ClusterFirst',
              'object.spec.serviceAccountName is default',
              'operation is CREATE',
              'oldObject is null',
            ),
          },
          { query: { dryRun: 'All' } },
        ),
      ),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook request: what a validating one is shown of a dry run',
    // Validating webhooks are called at once, so that their warnings come in any order: each has an object of its own.
    steps: [
      ...SHOWN.map(([place], index) =>
        validating(`v${index}`, [
          hook('v', `/see/${place}`, { objectSelector: { matchLabels: { see: String(index) } } }),
        ]),
      ),
      ...SHOWN.map(([place, value], index) =>
        tryMap({ status: 201, headers: warned(`${place} is ${value}`) }, { see: String(index) }),
      ),
      ...SHOWN.map((_shown, index) => dropValidating(`v${index}`)),
    ],
  },
  {
    name: 'webhook patch: a container for a pod, which is then filled in',
    steps: [
      mutating('m', [hook('a', '/sidecar', on({ resources: ['pods'] }))]),
      eventually(
        post(
          core('pods'),
          restingPod('p'),
          {
            status: 201,
            body: {
              spec: {
                containers: [
                  { name: 'app' },
                  { name: 'sidecar', imagePullPolicy: 'IfNotPresent', terminationMessagePath: '/dev/termination-log' },
                ],
              },
            },
          },
          { query: { dryRun: 'All' } },
        ),
      ),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook patch: what it makes invalid is refused',
    steps: [
      mutating('m', [
        hook(
          'a',
          `/patch/${Buffer.from('[{"op":"add","path":"/metadata/labels","value":{"a":"not valid"}}]').toString('base64url')}`,
        ),
      ]),
      tryMap({ status: 422, body: { details: { causes: [{ field: 'metadata.labels' }] } } }),
      dropMutating('m'),
    ],
  },
];

export const WEBHOOK_ROWS: readonly Row[] = [
  ...CONFIGURATION_ROWS,
  ...ORDER_ROWS,
  ...MATCH_ROWS,
  ...CONDITION_ROWS,
  ...ANSWER_ROWS,
];
