import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parseKubeconfig, readKubeconfigFiles } from './kubeconfig-files';
import { readKubeconfig } from './read-kubeconfig';

const config = (user: string, cluster = 'server: https://one.example:6443/') => `
apiVersion: v1
kind: Config
current-context: main
clusters: [{ name: one, cluster: { ${cluster} } }]
contexts: [{ name: main, context: { cluster: one, user: me } }]
users:
- name: me
  user:
${user.replace(/^/gm, '    ')}
`;
const userOf = (text: string) => parseKubeconfig(config(text), '/etc/kube', 'test').users[0];
const folder = mkdtempSync(path.join(tmpdir(), 'kubeconfig-'));
const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};

afterAll(() => rmSync(folder, { recursive: true }));

describe('a kubeconfig', () => {
  it('gives relative paths the folder of the file', () => {
    expect(userOf('client-certificate: me.crt\nclient-key: /abs/me.key')).toMatchObject({
      certFile: '/etc/kube/me.crt',
      keyFile: '/abs/me.key',
    });
  });

  it('reads a token file again, and prefers it over a token', () => {
    expect(userOf('token: old\ntokenFile: token')).toMatchObject({
      authProvider: { config: { tokenFile: '/etc/kube/token' } },
    });
    expect(userOf('token: old\ntokenFile: token')?.token).toBeUndefined();
  });

  it('tells a credential plugin what it is asked for', () => {
    const exec = userOf('exec: { apiVersion: client.authentication.k8s.io/v1, command: ./get-token }')?.exec;
    expect(exec.command).toBe('/etc/kube/get-token');
    expect(JSON.parse(exec.env[0].value)).toMatchObject({ kind: 'ExecCredential', spec: { interactive: false } });
  });

  it('impersonates with groups, uid and extra fields', () => {
    const user = userOf('as: jane\nas-uid: "7"\nas-groups: [dev, ops]\nas-user-extra: { Scope/A: [view] }');
    expect(user?.impersonateHeaders).toEqual({
      'impersonate-user': 'jane',
      'impersonate-uid': '7',
      'impersonate-group': ['dev', 'ops'],
      'impersonate-extra-scope%2fa': ['view'],
    });
  });

  it('keeps TLS settings, the proxy and a server without a trailing slash', () => {
    const cluster =
      'server: "https://one:6443/", tls-server-name: api, insecure-skip-tls-verify: true, proxy-url: "http://proxy:3128"';
    expect(parseKubeconfig(config('token: t', cluster), '/', 'test').clusters[0]).toEqual({
      name: 'one',
      server: 'https://one:6443',
      tlsServerName: 'api',
      skipTLSVerify: true,
      proxyUrl: 'http://proxy:3128',
    });
  });

  it.each([
    ['text that is not YAML', '{', /not YAML/],
    ['a wrong type', 'clusters: [{ name: 1 }]', /clusters\.0\.name/],
  ])('refuses %s and says where', (_name, text, message) => {
    expect(() => parseKubeconfig(text, '/', 'test')).toThrowError(message);
  });
});

describe('several kubeconfigs', () => {
  it('merge so that the first to name something wins, and absent files are passed over', () => {
    const first = file('first', config('token: first').replace('current-context: main', ''));
    const second = file('second', config('token: second'));
    const parts = readKubeconfigFiles([path.join(folder, 'absent'), first, second]);
    expect(parts.users.map(({ token }) => token)).toEqual(['first']);
    expect(parts.currentContext).toBe('main');
  });

  it('are read in the order of the path', () => {
    const joined = [file('a', config('token: a')), file('b', config('token: b'))].join(path.delimiter);
    expect(readKubeconfig({ kubeconfigPath: joined }).contexts).toEqual([
      { name: 'main', cluster: 'one', user: 'me', namespace: 'default' },
    ]);
  });
});

describe('readKubeconfig', () => {
  it('names the contexts there are when the one asked for is not', () => {
    const kubeconfig = readKubeconfig({ kubeconfigPath: file('known', config('token: t')) });
    expect(() => kubeconfig.connect('other')).toThrowError(/No context "other".*"main"/);
  });

  it('says which file it cannot read', () => {
    expect(() => readKubeconfig({ kubeconfigPath: '/nowhere/config' })).toThrowError(/\/nowhere\/config/);
  });

  it('lets the settings choose the context', () => {
    const kubeconfig = readKubeconfig({ kubeconfigPath: file('chosen', config('token: t')), context: 'main' });
    expect(kubeconfig.connect()).toMatchObject({ contextName: 'main', clusterName: 'one', userName: 'me' });
  });
});

describe('credentials', () => {
  const headersOf = async (user: string) => {
    const kubeconfig = readKubeconfig({ kubeconfigPath: file('user', config(user)) });
    return (await kubeconfig.connect().credentials()).headers;
  };

  it('come from a token, a token file with a newline, or a name and password', async () => {
    file('token', 'from-file\n');
    expect(await headersOf('token: plain')).toMatchObject({ authorization: 'Bearer plain' });
    expect(await headersOf('tokenFile: token')).toMatchObject({ authorization: 'Bearer from-file' });
    expect(await headersOf('username: me\npassword: pass')).toMatchObject({
      authorization: `Basic ${Buffer.from('me:pass').toString('base64')}`,
    });
  });

  it('come from a plugin, asked once until its token expires or is refused', async () => {
    const credential = (token: string, expires: string) =>
      JSON.stringify({ kind: 'ExecCredential', status: { token, expirationTimestamp: expires } });
    const count = path.join(folder, 'count');
    const script = `#!/bin/sh\necho x >> ${count}\necho '${credential('T', '2999-01-01T00:00:00Z')}'\n`;
    const plugin = file('plugin.sh', script);
    const user = `exec: { apiVersion: client.authentication.k8s.io/v1, command: sh, args: [${plugin}] }`;
    const connection = readKubeconfig({ kubeconfigPath: file('exec', config(user)) }).connect();
    expect((await connection.credentials()).headers).toMatchObject({ authorization: 'Bearer T' });
    await connection.credentials();
    expect(readFileSync(count, 'utf8')).toBe('x\n');
    connection.forgetCredentials();
    await connection.credentials();
    expect(readFileSync(count, 'utf8')).toBe('x\n');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5_000 });
    await connection.credentials();
    vi.useRealTimers();
    expect(readFileSync(count, 'utf8')).toBe('x\nx\n');
  });

  it('fail with the name of the plugin and of the user', async () => {
    const user = 'exec: { apiVersion: v1, command: sh, args: ["-c", "echo no session >&2; exit 1"] }';
    await expect(headersOf(user)).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/"me".*"sh".*no session/),
    });
  });
});
