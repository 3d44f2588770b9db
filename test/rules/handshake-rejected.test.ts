import { checkRule } from './check-rule.ts';
import { cases } from './handshake-rejected.cases.ts';

checkRule(cases);
