import type { ControlPlane } from './list-control-planes';

/** Whether a configuration's webhook is down and turns pods away meanwhile. */
export function isUnreachable(configuration: string, planes: readonly ControlPlane[]): boolean {
  return planes
    .flatMap(({ webhookConfigurations }) => webhookConfigurations)
    .some(({ name, health, failurePolicy }) => name === configuration && health === 'down' && failurePolicy === 'Fail');
}
