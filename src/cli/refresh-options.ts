import type { Command } from 'commander';
import { addConnectionOptions, type ConnectionOptions } from './connection-options.ts';
import { addCardinalityOption, addMappingOption, type MatchingOptions } from './mapping-options.ts';
import { addOrganizationsOption, type OrganizationsOptions } from './organizations.ts';
import type { MappingFileOptions } from './pending/mapping-files.ts';

/** Options of commands that compare both sides. */
export interface RefreshOptions
  extends ConnectionOptions,
    MappingFileOptions,
    MatchingOptions,
    Pick<OrganizationsOptions, 'organizations'> {
  readonly acceptVanished?: boolean | undefined;
  readonly azureTenants?: boolean | undefined;
  readonly websites?: boolean | undefined;
}

/** Adds them. */
export function addRefreshOptions(command: Command): void {
  addConnectionOptions(command);
  addMappingOption(command);
  addOrganizationsOption(command);
  addCardinalityOption(command)
    .option('--accept-vanished', 'take rows that vanished in great number for deleted')
    .option('--azure-tenants', 'compare Microsoft tenants (column azure_tenant_id), for one more request')
    .option('--websites', 'compare websites (column domains); newer Halo versions');
}
