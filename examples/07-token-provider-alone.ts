/** Uses the token provider with plain fetch, for a tool that talks to Halo by itself. One token serves all callers. */
import { configFromEnv, createTokenProvider } from 'halo-psa';

const tokens = createTokenProvider(configFromEnv());

async function haloFetch(url: string): Promise<Response> {
  const token = await tokens.getToken();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token.token}` } });
  if (response.status !== 401) return response;
  // Hand back the token that was refused: only the first of many callers makes a new one.
  const fresh = await tokens.getToken({ rejected: token });
  return fetch(url, { headers: { authorization: `Bearer ${fresh.token}` } });
}

console.log(await (await haloFetch('https://example.halopsa.com/api/Team')).json());
