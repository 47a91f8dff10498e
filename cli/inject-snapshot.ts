import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startupSnapshot } from 'node:v8';
import { DEFAULT_PLANE, MISSION_PLANE } from '@/demo/scenarios/control-plane';
import { injectorConfigMap, meshConfigMap } from '@/demo/scenarios/injector-config-map';
import { inject } from './inject';
import { runCommand } from './run-command';

/** Twice, so that code which decides what to remember has remembered it. */
const ROUNDS = 2;
const PROBE = { httpGet: { path: '/', port: 'http' } };
const POD = {
  metadata: { labels: { app: 'web' }, annotations: { 'proxy.istio.io/config': 'concurrency: 2' } },
  spec: {
    containers: [{ name: 'web', image: 'web', ports: [{ name: 'http', containerPort: 80 }], livenessProbe: PROBE }],
  },
};
const MANIFEST = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template: POD } };

/**
 * The program of the startup snapshot, run once when it is built: injects an example with each of the demo's configurations,
 * so that the snapshot holds the code compiled. What it is started with later is a command line behind `sidelight inject`.
 */
async function warmUp(folder: string): Promise<void> {
  const file = (name: string) => join(folder, name);
  writeFileSync(file('manifest.yaml'), JSON.stringify(MANIFEST));
  for (const plane of [DEFAULT_PLANE, MISSION_PLANE]) {
    writeFileSync(file('config.yaml'), JSON.stringify(injectorConfigMap(plane)));
    writeFileSync(file('mesh.yaml'), JSON.stringify(meshConfigMap(plane)));
    for (const engine of ['kube-inject', 'webhook']) {
      const files = ['--injectConfigFile', file('config.yaml'), '--meshConfigFile', file('mesh.yaml')];
      const words = ['-f', file('manifest.yaml'), '-o', file('result.yaml'), '--engine', engine, ...files];
      for (let round = 0; round < ROUNDS; round += 1) {
        const code = await runCommand(inject, words);
        if (code !== 0) throw new Error(`the example ended with ${code}`);
      }
    }
  }
}

startupSnapshot.setDeserializeMainFunction(async () => {
  process.exitCode = await runCommand(inject, process.argv.slice(2));
});

warmUp(process.env.SIDELIGHT_WARM_FOLDER ?? '.').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
