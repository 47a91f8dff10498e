import type { Seeder } from './seeder';

export const SCENARIOS = ['mission', 'bookinfo', 'tricky', 'default-tag', 'all', 'empty'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

/** What a scenario tells its story with. */
export interface ScenarioContext {
  readonly seeder: Seeder;
  /** The demo's CA in base64, as webhook configurations carry it. */
  readonly caBundle: string;
}
