import { describeRows } from './describe-rows.ts';
import { tokenRows } from './rows/token.ts';

describeRows(tokenRows);
