import { checkRule } from './check-rule.ts';
import { cases } from './going-away-by-page.cases.ts';

checkRule(cases);
