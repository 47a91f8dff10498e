/** The sidecar of present releases: native or not, behind `istio-init`, or behind a check alone where CNI set the pod up. */
export const SIDECAR = `
{{- define "sidecar-annotations" }}
{{- $meta := .root.ObjectMeta }}{{ $own := .root.ObjectMeta.Annotations }}{{ $proxy := .root.Values.global.proxy }}
{{- if eq .root.Values.pilot.cni.provider "multus" }}
    k8s.v1.cni.cncf.io/networks: {{ appendMultusNetwork (index $own "k8s.v1.cni.cncf.io/networks") "default/istio-cni" | quote }}
{{- end }}
    sidecar.istio.io/interceptionMode: {{ .mode | quote }}
{{- with annotation $meta "traffic.sidecar.istio.io/includeOutboundIPRanges" $proxy.includeIPRanges }}
    traffic.sidecar.istio.io/includeOutboundIPRanges: {{ . | quote }}
{{- end }}
{{- with annotation $meta "traffic.sidecar.istio.io/excludeOutboundIPRanges" $proxy.excludeIPRanges }}
    traffic.sidecar.istio.io/excludeOutboundIPRanges: {{ . | quote }}
{{- end }}
    traffic.sidecar.istio.io/includeInboundPorts: {{ annotation $meta "traffic.sidecar.istio.io/includeInboundPorts" $proxy.includeInboundPorts | quote }}
    traffic.sidecar.istio.io/excludeInboundPorts: {{ .excluded | quote }}
{{- if or (isset $own "traffic.sidecar.istio.io/includeOutboundPorts") $proxy.includeOutboundPorts }}
    traffic.sidecar.istio.io/includeOutboundPorts: {{ annotation $meta "traffic.sidecar.istio.io/includeOutboundPorts" $proxy.includeOutboundPorts | quote }}
{{- end }}
{{- if or (isset $own "traffic.sidecar.istio.io/excludeOutboundPorts") $proxy.excludeOutboundPorts }}
    traffic.sidecar.istio.io/excludeOutboundPorts: {{ annotation $meta "traffic.sidecar.istio.io/excludeOutboundPorts" $proxy.excludeOutboundPorts | quote }}
{{- end }}
{{- range $key := list "traffic.sidecar.istio.io/kubevirtInterfaces" "istio.io/reroute-virtual-interfaces" "traffic.sidecar.istio.io/excludeInterfaces" }}
{{- with index $own $key }}
    {{ $key }}: {{ . | quote }}
{{- end }}{{ end }}
{{- end }}

{{- define "setup-container" }}
{{- $hasCni := .root.Values.pilot.cni.enabled }}
{{- $image := annotation .root.ObjectMeta "sidecar.istio.io/proxyImage" .root.Values.global.proxy_init.image }}
  - name: {{ if $hasCni }}istio-validation{{ else }}istio-init{{ end }}
    image: {{ if contains "/" $image }}{{ $image | quote }}{{ else }}{{ template "proxy-image" .root }}{{ end }}
{{- template "pull-policy" .root }}
    args:
{{- template "capture-arguments" . }}
    - --log_output_level={{ annotation .root.ObjectMeta "sidecar.istio.io/agentLogLevel" .root.Values.global.logging.level }}
{{- if .root.Values.global.logAsJson }}
    - --log_as_json
{{- end }}
{{- if $hasCni }}
    - --run-validation
    - --skip-rule-apply
{{- else if .root.Values.global.proxy_init.forceApplyIptables }}
    - --force-apply
{{- end }}
{{- with .root.ProxyConfig.ProxyMetadata }}
    env:
{{- range $name, $value := . }}
    - name: {{ $name }}
      value: {{ $value | quote }}
{{- end }}{{ end }}
{{- template "resources" .root }}
{{- if $hasCni }}
    securityContext:
      allowPrivilegeEscalation: {{ .root.Values.global.proxy.privileged }}
      privileged: {{ .root.Values.global.proxy.privileged }}
      capabilities: { drop: [ALL] }
      readOnlyRootFilesystem: true
      runAsNonRoot: true
      runAsUser: {{ .user }}
      runAsGroup: {{ if .isTransparent }}1337{{ else }}{{ .root.ProxyGID }}{{ end }}
{{- else }}
{{- template "setup-security" .root }}
{{- end }}
{{- end }}

{{- define "sidecar-probes" }}
{{- $proxy := .Values.global.proxy }}
    readinessProbe:
      httpGet: { path: /healthz/ready, port: 15021 }
      timeoutSeconds: 3
      initialDelaySeconds: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/initialDelaySeconds" $proxy.readinessInitialDelaySeconds }}
      periodSeconds: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/periodSeconds" $proxy.readinessPeriodSeconds }}
      failureThreshold: {{ annotation .ObjectMeta "readiness.status.sidecar.istio.io/failureThreshold" $proxy.readinessFailureThreshold }}
{{- if $proxy.startupProbe.enabled }}
    startupProbe:
      httpGet: { path: /healthz/ready, port: 15021 }
      timeoutSeconds: 3
      periodSeconds: 1
      failureThreshold: {{ $proxy.startupProbe.failureThreshold }}
{{- end }}
{{- end }}

{{- define "sidecar-lifecycle" }}
{{- $isHeld := or .root.ProxyConfig.HoldApplicationUntilProxyStarts.GetValue .root.Values.global.proxy.holdApplicationUntilProxyStarts }}
{{- if .root.Values.global.proxy.lifecycle }}
    lifecycle:
      {{ toYaml .root.Values.global.proxy.lifecycle | indent 6 }}
{{- else if .isNative }}
    lifecycle:
      preStop:
        exec:
          command: [pilot-agent, request, --debug-port={{ .statusPort }}, POST, drain]
{{- else if $isHeld }}
    lifecycle:
      postStart:
        exec:
          command: [pilot-agent, wait]
{{- end }}
{{- end }}

{{- define "sidecar-container" }}
{{- $root := .root }}
  - name: istio-proxy
    image: {{ template "proxy-image" $root }}
{{- template "pull-policy" $root }}
{{- if .isNative }}
    restartPolicy: Always
{{- end }}
    args:
    - proxy
    - sidecar
    - --domain
    - $(POD_NAMESPACE).svc.{{ $root.Values.global.proxy.clusterDomain }}
{{- template "log-arguments" $root }}
{{- with $root.Values.global.proxy.outlierLogPath }}
    - --outlierLogPath={{ . }}
{{- end }}
    ports:
    - { name: http-envoy-prom, containerPort: 15090, protocol: TCP }
    env:
{{- if eq $root.InboundTrafficPolicyMode "localhost" }}
    - name: REWRITE_PROBE_LEGACY_LOCALHOST_DESTINATION
      value: "true"
{{- end }}
{{- template "identity-env" $root }}
    - name: ISTIO_CPU_LIMIT
      valueFrom: { resourceFieldRef: { resource: limits.cpu, divisor: "1" } }
{{- template "settings-env" $root }}
    - name: ISTIO_META_APP_CONTAINERS
      value: {{ join "," .apps | quote }}
    - name: GOMEMLIMIT
      valueFrom: { resourceFieldRef: { resource: limits.memory, divisor: "1" } }
    - name: GOMAXPROCS
      valueFrom: { resourceFieldRef: { resource: limits.cpu, divisor: "1" } }
{{- with $root.CompliancePolicy }}
    - name: COMPLIANCE_POLICY
      value: {{ . | quote }}
{{- end }}
    - name: ISTIO_META_CLUSTER_ID
      value: {{ $root.Values.global.multiCluster.clusterName | default "Kubernetes" | quote }}
    - name: ISTIO_META_NODE_NAME
      valueFrom: { fieldRef: { fieldPath: spec.nodeName } }
    - name: ISTIO_META_INTERCEPTION_MODE
      value: {{ .mode | quote }}
{{- template "workload-env" $root }}
{{- template "resources" $root }}
{{- template "sidecar-lifecycle" . }}
{{- if ne .statusPort "0" }}
{{- template "sidecar-probes" $root }}
{{- end }}
    securityContext:
      allowPrivilegeEscalation: {{ $root.Values.global.proxy.privileged }}
      privileged: {{ $root.Values.global.proxy.privileged }}
      readOnlyRootFilesystem: true
{{- if .isTransparent }}
      capabilities: { add: [NET_ADMIN], drop: [ALL] }
      runAsNonRoot: false
      runAsUser: 0
      runAsGroup: 1337
{{- else }}
      capabilities: { drop: [ALL] }
      runAsNonRoot: true
      runAsUser: {{ $root.ProxyUID }}
      runAsGroup: {{ $root.ProxyGID }}
{{- end }}
    volumeMounts:
    - name: workload-socket
      mountPath: /var/run/secrets/workload-spiffe-uds
    - name: credential-socket
      mountPath: /var/run/secrets/credential-uds
    - name: workload-certs
      mountPath: /var/run/secrets/workload-spiffe-credentials
{{- if eq $root.Values.global.pilotCertProvider "istiod" }}
    - name: istiod-ca-cert
      mountPath: /var/run/secrets/istio
    - name: istio-ca-crl
      mountPath: /var/run/secrets/istio/crl
{{- end }}
{{- template "common-mounts" $root }}
{{- end }}

{{- $apps := list }}
{{- range .Spec.Containers }}{{ if ne .Name "istio-proxy" }}{{ $apps = append $apps .Name }}{{ end }}{{ end }}
{{- $labels := .ObjectMeta.Labels }}
{{- $mode := annotation .ObjectMeta "sidecar.istio.io/interceptionMode" .ProxyConfig.InterceptionMode }}
{{- $isTransparent := eq $mode "TPROXY" }}
{{- $isNative := ne (index .ObjectMeta.Annotations "sidecar.istio.io/nativeSidecar" | default (printf "%t" .NativeSidecars)) "false" }}
{{- $statusPort := annotation .ObjectMeta "status.sidecar.istio.io/port" .Values.global.proxy.statusPort }}
{{- $excluded := excludeInboundPort $statusPort (annotation .ObjectMeta "traffic.sidecar.istio.io/excludeInboundPorts" .Values.global.proxy.excludeInboundPorts) }}
{{- $user := .ProxyUID }}{{ if $isTransparent }}{{ $user = 1337 }}{{ end }}
{{- $facts := dict "root" . "apps" $apps "mode" $mode "isTransparent" $isTransparent "isNative" $isNative "statusPort" $statusPort "excluded" $excluded "user" $user }}
{{- $_ := set $facts "outboundPort" (.MeshConfig.ProxyListenPort | default 15001) }}
{{- $_ := set $facts "inboundPort" (.MeshConfig.ProxyInboundListenPort | default 15006) }}
{{- $name := index $labels "service.istio.io/canonical-name" | default (index $labels "app.kubernetes.io/name") | default (index $labels "app") | default .DeploymentMeta.Name }}
metadata:
  labels:
    security.istio.io/tlsMode: {{ index $labels "security.istio.io/tlsMode" | default "istio" | quote }}
    service.istio.io/canonical-name: {{ $name | trunc 63 | trimAll "-_." | quote }}
    service.istio.io/canonical-revision: {{ template "canonical-revision" . }}
{{- if eq (index .ProxyConfig.ProxyMetadata "ISTIO_META_ENABLE_HBONE") "true" }}
    networking.istio.io/tunnel: {{ index $labels "networking.istio.io/tunnel" | default "http" | quote }}
{{- end }}
  annotations:
    istio.io/rev: {{ .Revision | default "default" | quote }}
{{- template "kubectl-annotations" $facts }}
{{- if .Values.pilot.cni.enabled }}
{{- template "sidecar-annotations" $facts }}
{{- end }}
spec:
{{- if or $isNative (ne $mode "NONE") }}
  initContainers:
{{- if ne $mode "NONE" }}{{ template "setup-container" $facts }}{{ end }}
{{- if $isNative }}{{ template "sidecar-container" $facts }}{{ end }}
{{- end }}
{{- if not $isNative }}
  containers:
{{- template "sidecar-container" $facts }}
{{- end }}
  volumes:
  - name: workload-socket
    emptyDir:
  - name: credential-socket
    emptyDir:
  - name: workload-certs
    emptyDir:
{{- template "envoy-volumes" . }}
  - name: istio-podinfo
    downwardAPI:
      items:
      - { path: labels, fieldRef: { fieldPath: metadata.labels } }
      - { path: annotations, fieldRef: { fieldPath: metadata.annotations } }
{{- template "trust-volumes" . }}
  - name: istio-ca-crl
    configMap: { name: istio-ca-crl, optional: true }
{{- template "user-volumes" . }}
{{- template "pull-secrets" . }}
`;
