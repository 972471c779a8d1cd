import { describeRows } from './describe-rows.ts';
import { fileRows } from './rows/files.ts';

describeRows(fileRows);
