import type { ZodType } from 'zod';
import { captureAnswerSchema, packetRequestSchema } from './capture';
import { captureDifferenceAnswerSchema, captureDifferenceQuerySchema } from './capture-difference';
import { captureEvidenceAnswerSchema } from './capture-evidence';
import { clustersAnswerSchema } from './clusters';
import { confirmAccessSchema, confirmAnswerSchema, confirmRequestSchema } from './confirm';
import { controlPlanesAnswerSchema } from './control-planes';
import { graphAnswerSchema, graphQuerySchema } from './graph';
import { injectAnswerSchema, injectorsAnswerSchema, injectRequestSchema } from './inject';
import {
  injectionPlanAnswerSchema,
  injectionPlanQuerySchema,
  injectionRequestSchema,
  injectionResultSchema,
  restartRequestSchema,
  restartResultSchema,
} from './injection';
import { accessAnswerSchema, namespaceAnswerSchema } from './namespace';
import {
  namespacesAnswerSchema,
  namespacesQuerySchema,
  workloadsAnswerSchema,
  workloadsQuerySchema,
} from './namespaces';
import { overviewAnswerSchema } from './overview';
import { podDiffAnswerSchema } from './pod-diff';
import { podAnswerSchema, podEventsAnswerSchema, podLogsAnswerSchema, podLogsQuerySchema } from './pod-head';
import { podPortsAnswerSchema, podProcessesAnswerSchema } from './pod-ports';
import { podPreviewAnswerSchema, previewQuerySchema } from './preview';
import { problemsAnswerSchema, problemsQuerySchema } from './problems';
import { searchAnswerSchema, searchQuerySchema } from './search';
import { traceAnswerSchema } from './trace';
import { workloadAnswerSchema } from './workload';
import {
  workloadSwitchPlanSchema,
  workloadSwitchPreviewSchema,
  workloadSwitchQuerySchema,
  workloadSwitchRequestSchema,
  workloadSwitchResultSchema,
} from './workload-switch';

/** One operation of the HTTP API; parameters in `path` stand in braces. */
export interface Endpoint {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly query?: ZodType;
  readonly body?: ZodType;
  /** Absent where the answer is no JSON. */
  readonly answer?: ZodType;
}

