import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/table.css';
import './styles/details.css';
import './styles/report.css';
import { render } from 'preact';
import type { ReportData } from '../report-data.ts';
import { followTheme } from './state/theme.ts';
import { ReportView } from './views/report-view.tsx';

const data = JSON.parse(document.getElementById('data')!.textContent) as ReportData;
const root = document.getElementById('report')!;
root.replaceChildren();
followTheme();
render(<ReportView data={data} />, root);
