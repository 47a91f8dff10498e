/** The Gateway API's Go types below Gateway, without those of Kubernetes. Written by describe-types.go. */
export const GATEWAY_TYPES = `
v1.AddressType: =string
v1.AllowedListeners: Namespaces *v1.ListenerNamespaces namespaces?
v1.AllowedRoutes: Namespaces *v1.RouteNamespaces namespaces?|Kinds []v1.RouteGroupKind kinds?
v1.AnnotationKey: =string
v1.AnnotationValue: =string
v1.Condition: Type string type 1|Status v1.ConditionStatus status 2|ObservedGeneration int64 observedGeneration? 3|LastTransitionTime v1.Time lastTransitionTime 4|Reason string reason 5|Message string message 6
v1.ConditionStatus: =string
v1.FromNamespaces: =string
v1.FrontendTLSConfig: Default v1.TLSConfig default|PerPort []v1.TLSPortConfig perPort?
v1.FrontendTLSValidation: CACertificateRefs []v1.ObjectReference caCertificateRefs|Mode v1.FrontendValidationModeType mode?
v1.FrontendValidationModeType: =string
v1.Gateway: TypeMeta v1.TypeMeta +^|ObjectMeta v1.ObjectMeta metadata?^|Spec v1.GatewaySpec spec|Status v1.GatewayStatus status??
v1.GatewayBackendTLS: ClientCertificateRef *v1.SecretObjectReference clientCertificateRef?
v1.GatewayDefaultScope: =string
v1.GatewayInfrastructure: Labels map[v1.LabelKey]v1.LabelValue labels?|Annotations map[v1.AnnotationKey]v1.AnnotationValue annotations?|ParametersRef *v1.LocalParametersReference parametersRef?
v1.GatewaySpec: GatewayClassName v1.ObjectName gatewayClassName|Listeners []v1.Listener listeners|Addresses []v1.GatewaySpecAddress addresses?|Infrastructure *v1.GatewayInfrastructure infrastructure?|AllowedListeners *v1.AllowedListeners allowedListeners?|TLS *v1.GatewayTLSConfig tls?|DefaultScope v1.GatewayDefaultScope defaultScope?
v1.GatewaySpecAddress: Type *v1.AddressType type?|Value string value?
v1.GatewayStatus: Addresses []v1.GatewayStatusAddress addresses?|Conditions []v1.Condition conditions?|Listeners []v1.ListenerStatus listeners?|AttachedListenerSets *int32 attachedListenerSets?
v1.GatewayStatusAddress: Type *v1.AddressType type?|Value string value
v1.GatewayTLSConfig: Backend *v1.GatewayBackendTLS backend?|Frontend *v1.FrontendTLSConfig frontend?
v1.Group: =string
v1.Hostname: =string
v1.Kind: =string
v1.LabelKey: =string
v1.LabelValue: =string
v1.Listener: Name v1.SectionName name|Hostname *v1.Hostname hostname?|Port int32 port|Protocol v1.ProtocolType protocol|TLS *v1.ListenerTLSConfig tls?|AllowedRoutes *v1.AllowedRoutes allowedRoutes?
v1.ListenerNamespaces: From *v1.FromNamespaces from?|Selector *v1.LabelSelector selector?
v1.ListenerStatus: Name v1.SectionName name|SupportedKinds []v1.RouteGroupKind supportedKinds?|AttachedRoutes int32 attachedRoutes|Conditions []v1.Condition conditions
v1.ListenerTLSConfig: Mode *v1.TLSModeType mode?|CertificateRefs []v1.SecretObjectReference certificateRefs?|Options map[v1.AnnotationKey]v1.AnnotationValue options?
v1.LocalParametersReference: Group v1.Group group|Kind v1.Kind kind|Name string name
v1.Namespace: =string
v1.ObjectName: =string
v1.ObjectReference: Group v1.Group group|Kind v1.Kind kind|Name v1.ObjectName name|Namespace *v1.Namespace namespace?
v1.ProtocolType: =string
v1.RouteGroupKind: Group *v1.Group group?|Kind v1.Kind kind
v1.RouteNamespaces: From *v1.FromNamespaces from?|Selector *v1.LabelSelector selector?
v1.SecretObjectReference: Group *v1.Group group?|Kind *v1.Kind kind?|Name v1.ObjectName name|Namespace *v1.Namespace namespace?
v1.SectionName: =string
v1.TLSConfig: Validation *v1.FrontendTLSValidation validation?
v1.TLSModeType: =string
v1.TLSPortConfig: Port int32 port|TLS v1.TLSConfig tls
`;
