import { expect, it } from 'vitest';
import { prepareRequest } from '../../src/http/prepare.ts';

const API_URL = 'https://halo.example/api';
const request = (path: string) =>
  ({ method: 'GET', path: { path, template: '/x' }, effect: 'read' }) as const;

it.each(['/../token', '/Client/../../auth', '\\..\\..\\token', '.evil.example/x', '@evil.example/x'])(
  'sends no token outside of the API root, however the path was made: %s',
  (path) => {
    expect(() => prepareRequest(request(path), API_URL)).toThrow(TypeError);
  },
);

it('takes a path below the API root', () => {
  expect(prepareRequest(request('/Client/1'), API_URL).url).toBe(`${API_URL}/Client/1`);
});
