import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from './dashboard';

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: lone
spec:
  containers:
    - name: app
      image: app:1
      ports:
        - containerPort: 8080
`;
const BROKEN = `${POD}---
apiVersion: v1
kind: Pod
metadata:
\tname: tabbed
`;

const editor = (page: Page) => page.getByRole('textbox', { name: 'Manifests in YAML' });
const result = (page: Page) => page.getByRole('region', { name: 'Result' });

async function paste(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

test('a pasted pod is rendered by keyboard, and shows what it would get and why', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/inject`);
  await expect(page.getByLabel('Injector', { exact: true })).toHaveValue('default');
  await paste(page, POD);
  await page.keyboard.press('Control+Enter');
  await expect(result(page)).toContainText('would be injected');
  const detail = page.getByRole('region', { name: 'Pod lone' });
  await expect(detail).toContainText('from 1 container to');
  await expect(detail.getByText('istio-proxy').first()).toBeVisible();

  await detail.getByRole('button', { name: 'YAML side by side' }).click();
  await expect(page.getByLabel('As it would run').first()).toContainText('istio-proxy');

  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).toString()).toContain('name: istio-proxy');

  await paste(page, `${POD}    - name: second\n      image: app:2\n`);
  await expect(result(page)).toContainText('The input has changed since.');
});

test('another revision and engine render otherwise', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/inject`);
  await page.getByRole('button', { name: 'Try an example' }).click();
  await expect(result(page)).toContainText('left alone');
  await expect(page.getByText(/rendered as Istio 1\.30 does, with native/)).toBeVisible();
  await page.getByLabel('Injector', { exact: true }).selectOption('1-10-2');
  await page.getByRole('button', { name: 'kube-inject', exact: true }).click();
  await page.getByRole('button', { name: 'Render' }).first().click();
  await expect(page.getByText(/rendered as Istio 1\.10 does, without native/)).toBeVisible();
  await expect(result(page)).toContainText('Skipping injection because');
});

test('bad YAML is marked in the editor, and the result leads to the line', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/inject`);
  await paste(page, BROKEN);
  await page.keyboard.press('Control+Enter');
  await expect(result(page)).toContainText('refused');
  await expect(result(page)).toContainText('would be injected');
  await expect(page.locator('.editor-fault')).toHaveText('\tname: tabbed');
  await page.getByRole('button', { name: 'Go to line 15, column 1' }).click();
  await expect(editor(page)).toBeFocused();
  await expect(page.locator('.cm-activeLine')).toHaveText('\tname: tabbed');
});

test('a link opens the same input and result, and never reaches the server', async ({ page, dashboard }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${dashboard.url}/inject`);
  await paste(page, POD);
  await page.getByLabel('Namespace', { exact: true }).fill('shop');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page).toHaveURL(/\/inject#m=[\w-]+$/);
  const address = page.url();

  await page.goto('about:blank');
  await page.goto(address);
  await expect(result(page)).toContainText('would be injected');
  await expect(page.getByLabel('Namespace', { exact: true })).toHaveValue('shop');
  await expect(editor(page)).toContainText('name: lone');
  expect(asked.filter((url) => new URL(url).search.includes('m='))).toEqual([]);

  const noise = Array.from({ length: 6_000 }, (_, index) => ((index * 7_919) % 65_521).toString(36)).join(' ');
  await paste(page, `# ${noise}`);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Too long for a link')).toBeVisible();
});

test('files can be opened, and an injector of one’s own', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/inject`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open files' }).click();
  await (await chooser).setFiles([
    { name: 'one.yaml', mimeType: 'text/yaml', buffer: Buffer.from(POD) },
    { name: 'two.yaml', mimeType: 'text/yaml', buffer: Buffer.from(POD.replace('lone', 'other')) },
  ]);
  await expect(editor(page)).toContainText('name: other');
  await page.getByLabel('Injector', { exact: true }).selectOption({ label: 'A ConfigMap of my own…' });
  await page.getByLabel('ConfigMap istio-sidecar-injector').fill('templates:\n  sidecar: "spec: {{ .Broken"\n');
  await page.getByLabel('Its key “values”').fill('{}');
  await page.getByRole('button', { name: 'Render' }).first().click();
  await expect(result(page).getByRole('alert')).toContainText('The injector’s configuration cannot be used');
  await page
    .getByLabel('ConfigMap istio-sidecar-injector')
    .fill('policy: enabled\ntemplates:\n  sidecar: |\n    metadata:\n      labels:\n        mine: "yes"\n');
  await page.getByRole('button', { name: 'Render' }).first().click();
  await expect(page.locator('main').getByText('2 objects would be injected')).toBeVisible();
});

test('edits can be undone by keyboard', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/inject`);
  await paste(page, POD);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(editor(page)).not.toContainText('name: lone');
  await page.keyboard.press('Control+z');
  await expect(editor(page)).toContainText('name: lone');
  await page.keyboard.press('Control+y');
  await expect(editor(page)).not.toContainText('name: lone');
});

test('each part says where it comes from, and lights its lines by click and by arrow keys', async ({
  page,
  dashboard,
}) => {
  await page.goto(`${dashboard.url}/inject`);
  const annotated = POD.replace(
    '  name: lone\n',
    "  name: lone\n  annotations:\n    prometheus.io/port: '8080'\n    sidecar.istio.io/proxyCPU: 250m\n",
  );
  await paste(
    page,
    annotated.replace('ports:', 'readinessProbe: { httpGet: { path: /ready, port: 8080 } }\n      ports:'),
  );
  await page.keyboard.press('Control+Enter');
  const parts = page.getByRole('region', { name: 'What injection touches, and why' });
  const part = (path: string) => parts.locator(`[data-part="${path}"]`);
  const proxy = 'spec.initContainers[istio-proxy]';
  await expect(part(`${proxy}.resources.requests[cpu]`)).toContainText('template “sidecar”');
  await expect(part(`${proxy}.resources.requests[cpu]`)).toContainText('annotation sidecar.istio.io/proxyCPU');
  await expect(part(`${proxy}.env[ISTIO_PROMETHEUS_ANNOTATIONS]`)).toContainText('Prometheus');
  await expect(part('spec.containers[app].readinessProbe.httpGet.port')).toContainText('through the agent');

  const after = parts.getByRole('region', { name: 'The pod after injection' });
  const lit = after.locator('mark');
  await part(`${proxy}.resources.requests[cpu]`).click();
  await expect(lit).toHaveText([/^\s*cpu: 250m$/]);
  await expect(lit).toBeInViewport();
  await page.keyboard.press('ArrowDown');
  await expect(part(`${proxy}.resources.requests[cpu]`)).toHaveAttribute('aria-pressed', 'false');
  await expect(parts.locator('[aria-pressed="true"][data-part]')).toBeFocused();
  await expect(lit).not.toHaveText([/cpu: 250m/]);
  await page.keyboard.press('ArrowUp');
  await expect(lit).toHaveText([/^\s*cpu: 250m$/]);

  await expect(page.locator('main').getByRole('searchbox')).toHaveCount(1);
  await page.keyboard.press('/');
  await expect(parts.getByRole('searchbox', { name: 'Search parts' })).toBeFocused();
  await page.keyboard.insertText('proxyCPU');
  await expect(parts.locator('[data-part]').first()).toContainText('sidecar.istio.io/proxyCPU');
  await expect(part('spec.containers[app].readinessProbe.httpGet.port')).toHaveCount(0);
});
