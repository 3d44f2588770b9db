import type { Session } from '../session.ts';
import { t } from '../words.ts';

/** Names of the open sessions, in their order; equal ones are numbered: `log.json (2)`. */
export function namesOf(sessions: readonly Session[]): readonly string[] {
  const seen = new Map<string, number>();
  return sessions.map((session) => {
    const name = nameOf(session);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function nameOf(session: Session): string {
  if (session.live) return t('panel_session_live');
  return session.name || t('panel_session_empty');
}
