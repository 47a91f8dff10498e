/** The texts that an injector goes by, under the name that cases know them by. */
export interface Configuration {
  readonly config: string;
  readonly values: string;
  readonly mesh: string;
  /** ProxyConfig resources of the cluster, in the order of their creation. */
  readonly proxyConfigs: readonly NamedProxyConfig[];
}

export interface NamedProxyConfig {
  readonly name: string;
  readonly namespace: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A pod on its way through the webhook. */
export interface ReviewCase {
  readonly name: string;
  readonly configuration: string;
  readonly pod: unknown;
  readonly namespace: string;
  /** What follows `/inject` in the webhook's address. */
  readonly path: string;
}

/** A file for `istioctl kube-inject`. */
export interface ManifestCase {
  readonly name: string;
  readonly configuration: string;
  readonly nativeSidecars: boolean;
  readonly manifest: string;
}

/** What the webhook made of a pod, or the words of its refusal. */
export type ReviewAnswer =
  | { readonly kind: 'allowed'; readonly patch: readonly unknown[] }
  | { readonly kind: 'refused'; readonly message: string };

export interface ManifestAnswer {
  readonly output: string;
  readonly errors: string;
  readonly code: number;
}

/** Everything that was asked, and what the real programs answered. */
export interface Recording {
  readonly configurations: Readonly<Record<string, Configuration>>;
  readonly kubeletVersions: readonly string[];
  readonly reviews: readonly (ReviewCase & { readonly answer: ReviewAnswer })[];
  readonly manifests: readonly (ManifestCase & { readonly answer: ManifestAnswer })[];
}