/** The HTTP API, version 1, as its OpenAPI document lists it. */
export const ENDPOINTS: readonly Endpoint[] = [
  { method: 'get', path: '/overview', summary: 'The cluster in five numbers', answer: overviewAnswerSchema },
  {
    method: 'get',
    path: '/namespaces',
    summary: 'Namespaces with mode, pods by state and problems',
    query: namespacesQuerySchema,
    answer: namespacesAnswerSchema,
  },
  {
    method: 'get',
    path: '/graph',
    summary: 'Gateways, services and workloads of chosen namespaces, and what joins them',
    query: graphQuerySchema,
    answer: graphAnswerSchema,
  },
  { method: 'get', path: '/namespaces/{namespace}', summary: 'One namespace', answer: namespaceAnswerSchema },
  {
    method: 'get',
    path: '/namespaces/{namespace}/access',
    summary: 'What the user may change in a namespace',
    answer: accessAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/injection',
    summary: 'What switching injection would do',
    query: injectionPlanQuerySchema,
    answer: injectionPlanAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/injection/preview',
    summary: 'What each workload would become, as the injector would make it: a line each',
    query: previewQuerySchema,
  },
  {
    method: 'post',
    path: '/namespaces/{namespace}/injection',
    summary: 'Switch injection of a namespace',
    body: injectionRequestSchema,
    answer: injectionResultSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/workloads',
    summary: 'Workloads of a namespace',
    query: workloadsQuerySchema,
    answer: workloadsAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/workloads/{kind}/{name}',
    summary: 'One workload with its pods',
    answer: workloadAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/workloads/{kind}/{name}/injection',
    summary: 'What switching injection of one workload would do',
    query: workloadSwitchQuerySchema,
    answer: workloadSwitchPlanSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/workloads/{kind}/{name}/injection/preview',
    summary: 'The next pod of a workload with its switch changed, as the injector would make it',
    query: workloadSwitchQuerySchema,
    answer: workloadSwitchPreviewSchema,
  },
  {
    method: 'post',
    path: '/namespaces/{namespace}/workloads/{kind}/{name}/injection',
    summary: 'Set or remove sidecar.istio.io/inject on a workload’s pod template',
    body: workloadSwitchRequestSchema,
    answer: workloadSwitchResultSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/workloads/{kind}/{name}/preview',
    summary: 'The next pod of a workload, as the injector would make it',
    query: previewQuerySchema,
    answer: podPreviewAnswerSchema,
  },
  {
    method: 'post',
    path: '/namespaces/{namespace}/workloads/{kind}/{name}/restart',
    summary: 'Restart a workload, as kubectl rollout restart does',
    body: restartRequestSchema,
    answer: restartResultSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/pods/{pod}',
    summary: 'One pod: verdict and gates',
    answer: podAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/pods/{pod}/diff',
    summary: 'A pod as written beside the pod as it runs',
    answer: podDiffAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/pods/{pod}/preview',
    summary: 'What would stand in a pod’s place if it were created now',
    query: previewQuerySchema,
    answer: podPreviewAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/pods/{pod}/capture',
    summary: 'How a pod’s traffic is captured',
    answer: captureAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/pods/{pod}/capture/difference',
    summary: 'Where a pod’s capture differs from the defaults or from another pod’s',
    query: captureDifferenceQuerySchema,
    answer: captureDifferenceAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/pods/{pod}/capture/evidence',
    summary: 'A pod’s computed rules beside the log of its istio-init',
    answer: captureEvidenceAnswerSchema,
  },
  {
    method: 'post',
    path: '/namespaces/{namespace}/pods/{pod}/trace',
    summary: 'One imagined packet through the pod’s rules',
    body: packetRequestSchema,
    answer: traceAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/pods/{pod}/ports',
    summary: 'Every listening port of a pod',
    answer: podPortsAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/pods/{pod}/processes',
    summary: 'What runs in a pod',
    answer: podProcessesAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/pods/{pod}/events',
    summary: 'Events of a pod and of what made it',
    answer: podEventsAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/pods/{pod}/logs',
    summary: 'The last lines of a container’s log',
    query: podLogsQuerySchema,
    answer: podLogsAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/workloads/{kind}/{name}/confirm',
    summary: 'Whether the user may have the cluster try a pod',
    answer: confirmAccessSchema,
  },
  {
    method: 'post',
    path: '/namespaces/{namespace}/workloads/{kind}/{name}/confirm',
    summary: 'The next pod of a workload, tried by the cluster as a dry run, beside what the engine makes of it',
    body: confirmRequestSchema,
    answer: confirmAnswerSchema,
  },
  {
    method: 'get',
    path: '/namespaces/{namespace}/pods/{pod}/confirm',
    summary: 'Whether the user may have the cluster try a pod',
    answer: confirmAccessSchema,
  },
  {
    method: 'post',
    path: '/namespaces/{namespace}/pods/{pod}/confirm',
    summary: 'A pod as it was sent, tried by the cluster as a dry run, beside what the engine makes of it',
    body: confirmRequestSchema,
    answer: confirmAnswerSchema,
  },
  { method: 'get', path: '/control-planes', summary: 'What runs the mesh', answer: controlPlanesAnswerSchema },
  {
    method: 'get',
    path: '/problems',
    summary: 'What is not as it should be, by cause; with `format` a file of everything that matches',
    query: problemsQuerySchema,
    answer: problemsAnswerSchema,
  },
  {
    method: 'get',
    path: '/injectors',
    summary: 'Revisions whose injector can render manifests',
    answer: injectorsAnswerSchema,
  },
  {
    method: 'post',
    path: '/inject',
    summary: 'What injection makes of manifests; changes nothing',
    body: injectRequestSchema,
    answer: injectAnswerSchema,
  },
  { method: 'get', path: '/search', summary: 'Objects by name', query: searchQuerySchema, answer: searchAnswerSchema },
  { method: 'get', path: '/clusters', summary: 'Contexts of the kubeconfig', answer: clustersAnswerSchema },
  { method: 'get', path: '/events', summary: 'Server-sent events: state, change, resync; names, never objects' },
];
