import { activeInstance } from '../state/console.ts';
import { SettingsFormView } from './settings-form.tsx';
import { VerifyStages } from './verify-stages.tsx';

/** Where a Halo is and how to sign in, and whether that works. */
export function ConnectionView() {
  const instance = activeInstance.value;
  if (instance === null) return null;
  return (
    <div class="connection">
      <SettingsFormView instance={instance} />
      <VerifyStages instance={instance} />
    </div>
  );
}
