/** A gateway: the pod's own `istio-proxy` container becomes a proxy that serves traffic for others. */
export const GATEWAY = `
{{- $apps := list }}
{{- range .Spec.Containers }}{{ if ne .Name "istio-proxy" }}{{ $apps = append $apps .Name }}{{ end }}{{ end }}
{{- $labels := .ObjectMeta.Labels }}
{{- $proxy := .Values.global.proxy }}
metadata:
  labels:
    service.istio.io/canonical-name: {{ index $labels "service.istio.io/canonical-name" | default (index $labels "app.kubernetes.io/name") | default (index $labels "app") | default .DeploymentMeta.Name | quote }}
    service.istio.io/canonical-revision: {{ template "canonical-revision" . }}
  annotations:
    istio.io/rev: {{ .Revision | default "default" | quote }}
{{- template "kubectl-annotations" (dict "root" . "apps" $apps) }}
spec:
  securityContext:
    sysctls:
    - name: net.ipv4.ip_unprivileged_port_start
      value: "0"
  containers:
  - name: istio-proxy
    image: {{ template "proxy-image" . }}
{{- template "pull-policy" . }}
    args:
    - proxy
    - router
    - --domain
    - $(POD_NAMESPACE).svc.{{ $proxy.clusterDomain }}
{{- template "log-arguments" . }}
    ports:
    - { name: http-envoy-prom, containerPort: 15090, protocol: TCP }
    env:
{{- template "identity-env" . }}
    - name: ISTIO_CPU_LIMIT
      valueFrom: { resourceFieldRef: { resource: limits.cpu, divisor: "1" } }
{{- template "settings-env" . }}
    - name: GOMEMLIMIT
      valueFrom: { resourceFieldRef: { resource: limits.memory, divisor: "1" } }
    - name: GOMAXPROCS
      valueFrom: { resourceFieldRef: { resource: limits.cpu, divisor: "1" } }
    - name: ISTIO_META_APP_CONTAINERS
      value: {{ join "," $apps | quote }}
    - name: ISTIO_META_CLUSTER_ID
      value: {{ .Values.global.multiCluster.clusterName | default "Kubernetes" | quote }}
    - name: ISTIO_META_NODE_NAME
      valueFrom: { fieldRef: { fieldPath: spec.nodeName } }
    - name: ISTIO_META_INTERCEPTION_MODE
      value: "{{ .ProxyConfig.InterceptionMode }}"
{{- template "workload-env" . }}
    readinessProbe:
      httpGet: { path: /healthz/ready, port: 15021 }
      timeoutSeconds: 3
      initialDelaySeconds: {{ $proxy.readinessInitialDelaySeconds }}
      periodSeconds: {{ $proxy.readinessPeriodSeconds }}
      failureThreshold: {{ $proxy.readinessFailureThreshold }}
    securityContext:
      runAsUser: {{ template "proxy-user" . }}
      runAsGroup: {{ template "proxy-group" . }}
    volumeMounts:
    - name: workload-socket
      mountPath: /var/run/secrets/workload-spiffe-uds
    - name: credential-socket
      mountPath: /var/run/secrets/credential-uds
    - name: workload-certs
      mountPath: /var/run/secrets/workload-spiffe-credentials
{{- if eq .Values.global.pilotCertProvider "istiod" }}
    - name: istiod-ca-cert
      mountPath: /var/run/secrets/istio
{{- end }}
{{- template "common-mounts" . }}
  volumes:
  - name: workload-socket
    emptyDir:
  - name: credential-socket
    emptyDir: {}
  - name: workload-certs
    emptyDir: {}
{{- template "envoy-volumes" . }}
  - name: istio-podinfo
    downwardAPI:
      items:
      - { path: labels, fieldRef: { fieldPath: metadata.labels } }
      - { path: annotations, fieldRef: { fieldPath: metadata.annotations } }
{{- template "trust-volumes" . }}
{{- template "pull-secrets" . }}
`;
