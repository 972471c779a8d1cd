/** Halo's screens as its menus name them. @internal */
export const API_SCREEN = 'Configuration > Integrations > HaloPSA API';
/** @internal */
export const API_DETAILS = `${API_SCREEN} > API Details`;
/** @internal */
export const API_APPLICATION = `${API_SCREEN} > View Applications > your application`;

/** The screen of one agent. @internal */
export function agentScreen(name?: string): string {
  return `Configuration > Teams & Agents > Agents > ${name ?? 'the agent of the API application'}`;
}
