/** Preferences live in cookies, so that the server draws the first picture right and nothing flashes. */
export const THEME_COOKIE = 'sidelight-theme';
export const RAIL_COOKIE = 'sidelight-rail';
export const KEYS_COOKIE = 'sidelight-keys';
export const CLUSTER_COOKIE = 'sidelight-cluster';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const toTheme = (text: string | undefined): Theme => THEMES.find((theme) => theme === text) ?? 'system';
export const isRailFolded = (text: string | undefined): boolean => text === 'folded';
export const hasSingleKeys = (text: string | undefined): boolean => text !== 'off';
