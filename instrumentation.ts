/** Runs once when the server starts: opens the cluster session, so that the first request finds a snapshot. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startServer } = await import('@/lib/http/start-server');
  startServer();
}
