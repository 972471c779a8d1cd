import { describe, expect, it, vi } from 'vitest';
import { createFakeHalo } from '../../src/testing/index.ts';
import { fakeHaloHandlers } from '../../src/testing/msw.ts';
import { useMsw } from '../support/msw.ts';
import { signIn } from './session.ts';

const fake = createFakeHalo({
  clients: [{ id: 12, name: 'Contoso Ltd' }],
  authServer: 'https://login.halopsa.example',
});
const onPremise = createFakeHalo({ onPremise: true });
const msw = useMsw(...fakeHaloHandlers(fake, onPremise));

describe('a fake Halo behind msw', () => {
  it('answers the global fetch on each of its hosts', async () => {
    const { get } = await signIn({ config: fake.config, fetch });
    expect((await get('Client')).body).toMatchObject({ record_count: 1, clients: [{ id: 12 }] });
    expect(fake.requests.map(({ area }) => area)).toEqual(['auth', 'api']);
  });

  it('answers at a port and below a base path, and takes writes', async () => {
    const { post } = await signIn({ config: onPremise.config, fetch });
    expect(await post('Team', [{ name: 'One' }])).toMatchObject({
      status: 201,
      body: { id: 1, name: 'One' },
    });
  });

  it('fails a connection as fetch does', async () => {
    const { get } = await signIn({ config: fake.config, fetch });
    fake.enqueueFault({ networkError: 'ECONNRESET' });
    await expect(get('Team')).rejects.toBeInstanceOf(TypeError);
  });

  it('leaves redirects to the caller', async () => {
    fake.enqueueFault({ status: 302, headers: { location: '/portal' } });
    const response = await fetch('https://acme.halopsa.example/api/Team', { redirect: 'manual' });
    expect(response.status).toBe(302);
  });

  it.each([
    'https://acme.halopsa.example.evil.example/api/Team',
    'https://xacme.halopsa.example/api/Team',
    'http://127.0.0.1/',
  ])('leaves %s to msw, which reports it', async (url) => {
    // msw says so on the console as well.
    const print = vi.spyOn(console, 'error').mockImplementation(() => {});
    await expect(fetch(url)).rejects.toThrow();
    print.mockRestore();
    expect(msw.takeUnhandled()).toEqual([`GET ${url}`]);
  });
});
