import 'server-only';

/** Which cluster to read and how; the command line sets it, environment variables stand in where it does not. */
export interface ClusterSettings {
  /** A kubeconfig, or several joined as in KUBECONFIG. */
  readonly kubeconfigPath?: string;
  readonly context?: string;
  readonly readOnly?: boolean;
  /** Namespaces to try when the user may not list them; the context's own is always tried. */
  readonly namespaces?: readonly string[];
}

declare global {
  // A server build holds several copies of this module; the settings must be one.
  var sidelightClusterSettings: ClusterSettings | undefined;
}

/** Sets where the cluster is found. Call it before the first session is opened; later calls replace the earlier ones. */
export function configureCluster(settings: ClusterSettings): void {
  globalThis.sidelightClusterSettings = { ...settings };
}

/** The settings in force: those of `configureCluster` over those of the environment. */
export function currentSettings(): ClusterSettings {
  return { ...readEnvironment(process.env), ...globalThis.sidelightClusterSettings };
}

/** Reads SIDELIGHT_KUBECONFIG, SIDELIGHT_CONTEXT, SIDELIGHT_READ_ONLY and SIDELIGHT_NAMESPACES. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): ClusterSettings {
  const kubeconfigPath = env.SIDELIGHT_KUBECONFIG || env.KUBECONFIG;
  const namespaces = (env.SIDELIGHT_NAMESPACES ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return {
    ...(kubeconfigPath ? { kubeconfigPath } : {}),
    ...(env.SIDELIGHT_CONTEXT ? { context: env.SIDELIGHT_CONTEXT } : {}),
    ...(env.SIDELIGHT_READ_ONLY === '1' || env.SIDELIGHT_READ_ONLY === 'true' ? { readOnly: true } : {}),
    ...(namespaces.length > 0 ? { namespaces } : {}),
  };
}
