/** Areas of the texts: what an id begins with. */
const AREAS = [
  ...['code', 'rule', 'finding', 'evidence', 'panel', 'log', 'cli', 'options'],
  ...['unit', 'cause', 'verdict', 'threshold'],
];

/** Small areas, each of one list of names: an id may be made from the name alone. */
const LISTS = /^(unit|cause|verdict|threshold)_$/;

/** A string literal that names a message. */
export const NAMES_MESSAGE = new RegExp(`^(${AREAS.join('|')})_[A-Za-z0-9_]*[A-Za-z0-9]$`);

const TEMPLATE = new RegExp(
  `\`((?:${AREAS.join('|')})_[A-Za-z0-9_]*(?:\\$\\{[^}\`]*\\}[A-Za-z0-9_]*)+)\``,
  'g',
);

/**
 * What the ids look like that template literals of the sources make, such as
 * `code_retry_${…}`. The fixed part must say more than the area, else any text
 * of it would count as used; where it does not, the sources must name the ids.
 */
export function idsMadeIn(source: string): readonly RegExp[] {
  return [...source.matchAll(TEMPLATE)].flatMap(([, template]) => {
    const parts = template!.split(/\$\{[^}]*\}/);
    const fixed = parts.join('');
    const area = /^[a-z]+_/.exec(fixed)?.[0] ?? '';
    if (fixed === area && !LISTS.test(area)) return [];
    return [new RegExp(`^${parts.join('\\w+')}$`)];
  });
}
