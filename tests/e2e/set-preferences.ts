import type { Page } from '@playwright/test';

/** Sets what the frame remembers in cookies before the first page. */
export async function setPreferences(
  page: Page,
  url: string,
  preferences: { readonly theme?: string; readonly locale?: string; readonly cluster?: string },
): Promise<void> {
  const cookies = Object.entries(preferences).map(([name, value]) => ({ name: `sidelight-${name}`, value, url }));
  await page.context().addCookies(cookies);
}
