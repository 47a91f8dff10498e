import process from 'node:process';

/** The other client of the comparison runs in a process of its own, which must load nothing else. */
const INFORMERS = '--informers';

const [mode, kubeconfigPath] = process.argv.slice(2);
if (mode === INFORMERS && kubeconfigPath !== undefined) {
  const { runInformerClient } = await import('./informer-client');
  await runInformerClient(kubeconfigPath);
} else {
  const { benchCluster } = await import('./bench-cluster');
  const informers = (path: string) => [process.argv[1] ?? '', INFORMERS, path];
  process.exitCode = await benchCluster(process.argv.slice(2), informers);
}
