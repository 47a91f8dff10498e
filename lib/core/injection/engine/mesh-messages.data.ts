/**
 * The protobuf messages of mesh configuration, one text per message: fields in declaration order, which is the order of their JSON.
 *
 * `json:type`, then `/name` where the name in the .proto file is not the JSON name in snake case, and `|oneof` for a member of a oneof.
 * `[T]` list, `{T}` map by text, else a scalar, a wrapper, a well-known type, an enum or a message.
 * Source: Istio, istio.io/api mesh/v1alpha1 and networking/v1beta1 of 1.31; parentShutdownDuration from 1.16, where it ended.
 */
export const MESH_MESSAGES: Readonly<Record<string, string>> = {
  Certificate: 'secretName:string dnsNames:[string]',
  ClientTLSSettings:
    'mode:ClientTLSSettings.TLSmode clientCertificate:string privateKey:string caCertificates:string credentialName:string subjectAltNames:[string] sni:string insecureSkipVerify:BoolValue caCrl:string',
  ConfigSource: 'address:string tlsSettings:ClientTLSSettings subscribedResources:[Resource]',
  ConnectionPoolSettings: 'tcp:ConnectionPoolSettings.TCPSettings http:ConnectionPoolSettings.HTTPSettings',
  'ConnectionPoolSettings.HTTPSettings':
    'http1MaxPendingRequests:int32 http2MaxRequests:int32 maxRequestsPerConnection:int32 maxRetries:int32 idleTimeout:Duration h2UpgradePolicy:ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy useClientProtocol:bool maxConcurrentStreams:int32 http2KeepAlive:ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive',
  'ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive': 'interval:Duration timeout:Duration',
  'ConnectionPoolSettings.TCPSettings':
    'maxConnections:int32 connectTimeout:Duration tcpKeepalive:ConnectionPoolSettings.TCPSettings.TcpKeepalive maxConnectionDuration:Duration idleTimeout:Duration',
  'ConnectionPoolSettings.TCPSettings.TcpKeepalive': 'probes:uint32 time:Duration interval:Duration',
  ExecHealthCheckConfig: 'command:[string]',
  GrpcHealthCheckConfig: 'port:uint32 service:string',
  HTTPHeader: 'name:string value:string',
  HTTPHealthCheckConfig: 'path:string port:uint32 host:string scheme:string httpHeaders:[HTTPHeader]',
  HTTPRetry:
    'attempts:int32 perTryTimeout:Duration retryOn:string retryRemoteLocalities:BoolValue retryIgnorePreviousHosts:BoolValue backoff:Duration',
  LabelSelector: 'matchLabels:{string}/matchLabels matchExpressions:[LabelSelectorRequirement]/matchExpressions',
  LabelSelectorRequirement: 'key:string operator:string values:[string]',
  LocalityLoadBalancerSetting:
    'distribute:[LocalityLoadBalancerSetting.Distribute] failover:[LocalityLoadBalancerSetting.Failover] failoverPriority:[string] enabled:BoolValue',
  'LocalityLoadBalancerSetting.Distribute': 'from:string to:{uint32}',
  'LocalityLoadBalancerSetting.Failover': 'from:string to:string',
  MeshConfig:
    'proxyListenPort:int32 proxyInboundListenPort:int32 proxyHttpPort:int32 connectTimeout:Duration hboneIdleTimeout:Duration protocolDetectionTimeout:Duration tcpKeepalive:ConnectionPoolSettings.TCPSettings.TcpKeepalive ingressClass:string ingressService:string ingressControllerMode:MeshConfig.IngressControllerMode ingressSelector:string enableTracing:bool accessLogFile:string accessLogFormat:string accessLogEncoding:MeshConfig.AccessLogEncoding enableEnvoyAccessLogService:bool disableEnvoyListenerLog:bool defaultConfig:ProxyConfig outboundTrafficPolicy:MeshConfig.OutboundTrafficPolicy inboundTrafficPolicy:MeshConfig.InboundTrafficPolicy configSources:[ConfigSource] enableAutoMtls:BoolValue trustDomain:string trustDomainAliases:[string] caCertificates:[MeshConfig.CertificateData] defaultServiceExportTo:[string] defaultVirtualServiceExportTo:[string] defaultDestinationRuleExportTo:[string] rootNamespace:string localityLbSetting:LocalityLoadBalancerSetting zoneAwareLbSetting:ZoneAwareLoadBalancerSetting dnsRefreshRate:Duration h2UpgradePolicy:MeshConfig.H2UpgradePolicy inboundClusterStatName:string outboundClusterStatName:string certificates:[Certificate] serviceSettings:[MeshConfig.ServiceSettings] serviceScopeConfigs:[MeshConfig.ServiceScopeConfigs] enablePrometheusMerge:BoolValue verifyCertificateAtClient:BoolValue ca:MeshConfig.CA extensionProviders:[MeshConfig.ExtensionProvider] defaultProviders:MeshConfig.DefaultProviders discoverySelectors:[LabelSelector] pathNormalization:MeshConfig.ProxyPathNormalization defaultHttpRetryPolicy:HTTPRetry meshMTLS:MeshConfig.TLSConfig/mesh_mTLS tlsDefaults:MeshConfig.TLSConfig defaultTrafficPolicy:MeshConfig.DefaultTrafficPolicy serviceEntryVisibility:ServiceEntryVisibility',
  'MeshConfig.CA': 'address:string tlsSettings:ClientTLSSettings requestTimeout:Duration istiodSide:bool',
  'MeshConfig.CertificateData':
    'pem:string|certificate_data spiffeBundleUrl:string|certificate_data certSigners:[string] trustDomains:[string]',
  'MeshConfig.DefaultProviders': 'tracing:[string] metrics:[string] accessLogging:[string]',
  'MeshConfig.DefaultTrafficPolicy': 'connectionPool:ConnectionPoolSettings outlierDetection:OutlierDetection',
  'MeshConfig.ExtensionProvider':
    'name:string envoyExtAuthzHttp:MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationHttpProvider|provider envoyExtAuthzGrpc:MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationGrpcProvider|provider zipkin:MeshConfig.ExtensionProvider.ZipkinTracingProvider|provider lightstep:MeshConfig.ExtensionProvider.LightstepTracingProvider|provider datadog:MeshConfig.ExtensionProvider.DatadogTracingProvider|provider stackdriver:MeshConfig.ExtensionProvider.StackdriverProvider|provider opencensus:MeshConfig.ExtensionProvider.OpenCensusAgentTracingProvider|provider skywalking:MeshConfig.ExtensionProvider.SkyWalkingTracingProvider|provider opentelemetry:MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider|provider prometheus:MeshConfig.ExtensionProvider.PrometheusMetricsProvider|provider envoyFileAccessLog:MeshConfig.ExtensionProvider.EnvoyFileAccessLogProvider|provider envoyHttpAls:MeshConfig.ExtensionProvider.EnvoyHttpGrpcV3LogProvider|provider envoyTcpAls:MeshConfig.ExtensionProvider.EnvoyTcpGrpcV3LogProvider|provider envoyOtelAls:MeshConfig.ExtensionProvider.EnvoyOpenTelemetryLogProvider|provider sds:MeshConfig.ExtensionProvider.SDSProvider|provider',
  'MeshConfig.ExtensionProvider.DatadogTracingProvider': 'service:string port:uint32 maxTagLength:uint32',
  'MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationGrpcProvider':
    'service:string port:uint32 timeout:Duration failOpen:bool clearRouteCache:bool statusOnError:string includeRequestBodyInCheck:MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationRequestBody',
  'MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationHttpProvider':
    'service:string port:uint32 timeout:Duration pathPrefix:string failOpen:bool clearRouteCache:bool statusOnError:string includeHeadersInCheck:[string] includeRequestHeadersInCheck:[string] includeAdditionalHeadersInCheck:{string} includeRequestBodyInCheck:MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationRequestBody headersToUpstreamOnAllow:[string] headersToDownstreamOnDeny:[string] headersToDownstreamOnAllow:[string]',
  'MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationRequestBody':
    'maxRequestBytes:uint32 allowPartialMessage:bool packAsBytes:bool',
  'MeshConfig.ExtensionProvider.EnvoyFileAccessLogProvider':
    'path:string logFormat:MeshConfig.ExtensionProvider.EnvoyFileAccessLogProvider.LogFormat omitEmptyValues:bool',
  'MeshConfig.ExtensionProvider.EnvoyFileAccessLogProvider.LogFormat':
    'text:string|log_format labels:Struct|log_format',
  'MeshConfig.ExtensionProvider.EnvoyHttpGrpcV3LogProvider':
    'service:string port:uint32 logName:string filterStateObjectsToLog:[string] additionalRequestHeadersToLog:[string] additionalResponseHeadersToLog:[string] additionalResponseTrailersToLog:[string]',
  'MeshConfig.ExtensionProvider.EnvoyOpenTelemetryLogProvider':
    'service:string port:uint32 logName:string logFormat:MeshConfig.ExtensionProvider.EnvoyOpenTelemetryLogProvider.LogFormat',
  'MeshConfig.ExtensionProvider.EnvoyOpenTelemetryLogProvider.LogFormat': 'text:string labels:Struct',
  'MeshConfig.ExtensionProvider.EnvoyTcpGrpcV3LogProvider':
    'service:string port:uint32 logName:string filterStateObjectsToLog:[string]',
  'MeshConfig.ExtensionProvider.GrpcService':
    'timeout:Duration initialMetadata:[MeshConfig.ExtensionProvider.HttpHeader]',
  'MeshConfig.ExtensionProvider.HttpHeader': 'name:string value:string|header_value envName:string|header_value',
  'MeshConfig.ExtensionProvider.HttpService':
    'path:string timeout:Duration headers:[MeshConfig.ExtensionProvider.HttpHeader]',
  'MeshConfig.ExtensionProvider.LightstepTracingProvider':
    'service:string port:uint32 accessToken:string maxTagLength:uint32',
  'MeshConfig.ExtensionProvider.OpenCensusAgentTracingProvider':
    'service:string port:uint32 context:[MeshConfig.ExtensionProvider.OpenCensusAgentTracingProvider.TraceContext] maxTagLength:uint32',
  'MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider':
    'service:string port:uint32 maxTagLength:uint32 http:MeshConfig.ExtensionProvider.HttpService grpc:MeshConfig.ExtensionProvider.GrpcService resourceDetectors:MeshConfig.ExtensionProvider.ResourceDetectors serviceAttributeEnrichment:MeshConfig.ExtensionProvider.ServiceAttributeEnrichment dynatraceSampler:MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler|sampling',
  'MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler':
    'tenant:string clusterId:int32 rootSpansPerMinute:uint32 httpService:MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler.DynatraceApi',
  'MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler.DynatraceApi':
    'service:string port:uint32 http:MeshConfig.ExtensionProvider.HttpService',
  'MeshConfig.ExtensionProvider.PrometheusMetricsProvider': '',
  'MeshConfig.ExtensionProvider.ResourceDetectors':
    'environment:MeshConfig.ExtensionProvider.ResourceDetectors.EnvironmentResourceDetector dynatrace:MeshConfig.ExtensionProvider.ResourceDetectors.DynatraceResourceDetector',
  'MeshConfig.ExtensionProvider.ResourceDetectors.DynatraceResourceDetector': '',
  'MeshConfig.ExtensionProvider.ResourceDetectors.EnvironmentResourceDetector': '',
  'MeshConfig.ExtensionProvider.SDSProvider': 'name:string service:string port:uint32',
  'MeshConfig.ExtensionProvider.SkyWalkingTracingProvider': 'service:string port:uint32 accessToken:string',
  'MeshConfig.ExtensionProvider.StackdriverProvider':
    'debug:bool maxNumberOfAttributes:Int64Value maxNumberOfAnnotations:Int64Value maxNumberOfMessageEvents:Int64Value maxTagLength:uint32 logging:MeshConfig.ExtensionProvider.StackdriverProvider.Logging',
  'MeshConfig.ExtensionProvider.StackdriverProvider.Logging': 'labels:{string}',
  'MeshConfig.ExtensionProvider.ZipkinTracingProvider':
    'service:string port:uint32 maxTagLength:uint32 enable64bitTraceId:bool/enable_64bit_trace_id path:string traceContextOption:MeshConfig.ExtensionProvider.ZipkinTracingProvider.TraceContextOption timeout:Duration headers:[MeshConfig.ExtensionProvider.HttpHeader]',
  'MeshConfig.InboundTrafficPolicy': 'mode:MeshConfig.InboundTrafficPolicy.Mode',
  'MeshConfig.OutboundTrafficPolicy': 'mode:MeshConfig.OutboundTrafficPolicy.Mode tls:ClientTLSSettings',
  'MeshConfig.ProxyPathNormalization': 'normalization:MeshConfig.ProxyPathNormalization.NormalizationType',
  'MeshConfig.ServiceScopeConfigs':
    'namespaceSelector:LabelSelector servicesSelector:LabelSelector scope:MeshConfig.ServiceScopeConfigs.Scope',
  'MeshConfig.ServiceSettings': 'settings:MeshConfig.ServiceSettings.Settings hosts:[string]',
  'MeshConfig.ServiceSettings.Settings': 'clusterLocal:bool',
  'MeshConfig.TLSConfig':
    'minProtocolVersion:MeshConfig.TLSConfig.TLSProtocol ecdhCurves:[string] cipherSuites:[string]',
  OutlierDetection:
    'consecutiveErrors:int32 splitExternalLocalOriginErrors:bool consecutiveLocalOriginFailures:UInt32Value consecutiveGatewayErrors:UInt32Value consecutive5xxErrors:UInt32Value/consecutive_5xx_errors interval:Duration baseEjectionTime:Duration maxEjectionPercent:int32 minHealthPercent:int32 outlierDetectionHttpErrorCodes:[uint32]',
  PrivateKeyProvider: 'cryptomb:PrivateKeyProvider.CryptoMb|provider qat:PrivateKeyProvider.QAT|provider',
  'PrivateKeyProvider.CryptoMb': 'pollDelay:Duration fallback:BoolValue',
  'PrivateKeyProvider.QAT': 'pollDelay:Duration fallback:BoolValue',
  ProxyConfig:
    'configPath:string binaryPath:string serviceCluster:string|cluster_name tracingServiceName:ProxyConfig.TracingServiceName|cluster_name drainDuration:Duration parentShutdownDuration:Duration discoveryAddress:string discoveryRefreshDelay:Duration zipkinAddress:string statsdUdpAddress:string envoyMetricsServiceAddress:string proxyAdminPort:int32 availabilityZone:string controlPlaneAuthPolicy:AuthenticationPolicy customConfigFile:string statNameLength:int32 concurrency:Int32Value proxyBootstrapTemplatePath:string interceptionMode:ProxyConfig.InboundInterceptionMode tracing:Tracing sds:SDS envoyAccessLogService:RemoteService envoyMetricsService:RemoteService proxyMetadata:{string} runtimeValues:{string} statusPort:int32 extraStatTags:[string] gatewayTopology:Topology terminationDrainDuration:Duration meshId:string readinessProbe:ReadinessProbe proxyStatsMatcher:ProxyConfig.ProxyStatsMatcher holdApplicationUntilProxyStarts:BoolValue caCertificatesPem:[string] image:ProxyImage privateKeyProvider:PrivateKeyProvider proxyHeaders:ProxyConfig.ProxyHeaders fileFlushInterval:Duration fileFlushMinSizeKb:uint32 statsCompression:BoolValue connectionSettings:ProxyConfig.ConnectionSettings',
  'ProxyConfig.ConnectionSettings':
    'profile:ProxyConfig.ConnectionSettings.Profile listenerPerConnectionBufferLimitBytes:Int32Value clusterPerConnectionBufferLimitBytes:Int32Value httpIdleTimeout:Duration httpMaxConnectionDuration:Duration httpDrainTimeout:Duration httpRequestTimeout:Duration httpRequestHeadersTimeout:Duration httpStreamIdleTimeout:Duration httpMaxStreamDuration:Duration httpMaxConcurrentStreams:Int32Value http2InitialStreamWindowSize:Int32Value http2InitialConnectionWindowSize:Int32Value httpHeadersWithUnderscoresAction:ProxyConfig.ConnectionSettings.HeadersWithUnderscoresAction httpMergeSlashes:BoolValue httpPathWithEscapedSlashesAction:ProxyConfig.ConnectionSettings.PathWithEscapedSlashesAction listenerConnectionLimit:Int32Value globalDownstreamConnectionLimit:Int32Value',
  'ProxyConfig.ProxyHeaders':
    'forwardedClientCert:ForwardClientCertDetails setCurrentClientCertDetails:ProxyConfig.ProxyHeaders.SetCurrentClientCertDetails requestId:ProxyConfig.ProxyHeaders.RequestId server:ProxyConfig.ProxyHeaders.Server attemptCount:ProxyConfig.ProxyHeaders.AttemptCount envoyDebugHeaders:ProxyConfig.ProxyHeaders.EnvoyDebugHeaders metadataExchangeHeaders:ProxyConfig.ProxyHeaders.MetadataExchangeHeaders preserveHttp1HeaderCase:BoolValue xForwardedHost:ProxyConfig.ProxyHeaders.XForwardedHost xForwardedPort:ProxyConfig.ProxyHeaders.XForwardedPort',
  'ProxyConfig.ProxyHeaders.AttemptCount': 'disabled:BoolValue',
  'ProxyConfig.ProxyHeaders.EnvoyDebugHeaders': 'disabled:BoolValue',
  'ProxyConfig.ProxyHeaders.MetadataExchangeHeaders': 'mode:ProxyConfig.ProxyHeaders.MetadataExchangeMode',
  'ProxyConfig.ProxyHeaders.RequestId': 'disabled:BoolValue',
  'ProxyConfig.ProxyHeaders.Server': 'disabled:BoolValue value:string',
  'ProxyConfig.ProxyHeaders.SetCurrentClientCertDetails':
    'subject:BoolValue cert:BoolValue chain:BoolValue dns:BoolValue uri:BoolValue',
  'ProxyConfig.ProxyHeaders.XForwardedHost': 'enabled:BoolValue',
  'ProxyConfig.ProxyHeaders.XForwardedPort': 'enabled:BoolValue',
  'ProxyConfig.ProxyStatsMatcher': 'inclusionPrefixes:[string] inclusionSuffixes:[string] inclusionRegexps:[string]',
  ProxyImage: 'imageType:string',
  ReadinessProbe:
    'initialDelaySeconds:int32 timeoutSeconds:int32 periodSeconds:int32 successThreshold:int32 failureThreshold:int32 httpGet:HTTPHealthCheckConfig|health_check_method tcpSocket:TCPHealthCheckConfig|health_check_method exec:ExecHealthCheckConfig|health_check_method grpc:GrpcHealthCheckConfig|health_check_method',
  RemoteService:
    'address:string tlsSettings:ClientTLSSettings tcpKeepalive:ConnectionPoolSettings.TCPSettings.TcpKeepalive',
  SDS: 'enabled:bool k8sSaJwtPath:string',
  ServiceEntryVisibility:
    'defaultVisibility:ServiceEntryVisibility.Visibility applyToSidecars:bool policies:[ServiceEntryVisibility.Policy]',
  'ServiceEntryVisibility.MatchRule': 'namespaceSelector:LabelSelector|matcher',
  'ServiceEntryVisibility.Policy':
    'visibility:ServiceEntryVisibility.Visibility matchingRules:[ServiceEntryVisibility.MatchRule]',
  TCPHealthCheckConfig: 'host:string port:uint32',
  Topology:
    'numTrustedProxies:uint32 forwardClientCertDetails:ForwardClientCertDetails proxyProtocol:Topology.ProxyProtocolConfiguration',
  'Topology.ProxyProtocolConfiguration': '',
  Tracing:
    'zipkin:Tracing.Zipkin|tracer lightstep:Tracing.Lightstep|tracer datadog:Tracing.Datadog|tracer stackdriver:Tracing.Stackdriver|tracer openCensusAgent:Tracing.OpenCensusAgent|tracer customTags:{Tracing.CustomTag} maxPathTagLength:uint32 sampling:double tlsSettings:ClientTLSSettings enableIstioTags:BoolValue',
  'Tracing.CustomTag':
    'literal:Tracing.Literal|type environment:Tracing.Environment|type header:Tracing.RequestHeader|type',
  'Tracing.Datadog': 'address:string',
  'Tracing.Environment': 'name:string defaultValue:string',
  'Tracing.Lightstep': 'address:string accessToken:string',
  'Tracing.Literal': 'value:string',
  'Tracing.OpenCensusAgent': 'address:string context:[Tracing.OpenCensusAgent.TraceContext]',
  'Tracing.RequestHeader': 'name:string defaultValue:string',
  'Tracing.Stackdriver':
    'debug:bool maxNumberOfAttributes:Int64Value maxNumberOfAnnotations:Int64Value maxNumberOfMessageEvents:Int64Value',
  'Tracing.Zipkin': 'address:string',
  ZoneAwareLoadBalancerSetting:
    'enabled:BoolValue failover:[ZoneAwareLoadBalancerSetting.Failover] failoverPriority:[string] minClusterSize:UInt32Value',
  'ZoneAwareLoadBalancerSetting.Failover': 'from:string to:string',
};

