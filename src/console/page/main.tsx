import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import './styles/table.css';
import './styles/details.css';
import './styles/chart.css';
import './styles/dialogs.css';
import './styles/connection.css';
import './styles/print.css';
import { render } from 'preact';
import { takeTab, takeToken } from './state/access.ts';
import { ApiError, openApi } from './state/api.ts';
import { openConsole } from './state/console.ts';
import { showProblem } from './state/notices.ts';
import { followTheme } from './state/theme.ts';
import { App } from './views/app.tsx';
import { NoKey } from './views/no-key.tsx';

const root = document.getElementById('app')!;
followTheme();
const token = takeToken();
if (token === null) {
  render(<NoKey />, root);
} else {
  openApi(token, await takeTab());
  render(<App />, root);
  await openConsole().catch((error: unknown) => {
    // A tab that was open before the console was started anew.
    if (error instanceof ApiError && error.status === 401) render(<NoKey />, root);
    else showProblem(error);
  });
}
