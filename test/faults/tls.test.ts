import { describeRows } from './describe-rows.ts';
import { tlsRows } from './rows/tls.ts';

describeRows(tlsRows);
