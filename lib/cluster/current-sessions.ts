import 'server-only';
import { currentSettings } from './cluster-settings';
import { type Kubeconfig, readKubeconfig } from './read-kubeconfig';
import { ClusterSession } from './session';

const IDLE_MS = 600_000;

interface OpenSession {
  readonly session: ClusterSession;
  readonly isDefault: boolean;
  idleTimer: NodeJS.Timeout | undefined;
}

declare global {
  // A server build holds several copies of this module; the sessions, their watches and memory, must be one set.
  var sidelightSessions: Map<string, OpenSession> | undefined;
}

/** The open sessions by context. */
function openSessions(): Map<string, OpenSession> {
  globalThis.sidelightSessions ??= new Map();
  return globalThis.sidelightSessions;
}

/** The kubeconfig of the settings, read anew at each call: contexts come and go. */
export function currentKubeconfig(): Kubeconfig {
  return readKubeconfig(currentSettings());
}

/**
 * The live session of a context, of the configured one when none is named; opened and started at the first call.
 *
 * Sessions of other contexts are closed ten minutes after they were last asked for. Throws a ClusterError when there is
 * no kubeconfig or no such context; an API server that does not answer is no error here but a state of the snapshot.
 */
export function getSession(contextName?: string): ClusterSession {
  const sessions = openSessions();
  const known = findOpen(sessions, contextName);
  if (known !== undefined) return touch(sessions, known);
  const settings = currentSettings();
  const kubeconfig = readKubeconfig(settings);
  const connection = kubeconfig.connect(contextName);
  const isDefault = connection.contextName === kubeconfig.currentContext;
  const session = new ClusterSession(connection, {
    isReadOnly: settings.readOnly ?? false,
    ...(settings.namespaces === undefined ? {} : { namespaces: settings.namespaces }),
  });
  const open: OpenSession = { session, isDefault, idleTimer: undefined };
  sessions.get(session.contextName)?.session.close();
  sessions.set(session.contextName, open);
  session.start();
  return touch(sessions, open);
}

/** Closes every session; for shutdown and for tests. */
export async function closeAllSessions(): Promise<void> {
  const sessions = openSessions();
  const all = [...sessions.values()];
  sessions.clear();
  for (const open of all) clearTimeout(open.idleTimer);
  await Promise.all(all.map(({ session }) => session.close()));
}

function findOpen(sessions: Map<string, OpenSession>, contextName: string | undefined): OpenSession | undefined {
  const found =
    contextName === undefined ? [...sessions.values()].find((open) => open.isDefault) : sessions.get(contextName);
  return found?.session.signal.aborted ? undefined : found;
}

function touch(sessions: Map<string, OpenSession>, open: OpenSession): ClusterSession {
  clearTimeout(open.idleTimer);
  if (!open.isDefault) open.idleTimer = setTimeout(() => closeIfIdle(sessions, open), IDLE_MS).unref();
  return open.session;
}

function closeIfIdle(sessions: Map<string, OpenSession>, open: OpenSession): void {
  if (open.session.isHeld) {
    touch(sessions, open);
    return;
  }
  sessions.delete(open.session.contextName);
  void open.session.close();
}
