import type { ScenarioContext } from './scenario';
export async function seedTricky(_context: ScenarioContext): Promise<void> {}
