import { checkRule } from './check-rule.ts';
import { cases } from './reconnection-storm.cases.ts';

checkRule(cases);
