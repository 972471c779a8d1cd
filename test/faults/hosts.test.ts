import { describeRows } from './describe-rows.ts';
import { hostRows } from './rows/hosts.ts';

describeRows(hostRows);
