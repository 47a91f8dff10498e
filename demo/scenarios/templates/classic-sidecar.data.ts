/** The sidecar as releases around 1.10 added it: an ordinary container, with `istio-init` behind the pod's own. */
export const CLASSIC_SIDECAR = `
{{- define "classic-container" }}
{{- $root := .root }}
  - name: istio-proxy
    image: {{ template "proxy-image" $root }}
{{- template "pull-policy" $root }}
    args:
    - proxy
    - sidecar
    - --domain
    - $(POD_NAMESPACE).svc.{{ $root.Values.global.proxy.clusterDomain }}
    - --serviceCluster
    - {{ .name }}.$(POD_NAMESPACE)
{{- template "log-arguments" $root }}
{{- if gt $root.ProxyConfig.Concurrency.GetValue 0 }}
    - --concurrency
    - "{{ $root.ProxyConfig.Concurrency.GetValue }}"
{{- end }}
    ports:
    - { name: http-envoy-prom, containerPort: 15090, protocol: TCP }
    env:
    - name: JWT_POLICY
      value: {{ $root.Values.global.jwtPolicy }}
{{- template "identity-env" $root }}
    - name: CANONICAL_SERVICE
      valueFrom: { fieldRef: { fieldPath: "metadata.labels['service.istio.io/canonical-name']" } }
    - name: CANONICAL_REVISION
      valueFrom: { fieldRef: { fieldPath: "metadata.labels['service.istio.io/canonical-revision']" } }
{{- template "settings-env" $root }}
    - name: ISTIO_META_APP_CONTAINERS
      value: {{ join "," .apps | quote }}
    - name: ISTIO_META_CLUSTER_ID
      value: {{ $root.Values.global.multiCluster.clusterName | default "Kubernetes" | quote }}
    - name: ISTIO_META_INTERCEPTION_MODE
      value: {{ .mode | quote }}
{{- template "workload-env" $root }}
{{- template "resources" $root }}
{{- if or $root.ProxyConfig.HoldApplicationUntilProxyStarts.GetValue $root.Values.global.proxy.holdApplicationUntilProxyStarts }}
    lifecycle:
      postStart:
        exec:
          command: [pilot-agent, wait]
{{- end }}
{{- if ne .statusPort "0" }}
    readinessProbe:
      httpGet: { path: /healthz/ready, port: 15021 }
      timeoutSeconds: 3
      initialDelaySeconds: {{ annotation $root.ObjectMeta "readiness.status.sidecar.istio.io/initialDelaySeconds" $root.Values.global.proxy.readinessInitialDelaySeconds }}
      periodSeconds: {{ annotation $root.ObjectMeta "readiness.status.sidecar.istio.io/periodSeconds" $root.Values.global.proxy.readinessPeriodSeconds }}
      failureThreshold: {{ annotation $root.ObjectMeta "readiness.status.sidecar.istio.io/failureThreshold" $root.Values.global.proxy.readinessFailureThreshold }}
{{- end }}
    securityContext:
      allowPrivilegeEscalation: {{ $root.Values.global.proxy.privileged }}
      privileged: {{ $root.Values.global.proxy.privileged }}
      readOnlyRootFilesystem: true
      runAsGroup: 1337
{{- if eq .mode "TPROXY" }}
      capabilities: { add: [NET_ADMIN], drop: [ALL] }
      runAsNonRoot: false
      runAsUser: 0
{{- else }}
      capabilities: { drop: [ALL] }
      runAsNonRoot: true
      runAsUser: 1337
{{- end }}
    volumeMounts:
    - name: istiod-ca-cert
      mountPath: /var/run/secrets/istio
{{- template "common-mounts" $root }}
{{- end }}

{{- $apps := list }}
{{- range .Spec.Containers }}{{ if ne .Name "istio-proxy" }}{{ $apps = append $apps .Name }}{{ end }}{{ end }}
{{- $labels := .ObjectMeta.Labels }}
{{- $mode := annotation .ObjectMeta "sidecar.istio.io/interceptionMode" .ProxyConfig.InterceptionMode }}
{{- $statusPort := annotation .ObjectMeta "status.sidecar.istio.io/port" .Values.global.proxy.statusPort }}
{{- $excluded := excludeInboundPort $statusPort (annotation .ObjectMeta "traffic.sidecar.istio.io/excludeInboundPorts" .Values.global.proxy.excludeInboundPorts) }}
{{- $name := index $labels "service.istio.io/canonical-name" | default (index $labels "app.kubernetes.io/name") | default (index $labels "app") | default .DeploymentMeta.Name }}
{{- $facts := dict "root" . "apps" $apps "mode" $mode "statusPort" $statusPort "excluded" $excluded "name" $name "user" "1337" "outboundPort" "15001" "inboundPort" "15006" }}
metadata:
  labels:
    security.istio.io/tlsMode: {{ index $labels "security.istio.io/tlsMode" | default "istio" | quote }}
    service.istio.io/canonical-name: {{ $name | quote }}
    service.istio.io/canonical-revision: {{ template "canonical-revision" . }}
    istio.io/rev: {{ .Revision | default "default" | quote }}
{{- if eq (len $apps) 1 }}
  annotations:
    kubectl.kubernetes.io/default-logs-container: {{ index $apps 0 | quote }}
    kubectl.kubernetes.io/default-container: {{ index $apps 0 | quote }}
{{- end }}
spec:
{{- if ne $mode "NONE" }}
  initContainers:
  - name: istio-init
    image: {{ template "proxy-image" . }}
{{- template "pull-policy" . }}
    args:
{{- template "capture-arguments" $facts }}
{{- template "resources" . }}
{{- template "setup-security" . }}
{{- end }}
  containers:
{{- template "classic-container" $facts }}
  securityContext:
    fsGroup: 1337
  volumes:
{{- template "envoy-volumes" . }}
  - name: istio-podinfo
    downwardAPI:
      items:
      - { path: labels, fieldRef: { fieldPath: metadata.labels } }
      - { path: annotations, fieldRef: { fieldPath: metadata.annotations } }
      - { path: cpu-limit, resourceFieldRef: { containerName: istio-proxy, resource: limits.cpu, divisor: 1m } }
      - { path: cpu-request, resourceFieldRef: { containerName: istio-proxy, resource: requests.cpu, divisor: 1m } }
{{- template "trust-volumes" . }}
{{- template "user-volumes" . }}
{{- template "pull-secrets" . }}
`;
