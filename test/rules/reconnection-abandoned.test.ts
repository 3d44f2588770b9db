import { checkRule } from './check-rule.ts';
import { cases } from './reconnection-abandoned.cases.ts';

checkRule(cases);
