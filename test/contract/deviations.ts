/**
 * Where the package knowingly differs from the vendor's description, and what that rests on. The description lags
 * behind the instances: they send and accept more than it names.
 */
export const DEVIATIONS: Readonly<Record<string, string>> = {
  'GET /Client ?include_website':
    'In the descriptions of newer builds; older ones ignore it, as any name they do not know.',
  'GET /Client ?include_custom_fields': 'In the descriptions of newer builds; older ones ignore it.',
  'GET /Site ?include_custom_fields': 'In the descriptions of newer builds; older ones ignore it.',
  'GET /Agent ?pageinate':
    'In descriptions from September 2025 on. With it those builds wrap the agents in `results`; recorded on live instances.',
  'GET /Agent ?page_size': 'As for pageinate.',
  'GET /Agent ?page_no': 'As for pageinate.',
  'GET /Team ?pageinate':
    'Sent with every list, for the day that Halo pages its teams. Recorded answers are bare arrays whatever is sent.',
  'GET /Team ?page_size': 'As for pageinate.',
  'GET /Team ?page_no': 'As for pageinate.',
  'UnameSection.name':
    'Agents of a team are whole agents with a name in a list, and memberships with agent_name in a single team.',
};
