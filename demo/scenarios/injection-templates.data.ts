/**
 * Injection templates of the demo's control planes, in the language of Istio's own (Go text/template).
 *
 * Shorter than the shipped ones: they render what the demo's webhook adds for a pod without special wishes.
 */
export const SIDECAR_TEMPLATE = `{{- $apps := list }}
{{- range .Spec.Containers }}{{ if ne .Name "istio-proxy" }}{{ $apps = append $apps .Name }}{{ end }}{{ end }}
{{- $mode := annotation .ObjectMeta \`sidecar.istio.io/interceptionMode\` .ProxyConfig.InterceptionMode }}
metadata:
  labels:
    security.istio.io/tlsMode: {{ index .ObjectMeta.Labels \`security.istio.io/tlsMode\` | default "istio" | quote }}
  annotations:
    istio.io/rev: {{ .Revision | default "default" | quote }}
    {{- if $apps }}
    kubectl.kubernetes.io/default-container: {{ index $apps 0 | quote }}
    {{- end }}
spec:
  initContainers:
  - name: istio-init
    image: "{{ .ProxyInitImage }}"
    args:
    - istio-iptables
    - -p
    - "15001"
    - -z
    - "15006"
    - -u
    - "1337"
    - -m
    - {{ $mode | quote }}
    - -i
    - {{ annotation .ObjectMeta \`traffic.sidecar.istio.io/includeOutboundIPRanges\` .Values.global.proxy.includeIPRanges | quote }}
    - -x
    - {{ annotation .ObjectMeta \`traffic.sidecar.istio.io/excludeOutboundIPRanges\` .Values.global.proxy.excludeIPRanges | quote }}
    - -b
    - {{ annotation .ObjectMeta \`traffic.sidecar.istio.io/includeInboundPorts\` .Values.global.proxy.includeInboundPorts | quote }}
    - -d
    - "15090,15021,{{ .Values.global.proxy.statusPort }}"
    securityContext:
      allowPrivilegeEscalation: false
      privileged: false
      capabilities:
        add: [NET_ADMIN, NET_RAW]
        drop: [ALL]
      runAsUser: 0
      runAsGroup: 0
      runAsNonRoot: false
  - name: istio-proxy
    image: "{{ .ProxyImage }}"
    restartPolicy: Always
    args:
    - proxy
    - sidecar
    - --domain
    - $(POD_NAMESPACE).svc.{{ .Values.global.proxy.clusterDomain }}
    - --proxyLogLevel={{ annotation .ObjectMeta \`sidecar.istio.io/logLevel\` .Values.global.proxy.logLevel }}
    ports:
    - name: http-envoy-prom
      containerPort: 15090
      protocol: TCP
    readinessProbe:
      httpGet:
        path: /healthz/ready
        port: 15021
      periodSeconds: {{ .Values.global.proxy.readinessPeriodSeconds }}
      failureThreshold: {{ .Values.global.proxy.readinessFailureThreshold }}
    securityContext:
      allowPrivilegeEscalation: false
      privileged: false
      capabilities:
        drop: [ALL]
      readOnlyRootFilesystem: true
      runAsUser: 1337
      runAsGroup: 1337
      runAsNonRoot: true
`;

export const GATEWAY_TEMPLATE = `metadata:
  annotations:
    istio.io/rev: {{ .Revision | default "default" | quote }}
spec:
  securityContext:
    sysctls:
    - name: net.ipv4.ip_unprivileged_port_start
      value: "0"
  containers:
  - name: istio-proxy
    image: "{{ .ProxyImage }}"
    args:
    - proxy
    - router
    - --domain
    - $(POD_NAMESPACE).svc.{{ .Values.global.proxy.clusterDomain }}
    ports:
    - name: http-envoy-prom
      containerPort: 15090
      protocol: TCP
    readinessProbe:
      httpGet:
        path: /healthz/ready
        port: 15021
    securityContext:
      runAsUser: 1337
      runAsGroup: 1337
`;
