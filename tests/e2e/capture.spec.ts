import { expect, type Page } from '@playwright/test';
import { type Dashboard, test } from './dashboard';

function captureOf({ cluster, url }: Dashboard, query = ''): string {
  const pod = cluster.store.list('pods', 'bookinfo').find(({ metadata }) => metadata.name.startsWith('productpage'));
  return `${url}/namespaces/bookinfo/pods/${pod?.metadata.name}?tab=capture${query}`;
}

const tracer = (page: Page) => page.getByRole('region', { name: 'Packet tracer' });
const litRules = (page: Page) => page.locator('.map-rule[data-light="on"]');

test('a packet of one’s own is traced as it is typed, and the address holds it', async ({ page, dashboard }) => {
  await page.goto(captureOf(dashboard));
  await page.getByRole('button', { name: 'Trace a packet' }).click();
  await expect(tracer(page)).toContainText('Envoy takes it on 15001');

  await tracer(page).getByRole('button', { name: 'arrives' }).click();
  await tracer(page).getByLabel('Port', { exact: true }).fill('15090');
  await expect(tracer(page)).toContainText('Not captured');
  await expect(tracer(page)).toContainText('Set by Inbound ports left alone: 15090,15021,15020');
  await expect(page).toHaveURL(/direction=in.*dport=15090/);
  await expect(litRules(page)).toHaveCount(2);

  await tracer(page).getByLabel('Port', { exact: true }).fill('70000');
  await expect(tracer(page).getByRole('alert')).toHaveText('Give a port from 1 to 65535.');

  await page.goto(captureOf(dashboard, '&direction=in&proto=tcp&dport=9080'));
  await expect(tracer(page).getByLabel('Port', { exact: true })).toHaveValue('9080');
  await expect(tracer(page)).toContainText('Envoy takes it on 15006');
});

test('a service is reached by name, and a wrong name says so', async ({ page, dashboard }) => {
  await page.goto(captureOf(dashboard, '&direction=out&dst=reviews&dport=9080'));
  await expect(tracer(page)).toContainText(/Service bookinfo\/reviews, endpoint [\d.]+:9080/);
  await tracer(page).getByLabel('To', { exact: true }).fill('nobody');
  await expect(tracer(page).getByRole('alert')).toContainText('"nobody" is neither an IP address nor a service');
  await tracer(page).getByRole('button', { name: 'To a service' }).click();
  await page.getByRole('menuitem', { name: 'ratings:9080' }).click();
  await expect(tracer(page)).toContainText('Service bookinfo/ratings');
});

test('the keyboard steps through a packet’s way', async ({ page, dashboard }) => {
  await page.goto(captureOf(dashboard, '&flow=outbound'));
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('button');
  await steps.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(steps.nth(1)).toBeFocused();
  await expect(litRules(page)).toHaveCount(1);
  await page.keyboard.press('End');
  await expect(steps.last()).toBeFocused();
  await expect(steps.last()).toContainText('It leaves the pod');
});

test('the default rules fit a window of 1280 by 800', async ({ page, dashboard }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(captureOf(dashboard));
  const map = page.getByRole('group', { name: 'Capture map, IPv4' });
  await expect(map).toBeVisible();
  const box = await map.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 999)).toBeLessThanOrEqual(800);
});
