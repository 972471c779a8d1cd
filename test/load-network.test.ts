import { expect, it, vi } from 'vitest';

it('says what happened when a file of the package is gone, and tries again', async () => {
  vi.resetModules();
  let missing = true;
  vi.doMock('../src/network.ts', async (original) => {
    if (missing) throw Object.assign(new Error('Cannot find canary'), { code: 'ERR_MODULE_NOT_FOUND' });
    return original();
  });
  const { loadNetwork } = await import('../src/load-network.ts');
  const error = await loadNetwork().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'HaloNetworkError',
    code: 'HALO_NETWORK_FAILED',
    retryable: false,
    hint: expect.stringContaining('start it again'),
  });
  expect(String(error)).not.toContain('canary');
  missing = false;
  expect(await loadNetwork()).toHaveProperty('createTransport');
});
