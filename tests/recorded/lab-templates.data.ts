/** Small templates that reach what the demo's own do not: merging, overrides, and every way to fail. */
export const LAB_TEMPLATES = {
  mark: 'metadata:\n  labels:\n    marked: "true"\n',
  label: 'metadata:\n  labels:\n    labelled: "true"\n',
  'touch-apps': `spec:
  containers:
  {{- range .Spec.Containers }}
  - name: {{ .Name }}
    env:
    - name: TOUCHED
      value: "{{ .Name | upper }} {{ len .Image }}"
  {{- end }}
`,
  merge: `metadata:
  annotations:
    gone: null
  finalizers: [example.org/two, example.org/three]
spec:
  nodeSelector: null
  terminationGracePeriodSeconds: 5
  tolerations:
  - key: only
    operator: Exists
  hostAliases:
  - ip: 10.0.0.1
    hostnames: [replaced]
  imagePullSecrets:
  - name: template-key
  - name: own-key
  containers:
  - name: drop
    $patch: delete
  - name: app
    ports:
    - containerPort: 53
      name: dns
    volumeMounts:
    - mountPath: /shared
      name: other
    args: [from, the, template]
  volumes:
  - name: cache
    $retainKeys: [name, emptyDir]
    emptyDir: { medium: Memory }
  - name: scratch
    emptyDir:
`,
  'replace-all': `spec:
  containers:
  - $patch: replace
  - name: only
    image: example/only:1
`,
  ordered: `spec:
  $setElementOrder/containers:
  - name: second
  - name: app
  containers:
  - name: second
    image: example/second:1
`,
  functions: `metadata:
  annotations:
    ports: "{{ includeInboundPorts .Spec.Containers }}/{{ applicationPorts .Spec.Containers }}"
    excluded: {{ excludeInboundPort 15020 "1, 2,15020" | quote }}
    drain: {{ formatDuration .ProxyConfig.DrainDuration | quote }}
    config: {{ protoToJSON .ProxyConfig | quote }}
    json: {{ toJSON .ObjectMeta.Labels | quote }}
    struct: {{ structToJSON .Spec | quote }}
    yaml: {{ toYaml .Values.global.proxy.resources | quote }}
    parsed: {{ (fromJSON "{\\"a\\":[1,2.5,true,null]}").a | quote }}
    network: {{ appendMultusNetwork "[{\\"name\\": \\"x\\"}]" "default/istio-cni" | quote }}
    directory: {{ directory "/etc/certs/root.pem" | quote }}
    contained: "{{ contains "b" "abc" }} {{ isset .ObjectMeta.Labels "app" }} {{ valueOrDefault .Values.none "standby" }}"
    maps: {{ toJsonMap (strdict "b" "2" "a" "1") (mergeMaps (strdict "c" "<3>") (omit (strdict "d" "4" "e" "5") "d")) | quote }}
    nothing: "{{ .Values.global.nothing.at.all }}"
    number: "{{ .Values.global.proxy.statusPort }} {{ 1000000.0 }} {{ .Values.global.proxy.readinessPeriodSeconds }}"
    telemetry: {{ otelResourceAttributes .MeshConfig .ObjectMeta.Annotations .ObjectMeta.Labels .DeploymentMeta.Namespace .Spec.Containers | quote }}
    who: "{{ .TypeMeta.APIVersion }} {{ .TypeMeta.Kind }} {{ .DeploymentMeta.Namespace }}/{{ .DeploymentMeta.Name }} {{ .Revision }} {{ .NativeSidecars }} {{ .ProxyUID }} {{ .ProxyGID }} {{ .InboundTrafficPolicyMode }} {{ .CompliancePolicy }}"
    images: "{{ .ProxyImage }} {{ .ProxyInitImage }}"
`,
  words: `metadata:
  annotations:
    plain: on
`,
  'no-mapping': '- a\n- b\n',
  'no-yaml': 'metadata: {labels: [\n',
  'wrong-type': 'spec:\n  containers:\n  - name: app\n    ports: 80\n',
  'wrong-text': 'metadata:\n  labels:\n    count: 7\n',
  'no-key': 'spec:\n  containers:\n  - image: nameless\n',
  'wrong-patch': 'spec:\n  containers:\n  - name: app\n    $patch: sideways\n',
  'fails-itself': '{{ fail "not this pod" }}',
  'nil-pointer': '{{ .Spec.SecurityContext.RunAsUser }}',
  'unlike-types': '{{ if eq .Values.global.proxy.statusPort 15020 }}a{{ end }}',
  'no-such-field': '{{ .Nowhere }}',
} as const;
