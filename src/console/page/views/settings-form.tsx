import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FieldProblem, InstanceState, SettingsForm } from '../../api-types.ts';
import { consoleState } from '../state/console.ts';
import { showProblem } from '../state/notices.ts';
import { checkForm, isVerifying, saveForm } from '../state/verification.ts';
import { TextField } from './text-field.tsx';

type TextName = 'resourceServer' | 'clientId' | 'tenantId' | 'authServer' | 'clientSecret';

/** Fields in the order and with the labels of the integration's own screen. */
const FIELDS: readonly { readonly name: TextName; readonly label: string; readonly example: string }[] = [
  { name: 'resourceServer', label: 'Resource Server Hostname', example: 'example.halopsa.com' },
  { name: 'clientId', label: 'Client ID', example: '' },
  { name: 'tenantId', label: 'Tenant ID', example: 'example' },
  { name: 'authServer', label: 'Auth Server Hostname', example: 'left out: the resource server’s /auth' },
  { name: 'clientSecret', label: 'Client Secret', example: '' },
];

/** Typing comes to rest before it is judged. */
const REST_MS = 250;

/** The settings form, checked while it is filled in. */
export function SettingsFormView({ instance }: { instance: InstanceState }) {
  const form = useSignal<SettingsForm>({ ...instance.settings, clientSecret: '' });
  const problems = useSignal<readonly FieldProblem[]>([]);
  const touched = useSignal<ReadonlySet<string>>(new Set());
  const toFile = useSignal(false);
  const withSecret = useSignal(false);
  const set = (change: Partial<SettingsForm>) => {
    form.value = { ...form.value, ...change };
    touched.value = new Set([...touched.value, ...Object.keys(change)]);
  };
  const current = form.value;
  useEffect(() => {
    const timer = setTimeout(() => {
      checkForm(instance.name, current)
        .then((found) => {
          problems.value = found;
        })
        .catch(showProblem);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [instance.name, current]);
  const problemOf = (name: string) =>
    touched.value.has(name) ? (problems.value.find(({ field }) => field === name) ?? null) : null;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    touched.value = new Set([...FIELDS.map(({ name }) => name), 'onPremise', 'allowInsecureHttp']);
    problems.value = await checkForm(instance.name, form.value);
    // On a narrow screen they are below the form.
    document.getElementById('stages-title')?.scrollIntoView({ block: 'nearest' });
    await saveForm(instance.name, form.value, {
      toFile: toFile.value,
      withSecret: toFile.value && withSecret.value,
    });
    // A secret that went in is of no more use here.
    if (problems.value.length === 0) form.value = { ...form.value, clientSecret: '' };
  };
  const credentials = consoleState.value?.demo?.credentials[instance.name];
  const isHttp = /^\s*http:/i.test(current.resourceServer) || /^\s*http:/i.test(current.authServer);
  return (
    <form
      class="card settings"
      aria-labelledby="settings-title"
      onSubmit={(event) => void submit(event).catch(showProblem)}
      noValidate
    >
      <h2 id="settings-title">Connection to Halo</h2>
      <p class="muted">
        In Halo, Configuration › Integrations › HaloPSA API shows these: API Details the servers and the
        tenant, View Applications the rest.
      </p>
      {credentials !== undefined && (
        <p class="note">
          This Halo is embedded. Its values are filled in; spoil one to see how it is found, and{' '}
          <button
            type="button"
            class="link-button"
            onClick={() => {
              form.value = { ...form.value, ...credentials, onPremise: false, allowInsecureHttp: false };
            }}
          >
            fill them in again
          </button>
          .
        </p>
      )}
      {FIELDS.map(({ name, label, example }) => (
        <TextField
          key={name}
          name={name}
          label={label}
          type={name === 'clientSecret' ? 'password' : 'text'}
          placeholder={
            name === 'clientSecret' && instance.hasSecret ? 'known; leave blank to keep it' : example
          }
          value={current[name]}
          isDisabled={name === 'tenantId' && current.onPremise}
          problem={problemOf(name)}
          onInput={(value) => set({ [name]: value })}
          onLeave={() => {
            touched.value = new Set([...touched.value, name]);
          }}
        />
      ))}
      <label class="check">
        <input
          type="checkbox"
          checked={current.onPremise}
          onChange={(event) =>
            set({
              onPremise: event.currentTarget.checked,
              ...(event.currentTarget.checked ? { tenantId: '' } : { allowInsecureHttp: false }),
            })
          }
        />
        Is On-Premise?
      </label>
      {(current.allowInsecureHttp || (current.onPremise && isHttp)) && (
        <label class="check">
          <input
            type="checkbox"
            checked={current.allowInsecureHttp}
            onChange={(event) => set({ allowInsecureHttp: event.currentTarget.checked })}
          />
          Send the secret unencrypted, over http
        </label>
      )}
      <fieldset class="keep">
        <legend>Keep</legend>
        {instance.settingsFile === null ? (
          <p class="muted">In memory, until the console ends.</p>
        ) : (
          <>
            <label class="check">
              <input
                type="checkbox"
                checked={toFile.value}
                onChange={(event) => {
                  toFile.value = event.currentTarget.checked;
                }}
              />
              <span>
                Write the settings to <code>{instance.settingsFile}</code> when they work
              </span>
            </label>
            <label class="check">
              <input
                type="checkbox"
                checked={withSecret.value}
                disabled={!toFile.value}
                onChange={(event) => {
                  withSecret.value = event.currentTarget.checked;
                }}
              />
              The client secret too; only you may read the file (mode 0600)
            </label>
          </>
        )}
      </fieldset>
      <button type="submit" class="button primary" disabled={isVerifying.value}>
        {isVerifying.value ? 'Verifying…' : 'Save configuration'}
      </button>
    </form>
  );
}
