export const SCENARIOS = ['mission', 'bookinfo', 'tricky', 'default-tag', 'all', 'empty'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];
