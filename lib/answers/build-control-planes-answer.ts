import 'server-only';
import type { ControlPlanesAnswer } from '@/lib/api/control-planes';
import type { ClusterSession } from '@/lib/cluster/session';
import { buildProgress } from '@/lib/core/injection/build-overview';
import type { ControlPlane } from '@/lib/core/injection/list-control-planes';
import { listGatewayWorkloads } from '@/lib/core/injection/list-gateway-workloads';
import { answerMeta } from './answer-meta';
import { modelOf } from './injection-model';
import { KeptAnswers } from './kept-answers';

const answers = new KeptAnswers<ControlPlanesAnswer>();

/** What runs the mesh: control planes with webhooks, tags and proxies, upgrade progress, and gateways. */
export function buildControlPlanesAnswer(session: ClusterSession): Promise<ControlPlanesAnswer> {
  return answers.get(session, '', () => listAll(session));
}

async function listAll(session: ClusterSession): Promise<ControlPlanesAnswer> {
  const model = modelOf(session);
  await model.warm();
  const namespaces = model.all();
  const planes = model.controlPlanes();
  const progress = buildProgress(namespaces, planes);
  const served = (configuration: string) =>
    namespaces.filter(({ mode }) => mode.servedBy?.configuration === configuration).length;
  return {
    items: planes.map((plane, index) => toPlane(plane, progress[index], served)),
    gateways: [...listGatewayWorkloads(namespaces.flatMap(({ workloads }) => workloads))],
    injectorProblems: [...model.injectors().problems()],
    meta: answerMeta(session),
  };
}

function toPlane(
  plane: ControlPlane,
  progress: ReturnType<typeof buildProgress>[number] | undefined,
  served: (configuration: string) => number,
): ControlPlanesAnswer['items'][number] {
  const { endpoints, tags, deployments, pods, webhookConfigurations, proxies, ...rest } = plane;
  const { revision, version, health } = plane;
  return {
    ...rest,
    ...(endpoints === undefined ? {} : { endpoints }),
    tags: [...tags],
    deployments: [...deployments],
    pods: [...pods],
    webhookConfigurations: webhookConfigurations.map(({ endpoints: ready, ...configuration }) => ({
      ...configuration,
      ...(ready === undefined ? {} : { endpoints: ready }),
      namespaces: served(configuration.name),
    })),
    proxies: { total: proxies.total, byVersion: [...proxies.byVersion] },
    progress: {
      revision,
      version,
      health,
      tags: [...tags],
      wanted: progress?.wanted ?? 0,
      current: progress?.current ?? 0,
      leaving: progress?.leaving ?? 0,
    },
  };
}
