import { describeRows } from './describe-rows.ts';
import { transportRows } from './rows/transport.ts';

describeRows(transportRows);