/** The enums of those messages: `NAME=number` in declaration order. */
export const MESH_ENUMS: Readonly<Record<string, string>> = {
  AuthenticationPolicy: 'NONE=0 MUTUAL_TLS=1 INHERIT=1000',
  'ClientTLSSettings.TLSmode': 'DISABLE=0 SIMPLE=1 MUTUAL=2 ISTIO_MUTUAL=3',
  'ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy': 'DEFAULT=0 DO_NOT_UPGRADE=1 UPGRADE=2',
  ForwardClientCertDetails:
    'UNDEFINED=0 SANITIZE=1 FORWARD_ONLY=2 APPEND_FORWARD=3 SANITIZE_SET=4 ALWAYS_FORWARD_ONLY=5',
  'MeshConfig.AccessLogEncoding': 'TEXT=0 JSON=1',
  'MeshConfig.ExtensionProvider.OpenCensusAgentTracingProvider.TraceContext':
    'UNSPECIFIED=0 W3C_TRACE_CONTEXT=1 GRPC_BIN=2 CLOUD_TRACE_CONTEXT=3 B3=4',
  'MeshConfig.ExtensionProvider.ServiceAttributeEnrichment': 'ISTIO_CANONICAL=0 OTEL_SEMANTIC_CONVENTIONS=1',
  'MeshConfig.ExtensionProvider.ZipkinTracingProvider.TraceContextOption': 'USE_B3=0 USE_B3_WITH_W3C_PROPAGATION=1',
  'MeshConfig.H2UpgradePolicy': 'DO_NOT_UPGRADE=0 UPGRADE=1',
  'MeshConfig.InboundTrafficPolicy.Mode': 'PASSTHROUGH=0 LOCALHOST=1',
  'MeshConfig.IngressControllerMode': 'UNSPECIFIED=0 OFF=1 DEFAULT=2 STRICT=3',
  'MeshConfig.OutboundTrafficPolicy.Mode': 'REGISTRY_ONLY=0 ALLOW_ANY=1 ALLOW_ANY_DYNAMIC_DNS=3',
  'MeshConfig.ProxyPathNormalization.NormalizationType':
    'DEFAULT=0 NONE=1 BASE=2 MERGE_SLASHES=3 DECODE_AND_MERGE_SLASHES=4',
  'MeshConfig.ServiceScopeConfigs.Scope': 'LOCAL=0 GLOBAL=1',
  'MeshConfig.TLSConfig.TLSProtocol': 'TLS_AUTO=0 TLSV1_2=1 TLSV1_3=2',
  'ProxyConfig.ConnectionSettings.HeadersWithUnderscoresAction':
    'HEADERS_WITH_UNDERSCORES_UNSPECIFIED=0 HEADERS_WITH_UNDERSCORES_ALLOW=1 HEADERS_WITH_UNDERSCORES_REJECT_REQUEST=2 HEADERS_WITH_UNDERSCORES_DROP_HEADER=3',
  'ProxyConfig.ConnectionSettings.PathWithEscapedSlashesAction':
    'PATH_WITH_ESCAPED_SLASHES_UNSPECIFIED=0 KEEP_UNCHANGED=1 REJECT_REQUEST=2 UNESCAPE_AND_REDIRECT=3 UNESCAPE_AND_FORWARD=4',
  'ProxyConfig.ConnectionSettings.Profile': 'SIDECAR=0 EDGE=1',
  'ProxyConfig.InboundInterceptionMode': 'REDIRECT=0 TPROXY=1 NONE=2',
  'ProxyConfig.ProxyHeaders.MetadataExchangeMode': 'UNDEFINED=0 IN_MESH=1',
  'ProxyConfig.TracingServiceName': 'APP_LABEL_AND_NAMESPACE=0 CANONICAL_NAME_ONLY=1 CANONICAL_NAME_AND_NAMESPACE=2',
  Resource: 'SERVICE_REGISTRY=0',
  'ServiceEntryVisibility.Visibility': 'VISIBILITY_UNSPECIFIED=0 NONE=1 NAMESPACE=2 PUBLIC=3',
  'Tracing.OpenCensusAgent.TraceContext': 'UNSPECIFIED=0 W3C_TRACE_CONTEXT=1 GRPC_BIN=2 CLOUD_TRACE_CONTEXT=3 B3=4',
};
