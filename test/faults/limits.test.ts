import { describeRows } from './describe-rows.ts';
import { limitRows } from './rows/limits.ts';

describeRows(limitRows);
