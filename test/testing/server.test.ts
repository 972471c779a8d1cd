import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createFakeHalo } from '../../src/testing/index.ts';
import { addressesOf, signIn } from './session.ts';

const run = promisify(execFile);

describe('a fake Halo that listens', () => {
  it('answers the fetch of this process with the same rows, as a Halo on premise', async () => {
    const fake = createFakeHalo({ clients: [{ id: 12, name: 'Contoso Ltd' }] });
    await using server = await fake.listen();
    expect(server.config).toEqual({
      resourceServer: server.url,
      onPremise: true,
      allowInsecureHttp: true,
      clientId: fake.config.clientId,
      clientSecret: fake.config.clientSecret,
    });
    const { get, post } = await signIn({ config: server.config, fetch });
    expect((await get('Client')).body).toMatchObject({ record_count: 1, clients: [{ id: 12 }] });
    expect((await get('authinfo')).body).toEqual({ auth_url: `${server.url}/auth` });
    await post('Client', [{ name: 'Größe & Söhne' }]);
    expect(fake.tables.clients.get(13)?.name).toBe('Größe & Söhne');
    expect(fake.requests.at(-1)).toMatchObject({
      method: 'POST',
      path: '/api/Client',
      area: 'api',
      status: 201,
    });
    expect(await get('Client/99')).toMatchObject({ status: 404, text: '' });
  });

  it('keeps the base path of a Halo on premise', async () => {
    await using server = await createFakeHalo({ onPremise: true }).listen();
    expect(server.config.resourceServer).toBe(`http://127.0.0.1:${server.port}/halo`);
    expect((await (await signIn({ config: server.config, fetch })).get('Team')).status).toBe(200);
  });

  it('is reached from another process, under this name and another', async () => {
    const fake = createFakeHalo({ teams: [{ name: 'One' }] });
    await using server = await fake.listen();
    const { token } = await signIn({ config: server.config, fetch });
    const script = `
      const headers = { authorization: process.argv[2] };
      const answers = await Promise.all(['127.0.0.1', 'localhost'].map((host) =>
        fetch('http://' + host + ':' + process.argv[1] + '/api/Team', { headers }).then((r) => r.text(), (e) => e.message)));
      process.stdout.write(JSON.stringify(answers));`;
    const { stdout } = await run(process.execPath, [
      '--input-type=module',
      '-e',
      script,
      String(server.port),
      `Bearer ${token}`,
    ]);
    const [direct, byName] = JSON.parse(stdout);
    expect(JSON.parse(direct)).toMatchObject([{ name: 'One' }]);
    expect(byName).toBe(direct);
  });

  it('cuts the connection where the fake has a network error', async () => {
    const fake = createFakeHalo();
    await using server = await fake.listen();
    const { get } = await signIn({ config: server.config, fetch });
    fake.enqueueFault({ networkError: 'ECONNRESET' });
    await expect(get('Team')).rejects.toThrow('fetch failed');
    expect((await get('Team')).status).toBe(200);
  });

  it('cuts every connection when it is closed, twice as well as once', async () => {
    const server = await createFakeHalo().listen();
    const idle = connect(server.port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const cut = new Promise((resolve) => idle.once('close', resolve));
    idle.on('error', () => {});
    await server.close();
    await server.close();
    await cut;
    await expect(fetch(`${server.url}/api/authinfo`)).rejects.toThrow('fetch failed');
  });

  it('lets its process end once it is closed', async () => {
    const entry = new URL('../../src/testing/index.ts', import.meta.url).href;
    const script = `
      const { createFakeHalo } = await import(${JSON.stringify(entry)});
      const server = await createFakeHalo().listen();
      await fetch(server.url + '/api/authinfo').then((r) => r.text());
      await server.close();
      process.stdout.write('closed');`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 15_000,
    });
    expect(stdout).toBe('closed');
  });

  it('takes the port it is given, and says when that is taken', async () => {
    await using server = await createFakeHalo().listen();
    await expect(createFakeHalo().listen({ port: server.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    expect(addressesOf(server).api).toBe(`http://127.0.0.1:${server.port}/api/`);
  });

  it.each(['8080', -1, 70_000, 1.5])('refuses %j as a port, and leaves nothing listening', async (port) => {
    await expect(createFakeHalo().listen({ port: port as number })).rejects.toThrow('port must be');
  });
});
