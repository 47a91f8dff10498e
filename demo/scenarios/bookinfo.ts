import type { ScenarioContext } from './scenario';
export async function seedBookinfo(_context: ScenarioContext): Promise<void> {}
