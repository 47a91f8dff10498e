import { createInjector, type Injector, type InjectorInput } from './create-injector';
import { parseInjectorSettings } from './injector-settings';
import { parseMeshConfig } from './mesh-config';
import { toRelease } from './release';

const SIDECAR = `metadata:
  labels:
    mesh: "yes"
  annotations: {
    istio.io/rev: {{ .Revision | default "default" | quote }},
  }
spec:
  {{- if not .NativeSidecars }}
  containers:
  {{- else }}
  initContainers:
  {{- end }}
  - name: istio-proxy
    image: {{ .ProxyImage | quote }}
    args:
    - --domain={{ .Values.global.proxy.clusterDomain }}
    - --log={{ annotation .ObjectMeta "sidecar.istio.io/logLevel" .Values.global.proxy.logLevel }}
    env:
    - name: APPS
      value: "{{ range $index, $container := .Spec.Containers }}{{ $container.Name }} {{ end }}"
  volumes:
  - name: istio-data
    emptyDir: {}
`;

/** The text of a small injector ConfigMap, for tests. */
const EXAMPLE_CONFIG = JSON.stringify({
  policy: 'enabled',
  defaultTemplates: ['sidecar'],
  aliases: { both: ['sidecar', 'mark'] },
  injectedAnnotations: {},
  templates: { sidecar: SIDECAR, mark: 'metadata:\n  labels:\n    marked: "true"\n' },
});

const EXAMPLE_VALUES = JSON.stringify({
  global: {
    hub: 'registry.example',
    tag: '1.31.0',
    proxy: { image: 'proxyv2', clusterDomain: 'cluster.local', logLevel: 'warning' },
  },
  sidecarInjectorWebhook: { rewriteAppHTTPProbe: true },
});

/** An injector of two small templates, for tests. */
export function exampleInjector(over: Partial<InjectorInput> = {}): Injector {
  const release = over.release ?? toRelease('1.31');
  const settings = parseInjectorSettings(EXAMPLE_CONFIG, EXAMPLE_VALUES);
  const mesh = parseMeshConfig('', release);
  if (!settings.ok || !mesh.ok) throw new Error('the example does not parse');
  const made = createInjector({
    settings: settings.value,
    meshConfig: mesh.value,
    release,
    revision: 'default',
    nativeSidecars: false,
    ...over,
  });
  if (!made.ok) throw new Error(made.faults.map(({ text }) => text).join('\n'));
  return made.injector;
}
