/**
 * Named pieces of text that the demo's injection templates share; each template's text starts with them.
 *
 * A piece gets `root`, the injector's data, and what the template has worked out: `apps` (names of the application's
 * containers), `mode` (how traffic is captured), `statusPort`, `excluded` (inbound ports that are never captured).
 */
export const PROXY_PARTS = `
{{- define "kubectl-annotations" }}
{{- if .apps }}{{ $first := index .apps 0 }}
{{- range $key := list "kubectl.kubernetes.io/default-logs-container" "kubectl.kubernetes.io/default-container" }}
{{- if not (isset $.root.ObjectMeta.Annotations $key) }}
    {{ $key }}: {{ $first | quote }}
{{- end }}{{ end }}{{ end }}
{{- end }}

{{- define "canonical-revision" }}
{{- $labels := .ObjectMeta.Labels }}
{{- index $labels "service.istio.io/canonical-revision" | default (index $labels "app.kubernetes.io/version") | default (index $labels "version") | default "latest" | quote }}
{{- end }}

{{- define "log-arguments" }}
    - --proxyLogLevel={{ annotation .ObjectMeta "sidecar.istio.io/logLevel" .Values.global.proxy.logLevel }}
    - --proxyComponentLogLevel={{ annotation .ObjectMeta "sidecar.istio.io/componentLogLevel" .Values.global.proxy.componentLogLevel }}
    - --log_output_level={{ annotation .ObjectMeta "sidecar.istio.io/agentLogLevel" .Values.global.logging.level }}
{{- if .Values.global.logAsJson }}
    - --log_as_json
{{- end }}
{{- end }}

{{- define "pull-policy" }}
{{- with .Values.global.imagePullPolicy }}
    imagePullPolicy: {{ . }}
{{- end }}
{{- end }}

{{- define "resources" }}
{{- $own := .ObjectMeta.Annotations }}
{{- $cpu := isset $own "sidecar.istio.io/proxyCPU" }}{{ $memory := isset $own "sidecar.istio.io/proxyMemory" }}
{{- $cpuLimit := isset $own "sidecar.istio.io/proxyCPULimit" }}{{ $memoryLimit := isset $own "sidecar.istio.io/proxyMemoryLimit" }}
{{- if or $cpu $memory $cpuLimit $memoryLimit }}
    resources:
{{- if or $cpu $memory }}
      requests:
{{- if $cpu }}
        cpu: {{ index $own "sidecar.istio.io/proxyCPU" | quote }}
{{- end }}
{{- if $memory }}
        memory: {{ index $own "sidecar.istio.io/proxyMemory" | quote }}
{{- end }}
{{- end }}
{{- if or $cpuLimit $memoryLimit }}
      limits:
{{- if $cpuLimit }}
        cpu: {{ index $own "sidecar.istio.io/proxyCPULimit" | quote }}
{{- end }}
{{- if $memoryLimit }}
        memory: {{ index $own "sidecar.istio.io/proxyMemoryLimit" | quote }}
{{- end }}
{{- end }}
{{- else if .Values.global.proxy.resources }}
    resources:
      {{ toYaml .Values.global.proxy.resources | indent 6 }}
{{- end }}
{{- end }}

{{- define "identity-env" }}
{{- $istiod := "istiod" }}{{ with .Values.revision }}{{ $istiod = printf "istiod-%v" . }}{{ end }}
    - name: PILOT_CERT_PROVIDER
      value: {{ .Values.global.pilotCertProvider | quote }}
    - name: CA_ADDR
      value: {{ .Values.global.caAddress | default (printf "%s.%v.svc:15012" $istiod .Values.global.istioNamespace) | quote }}
    - name: POD_NAME
      valueFrom: { fieldRef: { fieldPath: metadata.name } }
    - name: POD_NAMESPACE
      valueFrom: { fieldRef: { fieldPath: metadata.namespace } }
    - name: INSTANCE_IP
      valueFrom: { fieldRef: { fieldPath: status.podIP } }
    - name: SERVICE_ACCOUNT
      valueFrom: { fieldRef: { fieldPath: spec.serviceAccountName } }
    - name: HOST_IP
      valueFrom: { fieldRef: { fieldPath: status.hostIP } }
{{- end }}

{{- define "settings-env" }}
    - name: PROXY_CONFIG
      value: |
        {{ protoToJSON .ProxyConfig }}
    - name: ISTIO_META_POD_PORTS
      value: |-
        [
        {{- $isFirst := true }}
        {{- range $container := .Spec.Containers }}{{ range $port := $container.Ports }}
            {{ if not $isFirst }},{{ end }}{{ structToJSON $port }}
        {{- $isFirst = false }}
        {{- end }}{{ end }}
        ]
{{- end }}

{{- define "workload-env" }}
{{- with .Values.global.network }}
    - name: ISTIO_META_NETWORK
      value: {{ . | quote }}
{{- end }}
{{- $workload := .DeploymentMeta.Name }}
{{- with index .ObjectMeta.Labels "service.istio.io/workload-name" }}{{ $workload = . }}{{ end }}
{{- if $workload }}
    - name: ISTIO_META_WORKLOAD_NAME
      value: {{ $workload | quote }}
{{- end }}
{{- if and .TypeMeta.APIVersion .DeploymentMeta.Name }}
    - name: ISTIO_META_OWNER
      value: kubernetes://apis/{{ .TypeMeta.APIVersion }}/namespaces/{{ valueOrDefault .DeploymentMeta.Namespace "default" }}/{{ toLower .TypeMeta.Kind }}s/{{ .DeploymentMeta.Name }}
{{- end }}
{{- if isset .ObjectMeta.Annotations "sidecar.istio.io/bootstrapOverride" }}
    - name: ISTIO_BOOTSTRAP_OVERRIDE
      value: /etc/istio/custom-bootstrap/custom_bootstrap.json
{{- end }}
{{- with .Values.global.meshID | default .MeshConfig.TrustDomain }}
    - name: ISTIO_META_MESH_ID
      value: {{ . | quote }}
{{- end }}
{{- with .MeshConfig.TrustDomain }}
    - name: TRUST_DOMAIN
      value: {{ . | quote }}
{{- end }}
{{- range $name, $value := .ProxyConfig.ProxyMetadata }}
    - name: {{ $name }}
      value: {{ $value | quote }}
{{- end }}
{{- end }}

{{- define "capture-arguments" }}
{{- $meta := .root.ObjectMeta }}{{ $own := .root.ObjectMeta.Annotations }}{{ $proxy := .root.Values.global.proxy }}
    - istio-iptables
    - "-p"
    - {{ .outboundPort | quote }}
    - "-z"
    - {{ .inboundPort | quote }}
    - "-u"
    - {{ .user | quote }}
    - "-m"
    - {{ .mode | quote }}
    - "-i"
    - {{ annotation $meta "traffic.sidecar.istio.io/includeOutboundIPRanges" $proxy.includeIPRanges | quote }}
    - "-x"
    - {{ annotation $meta "traffic.sidecar.istio.io/excludeOutboundIPRanges" $proxy.excludeIPRanges | quote }}
    - "-b"
    - {{ annotation $meta "traffic.sidecar.istio.io/includeInboundPorts" $proxy.includeInboundPorts | quote }}
    - "-d"
    - "15090,15021{{ with .excluded }},{{ . }}{{ end }}"
{{- if or (isset $own "traffic.sidecar.istio.io/includeOutboundPorts") $proxy.includeOutboundPorts }}
    - "-q"
    - {{ annotation $meta "traffic.sidecar.istio.io/includeOutboundPorts" $proxy.includeOutboundPorts | quote }}
{{- end }}
{{- if or (isset $own "traffic.sidecar.istio.io/excludeOutboundPorts") $proxy.excludeOutboundPorts }}
    - "-o"
    - {{ annotation $meta "traffic.sidecar.istio.io/excludeOutboundPorts" $proxy.excludeOutboundPorts | quote }}
{{- end }}
{{- if isset $own "istio.io/reroute-virtual-interfaces" }}
    - "-k"
    - {{ index $own "istio.io/reroute-virtual-interfaces" | quote }}
{{- else if isset $own "traffic.sidecar.istio.io/kubevirtInterfaces" }}
    - "-k"
    - {{ index $own "traffic.sidecar.istio.io/kubevirtInterfaces" | quote }}
{{- end }}
{{- if isset $own "traffic.sidecar.istio.io/excludeInterfaces" }}
    - "-c"
    - {{ index $own "traffic.sidecar.istio.io/excludeInterfaces" | quote }}
{{- end }}
{{- end }}

{{- define "setup-security" }}
    securityContext:
      allowPrivilegeEscalation: {{ .Values.global.proxy.privileged }}
      privileged: {{ .Values.global.proxy.privileged }}
      capabilities: { add: [NET_ADMIN, NET_RAW], drop: [ALL] }
      readOnlyRootFilesystem: false
      runAsNonRoot: false
      runAsUser: 0
      runAsGroup: 0
{{- end }}

{{- define "common-mounts" }}
    - name: istio-data
      mountPath: /var/lib/istio/data
{{- if isset .ObjectMeta.Annotations "sidecar.istio.io/bootstrapOverride" }}
    - name: custom-bootstrap-volume
      mountPath: /etc/istio/custom-bootstrap
{{- end }}
    - name: istio-envoy
      mountPath: /etc/istio/proxy
    - name: istio-token
      mountPath: /var/run/secrets/tokens
    - name: istio-podinfo
      mountPath: /etc/istio/pod
{{- if isset .ObjectMeta.Annotations "sidecar.istio.io/userVolumeMount" }}
{{- range $name, $mount := fromJSON (index .ObjectMeta.Annotations "sidecar.istio.io/userVolumeMount") }}
    - name: {{ $name | quote }}
      {{ toYaml $mount | indent 6 }}
{{- end }}{{ end }}
{{- end }}

{{- define "envoy-volumes" }}
{{- with index .ObjectMeta.Annotations "sidecar.istio.io/bootstrapOverride" }}
  - name: custom-bootstrap-volume
    configMap: { name: {{ . | quote }} }
{{- end }}
  - name: istio-envoy
    emptyDir: { medium: Memory }
  - name: istio-data
    emptyDir: {}
{{- end }}

{{- define "trust-volumes" }}
  - name: istio-token
    projected:
      sources:
      - serviceAccountToken:
          path: istio-token
          expirationSeconds: 43200
          audience: {{ .Values.global.sds.token.aud }}
{{- if eq .Values.global.pilotCertProvider "istiod" }}
  - name: istiod-ca-cert
    configMap: { name: istio-ca-root-cert }
{{- end }}
{{- end }}

{{- define "user-volumes" }}
{{- if isset .ObjectMeta.Annotations "sidecar.istio.io/userVolume" }}
{{- range $name, $source := fromJSON (index .ObjectMeta.Annotations "sidecar.istio.io/userVolume") }}
  - name: {{ $name | quote }}
    {{ toYaml $source | indent 4 }}
{{- end }}{{ end }}
{{- end }}

{{- define "pull-secrets" }}
{{- with .Values.global.imagePullSecrets }}
  imagePullSecrets:
{{- range . }}
  - name: {{ . | quote }}
{{- end }}{{ end }}
{{- end }}
`;

/** Pieces that read the data of present releases. */
export const PRESENT_PARTS = `
{{- define "proxy-image" }}
{{- $asked := annotation .ObjectMeta "sidecar.istio.io/proxyImage" .Values.global.proxy.image }}
{{- if contains "/" $asked }}{{ $asked | quote }}{{ else }}{{ .ProxyImage | quote }}{{ end }}
{{- end }}
{{- define "proxy-user" }}{{ .ProxyUID }}{{ end }}
{{- define "proxy-group" }}{{ .ProxyGID }}{{ end }}
`;

/** The same for releases around 1.10, which gave templates neither an image nor user ids. */
export const CLASSIC_PARTS = `
{{- define "proxy-image" }}
{{- $asked := annotation .ObjectMeta "sidecar.istio.io/proxyImage" .Values.global.proxy.image }}
{{- if contains "/" $asked }}{{ $asked | quote }}{{ else }}"{{ .Values.global.hub }}/{{ .Values.global.proxy.image }}:{{ .Values.global.tag }}"{{ end }}
{{- end }}
{{- define "proxy-user" }}1337{{ end }}
{{- define "proxy-group" }}1337{{ end }}
`;
