import { cases } from './abnormal-closure.cases.ts';
import { checkRule } from './check-rule.ts';

checkRule(cases);
