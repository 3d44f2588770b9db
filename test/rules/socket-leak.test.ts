import { checkRule } from './check-rule.ts';
import { cases } from './socket-leak.cases.ts';

checkRule(cases);
