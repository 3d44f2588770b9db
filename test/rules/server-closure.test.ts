import { checkRule } from './check-rule.ts';
import { cases } from './server-closure.cases.ts';

checkRule(cases);
