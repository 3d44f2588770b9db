import { checkRule } from './check-rule.ts';
import { cases } from './silent-idle-timeout.cases.ts';

checkRule(cases);
