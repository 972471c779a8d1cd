import {
  type HaloConfig,
  type HaloConfigError,
  type VerificationReport,
  verifyConnection,
} from '../index.ts';

/**
 * Returns the report of a Halo whose settings cannot be used, naming each as it was given: by its variable, or by its name
 * in a file.
 */
export async function reportUnusable({ issues }: HaloConfigError): Promise<VerificationReport> {
  // Settings without anything stop at the same stage; only what is wrong is another thing.
  const report = await verifyConnection({} as HaloConfig);
  const observed = issues.map(({ field, message }) => `${field} ${message}`).join('; ');
  const fix = [...new Set(issues.map(({ hint }) => hint))].join(' ');
  return {
    ...report,
    issues: [...issues],
    stages: report.stages.map((stage) => (stage.id === 'address' ? { ...stage, observed, fix } : stage)),
  };
}
