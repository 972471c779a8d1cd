import { describeRows } from './describe-rows.ts';
import { answerRows } from './rows/answers.ts';

describeRows(answerRows);
