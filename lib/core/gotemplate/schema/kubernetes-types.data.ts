/** Kubernetes' Go types below PodSpec and ObjectMeta. Written by describe-types.go. */
export const KUBERNETES_TYPES = `
intstr.IntOrString: !
resource.Quantity: !
types.UID: =string
v1.AWSElasticBlockStoreVolumeSource: VolumeID string volumeID 1|FSType string fsType? 2|Partition int32 partition? 3|ReadOnly bool readOnly? 4
v1.Affinity: NodeAffinity *v1.NodeAffinity nodeAffinity? 1|PodAffinity *v1.PodAffinity podAffinity? 2|PodAntiAffinity *v1.PodAntiAffinity podAntiAffinity? 3
v1.AppArmorProfile: Type v1.AppArmorProfileType type 1|LocalhostProfile *string localhostProfile? 2
v1.AppArmorProfileType: =string
v1.AzureDataDiskCachingMode: =string
v1.AzureDataDiskKind: =string
v1.AzureDiskVolumeSource: DiskName string diskName 1|DataDiskURI string diskURI 2|CachingMode *v1.AzureDataDiskCachingMode cachingMode? 3|FSType *string fsType? 4|ReadOnly *bool readOnly? 5|Kind *v1.AzureDataDiskKind kind? 6
v1.AzureFileVolumeSource: SecretName string secretName 1|ShareName string shareName 2|ReadOnly bool readOnly? 3
v1.CSIVolumeSource: Driver string driver 1|ReadOnly *bool readOnly? 2|FSType *string fsType? 3|VolumeAttributes map[string]string volumeAttributes? 4|NodePublishSecretRef *v1.LocalObjectReference nodePublishSecretRef? 5
v1.Capabilities: Add []v1.Capability add? 1|Drop []v1.Capability drop? 2
v1.Capability: =string
v1.CephFSVolumeSource: Monitors []string monitors 1|Path string path? 2|User string user? 3|SecretFile string secretFile? 4|SecretRef *v1.LocalObjectReference secretRef? 5|ReadOnly bool readOnly? 6
v1.CinderVolumeSource: VolumeID string volumeID 1|FSType string fsType? 2|ReadOnly bool readOnly? 3|SecretRef *v1.LocalObjectReference secretRef? 4
v1.ClusterTrustBundleProjection: Name *string name? 1|SignerName *string signerName? 2|LabelSelector *v1.LabelSelector labelSelector? 3|Optional *bool optional? 5|Path string path 4
v1.ConfigMapEnvSource: LocalObjectReference v1.LocalObjectReference +^ 1|Optional *bool optional? 2
v1.ConfigMapKeySelector: LocalObjectReference v1.LocalObjectReference +^ 1|Key string key 2|Optional *bool optional? 3
v1.ConfigMapProjection: LocalObjectReference v1.LocalObjectReference +^ 1|Items []v1.KeyToPath items? 2|Optional *bool optional? 4
v1.ConfigMapVolumeSource: LocalObjectReference v1.LocalObjectReference +^ 1|Items []v1.KeyToPath items? 2|DefaultMode *int32 defaultMode? 3|Optional *bool optional? 4
v1.Container: Name string name 1|Image string image? 2|Command []string command? 3|Args []string args? 4|WorkingDir string workingDir? 5|Ports []v1.ContainerPort ports? 6|EnvFrom []v1.EnvFromSource envFrom? 19|Env []v1.EnvVar env? 7|Resources v1.ResourceRequirements resources? 8|ResizePolicy []v1.ContainerResizePolicy resizePolicy? 23|RestartPolicy *v1.ContainerRestartPolicy restartPolicy? 24|RestartPolicyRules []v1.ContainerRestartRule restartPolicyRules? 25|VolumeMounts []v1.VolumeMount volumeMounts? 9|VolumeDevices []v1.VolumeDevice volumeDevices? 21|LivenessProbe *v1.Probe livenessProbe? 10|ReadinessProbe *v1.Probe readinessProbe? 11|StartupProbe *v1.Probe startupProbe? 22|Lifecycle *v1.Lifecycle lifecycle? 12|TerminationMessagePath string terminationMessagePath? 13|TerminationMessagePolicy v1.TerminationMessagePolicy terminationMessagePolicy? 20|ImagePullPolicy v1.PullPolicy imagePullPolicy? 14|SecurityContext *v1.SecurityContext securityContext? 15|Stdin bool stdin? 16|StdinOnce bool stdinOnce? 17|TTY bool tty? 18
v1.ContainerPort: Name string name? 1|HostPort int32 hostPort? 2|ContainerPort int32 containerPort 3|Protocol v1.Protocol protocol? 4|HostIP string hostIP? 5
v1.ContainerResizePolicy: ResourceName v1.ResourceName resourceName 1|RestartPolicy v1.ResourceResizeRestartPolicy restartPolicy 2
v1.ContainerRestartPolicy: =string
v1.ContainerRestartRule: Action v1.ContainerRestartRuleAction action? 1|ExitCodes *v1.ContainerRestartRuleOnExitCodes exitCodes? 2
v1.ContainerRestartRuleAction: =string
v1.ContainerRestartRuleOnExitCodes: Operator v1.ContainerRestartRuleOnExitCodesOperator operator? 1|Values []int32 values? 2
v1.ContainerRestartRuleOnExitCodesOperator: =string
v1.DNSPolicy: =string
v1.DownwardAPIProjection: Items []v1.DownwardAPIVolumeFile items? 1
v1.DownwardAPIVolumeFile: Path string path 1|FieldRef *v1.ObjectFieldSelector fieldRef? 2|ResourceFieldRef *v1.ResourceFieldSelector resourceFieldRef? 3|Mode *int32 mode? 4
v1.DownwardAPIVolumeSource: Items []v1.DownwardAPIVolumeFile items? 1|DefaultMode *int32 defaultMode? 2
v1.EmptyDirVolumeSource: Medium v1.StorageMedium medium? 1|SizeLimit *resource.Quantity sizeLimit? 2
v1.EnvFromSource: Prefix string prefix? 1|ConfigMapRef *v1.ConfigMapEnvSource configMapRef? 2|SecretRef *v1.SecretEnvSource secretRef? 3
v1.EnvVar: Name string name 1|Value string value? 2|ValueFrom *v1.EnvVarSource valueFrom? 3
v1.EnvVarSource: FieldRef *v1.ObjectFieldSelector fieldRef? 1|ResourceFieldRef *v1.ResourceFieldSelector resourceFieldRef? 2|ConfigMapKeyRef *v1.ConfigMapKeySelector configMapKeyRef? 3|SecretKeyRef *v1.SecretKeySelector secretKeyRef? 4|FileKeyRef *v1.FileKeySelector fileKeyRef? 5
v1.EphemeralContainer: EphemeralContainerCommon v1.EphemeralContainerCommon +^ 1|TargetContainerName string targetContainerName? 2
v1.EphemeralContainerCommon: Name string name 1|Image string image? 2|Command []string command? 3|Args []string args? 4|WorkingDir string workingDir? 5|Ports []v1.ContainerPort ports? 6|EnvFrom []v1.EnvFromSource envFrom? 19|Env []v1.EnvVar env? 7|Resources v1.ResourceRequirements resources? 8|ResizePolicy []v1.ContainerResizePolicy resizePolicy? 23|RestartPolicy *v1.ContainerRestartPolicy restartPolicy? 24|RestartPolicyRules []v1.ContainerRestartRule restartPolicyRules? 25|VolumeMounts []v1.VolumeMount volumeMounts? 9|VolumeDevices []v1.VolumeDevice volumeDevices? 21|LivenessProbe *v1.Probe livenessProbe? 10|ReadinessProbe *v1.Probe readinessProbe? 11|StartupProbe *v1.Probe startupProbe? 22|Lifecycle *v1.Lifecycle lifecycle? 12|TerminationMessagePath string terminationMessagePath? 13|TerminationMessagePolicy v1.TerminationMessagePolicy terminationMessagePolicy? 20|ImagePullPolicy v1.PullPolicy imagePullPolicy? 14|SecurityContext *v1.SecurityContext securityContext? 15|Stdin bool stdin? 16|StdinOnce bool stdinOnce? 17|TTY bool tty? 18
v1.EphemeralVolumeSource: VolumeClaimTemplate *v1.PersistentVolumeClaimTemplate volumeClaimTemplate? 1
v1.ExecAction: Command []string command? 1
v1.FCVolumeSource: TargetWWNs []string targetWWNs? 1|Lun *int32 lun? 2|FSType string fsType? 3|ReadOnly bool readOnly? 4|WWIDs []string wwids? 5
v1.FieldsV1: !
v1.FileKeySelector: VolumeName string volumeName 1|Path string path 2|Key string key 3|Optional *bool optional? 4
v1.FlexVolumeSource: Driver string driver 1|FSType string fsType? 2|SecretRef *v1.LocalObjectReference secretRef? 3|ReadOnly bool readOnly? 4|Options map[string]string options? 5
v1.FlockerVolumeSource: DatasetName string datasetName? 1|DatasetUUID string datasetUUID? 2
v1.GCEPersistentDiskVolumeSource: PDName string pdName 1|FSType string fsType? 2|Partition int32 partition? 3|ReadOnly bool readOnly? 4
v1.GRPCAction: Port int32 port 1|Service *string service 2
v1.GitRepoVolumeSource: Repository string repository 1|Revision string revision? 2|Directory string directory? 3
v1.GlusterfsVolumeSource: EndpointsName string endpoints 1|Path string path 2|ReadOnly bool readOnly? 3
v1.HTTPGetAction: Path string path? 1|Port intstr.IntOrString port 2|Host string host? 3|Scheme v1.URIScheme scheme? 4|HTTPHeaders []v1.HTTPHeader httpHeaders? 5
v1.HTTPHeader: Name string name 1|Value string value 2
v1.HostAlias: IP string ip 1|Hostnames []string hostnames? 2
v1.HostPathType: =string
v1.HostPathVolumeSource: Path string path 1|Type *v1.HostPathType type? 2
v1.ISCSIVolumeSource: TargetPortal string targetPortal 1|IQN string iqn 2|Lun int32 lun 3|ISCSIInterface string iscsiInterface? 4|FSType string fsType? 5|ReadOnly bool readOnly? 6|Portals []string portals? 7|DiscoveryCHAPAuth bool chapAuthDiscovery? 8|SessionCHAPAuth bool chapAuthSession? 11|SecretRef *v1.LocalObjectReference secretRef? 10|InitiatorName *string initiatorName? 12
v1.ImageVolumeSource: Reference string reference? 1|PullPolicy v1.PullPolicy pullPolicy? 2
v1.KeyToPath: Key string key 1|Path string path 2|Mode *int32 mode? 3
v1.LabelSelector: MatchLabels map[string]string matchLabels? 1|MatchExpressions []v1.LabelSelectorRequirement matchExpressions? 2
v1.LabelSelectorOperator: =string
v1.LabelSelectorRequirement: Key string key 1|Operator v1.LabelSelectorOperator operator 2|Values []string values? 3
v1.Lifecycle: PostStart *v1.LifecycleHandler postStart? 1|PreStop *v1.LifecycleHandler preStop? 2|StopSignal *v1.Signal stopSignal? 3
v1.LifecycleHandler: Exec *v1.ExecAction exec? 1|HTTPGet *v1.HTTPGetAction httpGet? 2|TCPSocket *v1.TCPSocketAction tcpSocket? 3|Sleep *v1.SleepAction sleep? 4
v1.LocalObjectReference: Name string name? 1
v1.ManagedFieldsEntry: Manager string manager? 1|Operation v1.ManagedFieldsOperationType operation? 2|APIVersion string apiVersion? 3|Time *v1.Time time? 4|FieldsType string fieldsType? 6|FieldsV1 *v1.FieldsV1 fieldsV1? 7|Subresource string subresource? 8
v1.ManagedFieldsOperationType: =string
v1.MountPropagationMode: =string
v1.NFSVolumeSource: Server string server 1|Path string path 2|ReadOnly bool readOnly? 3
v1.NodeAffinity: RequiredDuringSchedulingIgnoredDuringExecution *v1.NodeSelector requiredDuringSchedulingIgnoredDuringExecution? 1|PreferredDuringSchedulingIgnoredDuringExecution []v1.PreferredSchedulingTerm preferredDuringSchedulingIgnoredDuringExecution? 2
v1.NodeInclusionPolicy: =string
v1.NodeSelector: NodeSelectorTerms []v1.NodeSelectorTerm nodeSelectorTerms 1
v1.NodeSelectorOperator: =string
v1.NodeSelectorRequirement: Key string key 1|Operator v1.NodeSelectorOperator operator 2|Values []string values? 3
v1.NodeSelectorTerm: MatchExpressions []v1.NodeSelectorRequirement matchExpressions? 1|MatchFields []v1.NodeSelectorRequirement matchFields? 2
v1.OSName: =string
v1.ObjectFieldSelector: APIVersion string apiVersion? 1|FieldPath string fieldPath 2
v1.ObjectMeta: Name string name? 1|GenerateName string generateName? 2|Namespace string namespace? 3|SelfLink string selfLink? 4|UID types.UID uid? 5|ResourceVersion string resourceVersion? 6|Generation int64 generation? 7|CreationTimestamp v1.Time creationTimestamp?? 8|DeletionTimestamp *v1.Time deletionTimestamp? 9|DeletionGracePeriodSeconds *int64 deletionGracePeriodSeconds? 10|Labels map[string]string labels? 11|Annotations map[string]string annotations? 12|OwnerReferences []v1.OwnerReference ownerReferences? 13|Finalizers []string finalizers? 14|ManagedFields []v1.ManagedFieldsEntry managedFields? 17
v1.OwnerReference: APIVersion string apiVersion 5|Kind string kind 1|Name string name 3|UID types.UID uid 4|Controller *bool controller? 6|BlockOwnerDeletion *bool blockOwnerDeletion? 7
v1.PersistentVolumeAccessMode: =string
v1.PersistentVolumeClaimSpec: AccessModes []v1.PersistentVolumeAccessMode accessModes? 1|Selector *v1.LabelSelector selector? 4|Resources v1.VolumeResourceRequirements resources? 2|VolumeName string volumeName? 3|StorageClassName *string storageClassName? 5|VolumeMode *v1.PersistentVolumeMode volumeMode? 6|DataSource *v1.TypedLocalObjectReference dataSource? 7|DataSourceRef *v1.TypedObjectReference dataSourceRef? 8|VolumeAttributesClassName *string volumeAttributesClassName? 9
v1.PersistentVolumeClaimTemplate: ObjectMeta v1.ObjectMeta metadata?^ 1|Spec v1.PersistentVolumeClaimSpec spec 2
v1.PersistentVolumeClaimVolumeSource: ClaimName string claimName 1|ReadOnly bool readOnly? 2
v1.PersistentVolumeMode: =string
v1.PhotonPersistentDiskVolumeSource: PdID string pdID 1|FSType string fsType? 2
v1.PodAffinity: RequiredDuringSchedulingIgnoredDuringExecution []v1.PodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution? 1|PreferredDuringSchedulingIgnoredDuringExecution []v1.WeightedPodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution? 2
v1.PodAffinityTerm: LabelSelector *v1.LabelSelector labelSelector? 1|Namespaces []string namespaces? 2|TopologyKey string topologyKey 3|NamespaceSelector *v1.LabelSelector namespaceSelector? 4|MatchLabelKeys []string matchLabelKeys? 5|MismatchLabelKeys []string mismatchLabelKeys? 6
v1.PodAntiAffinity: RequiredDuringSchedulingIgnoredDuringExecution []v1.PodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution? 1|PreferredDuringSchedulingIgnoredDuringExecution []v1.WeightedPodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution? 2
v1.PodCertificateProjection: SignerName string signerName? 1|KeyType string keyType? 2|MaxExpirationSeconds *int32 maxExpirationSeconds? 3|CredentialBundlePath string credentialBundlePath? 4|KeyPath string keyPath? 5|CertificateChainPath string certificateChainPath? 6|UserAnnotations map[string]string userAnnotations? 7
v1.PodConditionType: =string
v1.PodDNSConfig: Nameservers []string nameservers? 1|Searches []string searches? 2|Options []v1.PodDNSConfigOption options? 3
v1.PodDNSConfigOption: Name string name? 1|Value *string value? 2
v1.PodFSGroupChangePolicy: =string
v1.PodOS: Name v1.OSName name 1
v1.PodReadinessGate: ConditionType v1.PodConditionType conditionType 1
v1.PodResourceClaim: Name string name 1|ResourceClaimName *string resourceClaimName? 3|ResourceClaimTemplateName *string resourceClaimTemplateName? 4
v1.PodSELinuxChangePolicy: =string
v1.PodSchedulingGate: Name string name 1
v1.PodSchedulingGroup: PodGroupName *string podGroupName? 1
v1.PodSecurityContext: SELinuxOptions *v1.SELinuxOptions seLinuxOptions? 1|WindowsOptions *v1.WindowsSecurityContextOptions windowsOptions? 8|RunAsUser *int64 runAsUser? 2|RunAsGroup *int64 runAsGroup? 6|RunAsNonRoot *bool runAsNonRoot? 3|SupplementalGroups []int64 supplementalGroups? 4|SupplementalGroupsPolicy *v1.SupplementalGroupsPolicy supplementalGroupsPolicy? 12|FSGroup *int64 fsGroup? 5|Sysctls []v1.Sysctl sysctls? 7|FSGroupChangePolicy *v1.PodFSGroupChangePolicy fsGroupChangePolicy? 9|SeccompProfile *v1.SeccompProfile seccompProfile? 10|AppArmorProfile *v1.AppArmorProfile appArmorProfile? 11|SELinuxChangePolicy *v1.PodSELinuxChangePolicy seLinuxChangePolicy? 13
v1.PodSpec: Volumes []v1.Volume volumes? 1|InitContainers []v1.Container initContainers? 20|Containers []v1.Container containers 2|EphemeralContainers []v1.EphemeralContainer ephemeralContainers? 34|RestartPolicy v1.RestartPolicy restartPolicy? 3|TerminationGracePeriodSeconds *int64 terminationGracePeriodSeconds? 4|ActiveDeadlineSeconds *int64 activeDeadlineSeconds? 5|DNSPolicy v1.DNSPolicy dnsPolicy? 6|NodeSelector map[string]string nodeSelector? 7|ServiceAccountName string serviceAccountName? 8|DeprecatedServiceAccount string serviceAccount? 9|AutomountServiceAccountToken *bool automountServiceAccountToken? 21|NodeName string nodeName? 10|HostNetwork bool hostNetwork? 11|HostPID bool hostPID? 12|HostIPC bool hostIPC? 13|ShareProcessNamespace *bool shareProcessNamespace? 27|SecurityContext *v1.PodSecurityContext securityContext? 14|ImagePullSecrets []v1.LocalObjectReference imagePullSecrets? 15|Hostname string hostname? 16|Subdomain string subdomain? 17|Affinity *v1.Affinity affinity? 18|SchedulerName string schedulerName? 19|Tolerations []v1.Toleration tolerations? 22|HostAliases []v1.HostAlias hostAliases? 23|PriorityClassName string priorityClassName? 24|Priority *int32 priority? 25|DNSConfig *v1.PodDNSConfig dnsConfig? 26|ReadinessGates []v1.PodReadinessGate readinessGates? 28|RuntimeClassName *string runtimeClassName? 29|EnableServiceLinks *bool enableServiceLinks? 30|PreemptionPolicy *v1.PreemptionPolicy preemptionPolicy? 31|Overhead v1.ResourceList overhead? 32|TopologySpreadConstraints []v1.TopologySpreadConstraint topologySpreadConstraints? 33|SetHostnameAsFQDN *bool setHostnameAsFQDN? 35|OS *v1.PodOS os? 36|HostUsers *bool hostUsers? 37|SchedulingGates []v1.PodSchedulingGate schedulingGates? 38|ResourceClaims []v1.PodResourceClaim resourceClaims? 39|Resources *v1.ResourceRequirements resources? 40|HostnameOverride *string hostnameOverride? 41|SchedulingGroup *v1.PodSchedulingGroup schedulingGroup? 43
v1.PortworxVolumeSource: VolumeID string volumeID 1|FSType string fsType? 2|ReadOnly bool readOnly? 3
v1.PreemptionPolicy: =string
v1.PreferredSchedulingTerm: Weight int32 weight 1|Preference v1.NodeSelectorTerm preference 2
v1.Probe: ProbeHandler v1.ProbeHandler +^ 1|InitialDelaySeconds int32 initialDelaySeconds? 2|TimeoutSeconds int32 timeoutSeconds? 3|PeriodSeconds int32 periodSeconds? 4|SuccessThreshold int32 successThreshold? 5|FailureThreshold int32 failureThreshold? 6|TerminationGracePeriodSeconds *int64 terminationGracePeriodSeconds? 7
v1.ProbeHandler: Exec *v1.ExecAction exec? 1|HTTPGet *v1.HTTPGetAction httpGet? 2|TCPSocket *v1.TCPSocketAction tcpSocket? 3|GRPC *v1.GRPCAction grpc? 4
v1.ProcMountType: =string
v1.ProjectedVolumeSource: Sources []v1.VolumeProjection sources 1|DefaultMode *int32 defaultMode? 2
v1.Protocol: =string
v1.PullPolicy: =string
v1.QuobyteVolumeSource: Registry string registry 1|Volume string volume 2|ReadOnly bool readOnly? 3|User string user? 4|Group string group? 5|Tenant string tenant? 6
v1.RBDVolumeSource: CephMonitors []string monitors 1|RBDImage string image 2|FSType string fsType? 3|RBDPool string pool? 4|RadosUser string user? 5|Keyring string keyring? 6|SecretRef *v1.LocalObjectReference secretRef? 7|ReadOnly bool readOnly? 8
v1.RecursiveReadOnlyMode: =string
v1.ResourceClaim: Name string name 1|Request string request? 2
v1.ResourceFieldSelector: ContainerName string containerName? 1|Resource string resource 2|Divisor resource.Quantity divisor? 3
v1.ResourceList: =map[v1.ResourceName]resource.Quantity
v1.ResourceName: =string
v1.ResourceRequirements: Limits v1.ResourceList limits? 1|Requests v1.ResourceList requests? 2|Claims []v1.ResourceClaim claims? 3
v1.ResourceResizeRestartPolicy: =string
v1.RestartPolicy: =string
v1.SELinuxOptions: User string user? 1|Role string role? 2|Type string type? 3|Level string level? 4
v1.ScaleIOVolumeSource: Gateway string gateway 1|System string system 2|SecretRef *v1.LocalObjectReference secretRef 3|SSLEnabled bool sslEnabled? 4|ProtectionDomain string protectionDomain? 5|StoragePool string storagePool? 6|StorageMode string storageMode? 7|VolumeName string volumeName? 8|FSType string fsType? 9|ReadOnly bool readOnly? 10
v1.SeccompProfile: Type v1.SeccompProfileType type 1|LocalhostProfile *string localhostProfile? 2
v1.SeccompProfileType: =string
v1.SecretEnvSource: LocalObjectReference v1.LocalObjectReference +^ 1|Optional *bool optional? 2
v1.SecretKeySelector: LocalObjectReference v1.LocalObjectReference +^ 1|Key string key 2|Optional *bool optional? 3
v1.SecretProjection: LocalObjectReference v1.LocalObjectReference +^ 1|Items []v1.KeyToPath items? 2|Optional *bool optional? 4
v1.SecretVolumeSource: SecretName string secretName? 1|Items []v1.KeyToPath items? 2|DefaultMode *int32 defaultMode? 3|Optional *bool optional? 4
v1.SecurityContext: Capabilities *v1.Capabilities capabilities? 1|Privileged *bool privileged? 2|SELinuxOptions *v1.SELinuxOptions seLinuxOptions? 3|WindowsOptions *v1.WindowsSecurityContextOptions windowsOptions? 10|RunAsUser *int64 runAsUser? 4|RunAsGroup *int64 runAsGroup? 8|RunAsNonRoot *bool runAsNonRoot? 5|ReadOnlyRootFilesystem *bool readOnlyRootFilesystem? 6|AllowPrivilegeEscalation *bool allowPrivilegeEscalation? 7|ProcMount *v1.ProcMountType procMount? 9|SeccompProfile *v1.SeccompProfile seccompProfile? 11|AppArmorProfile *v1.AppArmorProfile appArmorProfile? 12
v1.ServiceAccountTokenProjection: Audience string audience? 1|ExpirationSeconds *int64 expirationSeconds? 2|Path string path 3
v1.ServicePort: Name string name? 1|Protocol v1.Protocol protocol? 2|AppProtocol *string appProtocol? 6|Port int32 port 3|TargetPort intstr.IntOrString targetPort? 4|NodePort int32 nodePort? 5
v1.ServiceType: =string
v1.Signal: =string
v1.SleepAction: Seconds int64 seconds 1
v1.StorageMedium: =string
v1.StorageOSVolumeSource: VolumeName string volumeName? 1|VolumeNamespace string volumeNamespace? 2|FSType string fsType? 3|ReadOnly bool readOnly? 4|SecretRef *v1.LocalObjectReference secretRef? 5
v1.SupplementalGroupsPolicy: =string
v1.Sysctl: Name string name 1|Value string value 2
v1.TCPSocketAction: Port intstr.IntOrString port 1|Host string host? 2
v1.TaintEffect: =string
v1.TerminationMessagePolicy: =string
v1.Time: !
v1.Toleration: Key string key? 1|Operator v1.TolerationOperator operator? 2|Value string value? 3|Effect v1.TaintEffect effect? 4|TolerationSeconds *int64 tolerationSeconds? 5
v1.TolerationOperator: =string
v1.TopologySpreadConstraint: MaxSkew int32 maxSkew 1|TopologyKey string topologyKey 2|WhenUnsatisfiable v1.UnsatisfiableConstraintAction whenUnsatisfiable 3|LabelSelector *v1.LabelSelector labelSelector? 4|MinDomains *int32 minDomains? 5|NodeAffinityPolicy *v1.NodeInclusionPolicy nodeAffinityPolicy? 6|NodeTaintsPolicy *v1.NodeInclusionPolicy nodeTaintsPolicy? 7|MatchLabelKeys []string matchLabelKeys? 8
v1.TypeMeta: Kind string kind? 1|APIVersion string apiVersion? 2
v1.TypedLocalObjectReference: APIGroup *string apiGroup 1|Kind string kind 2|Name string name 3
v1.TypedObjectReference: APIGroup *string apiGroup 1|Kind string kind 2|Name string name 3|Namespace *string namespace? 4
v1.URIScheme: =string
v1.UnsatisfiableConstraintAction: =string
v1.Volume: Name string name 1|VolumeSource v1.VolumeSource +^ 2
v1.VolumeDevice: Name string name 1|DevicePath string devicePath 2
v1.VolumeMount: Name string name 1|ReadOnly bool readOnly? 2|RecursiveReadOnly *v1.RecursiveReadOnlyMode recursiveReadOnly? 7|MountPath string mountPath 3|SubPath string subPath? 4|MountPropagation *v1.MountPropagationMode mountPropagation? 5|SubPathExpr string subPathExpr? 6
v1.VolumeProjection: Secret *v1.SecretProjection secret? 1|DownwardAPI *v1.DownwardAPIProjection downwardAPI? 2|ConfigMap *v1.ConfigMapProjection configMap? 3|ServiceAccountToken *v1.ServiceAccountTokenProjection serviceAccountToken? 4|ClusterTrustBundle *v1.ClusterTrustBundleProjection clusterTrustBundle? 5|PodCertificate *v1.PodCertificateProjection podCertificate? 6
v1.VolumeResourceRequirements: Limits v1.ResourceList limits? 1|Requests v1.ResourceList requests? 2
v1.VolumeSource: HostPath *v1.HostPathVolumeSource hostPath? 1|EmptyDir *v1.EmptyDirVolumeSource emptyDir? 2|GCEPersistentDisk *v1.GCEPersistentDiskVolumeSource gcePersistentDisk? 3|AWSElasticBlockStore *v1.AWSElasticBlockStoreVolumeSource awsElasticBlockStore? 4|GitRepo *v1.GitRepoVolumeSource gitRepo? 5|Secret *v1.SecretVolumeSource secret? 6|NFS *v1.NFSVolumeSource nfs? 7|ISCSI *v1.ISCSIVolumeSource iscsi? 8|Glusterfs *v1.GlusterfsVolumeSource glusterfs? 9|PersistentVolumeClaim *v1.PersistentVolumeClaimVolumeSource persistentVolumeClaim? 10|RBD *v1.RBDVolumeSource rbd? 11|FlexVolume *v1.FlexVolumeSource flexVolume? 12|Cinder *v1.CinderVolumeSource cinder? 13|CephFS *v1.CephFSVolumeSource cephfs? 14|Flocker *v1.FlockerVolumeSource flocker? 15|DownwardAPI *v1.DownwardAPIVolumeSource downwardAPI? 16|FC *v1.FCVolumeSource fc? 17|AzureFile *v1.AzureFileVolumeSource azureFile? 18|ConfigMap *v1.ConfigMapVolumeSource configMap? 19|VsphereVolume *v1.VsphereVirtualDiskVolumeSource vsphereVolume? 20|Quobyte *v1.QuobyteVolumeSource quobyte? 21|AzureDisk *v1.AzureDiskVolumeSource azureDisk? 22|PhotonPersistentDisk *v1.PhotonPersistentDiskVolumeSource photonPersistentDisk? 23|Projected *v1.ProjectedVolumeSource projected? 26|PortworxVolume *v1.PortworxVolumeSource portworxVolume? 24|ScaleIO *v1.ScaleIOVolumeSource scaleIO? 25|StorageOS *v1.StorageOSVolumeSource storageos? 27|CSI *v1.CSIVolumeSource csi? 28|Ephemeral *v1.EphemeralVolumeSource ephemeral? 29|Image *v1.ImageVolumeSource image? 30
v1.VsphereVirtualDiskVolumeSource: VolumePath string volumePath 1|FSType string fsType? 2|StoragePolicyName string storagePolicyName? 3|StoragePolicyID string storagePolicyID? 4
v1.WeightedPodAffinityTerm: Weight int32 weight 1|PodAffinityTerm v1.PodAffinityTerm podAffinityTerm 2
v1.WindowsSecurityContextOptions: GMSACredentialSpecName *string gmsaCredentialSpecName? 1|GMSACredentialSpec *string gmsaCredentialSpec? 2|RunAsUserName *string runAsUserName? 3|HostProcess *bool hostProcess? 4
`;
