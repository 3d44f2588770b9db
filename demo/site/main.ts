import { groupTitles, type Scenario, type ScenarioGroup, scenarios } from '../scenarios.ts';
import { clients } from './clients.ts';
import { socketUrl } from './sockets.ts';

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

const runs = new Map<string, () => void>();

function card(scenario: Scenario): HTMLElement {
  const log = element('ol', 'log');
  log.setAttribute('aria-label', `What the page saw: ${scenario.title}`);
  const heading = element('h3', '', scenario.title);
  const footer = element('p', 'action');
  const made = element(
    'article',
    'card',
    heading,
    element('p', 'what', scenario.what),
    footer,
    log,
  );
  made.id = scenario.id;
  if (scenario.href !== undefined) {
    const link = element('a', 'button', 'Open');
    link.href = scenario.href;
    link.setAttribute('aria-label', `Open: ${scenario.title}`);
    footer.append(link);
    return made;
  }
  const say = (text: string) => {
    const time = new Date().toISOString().slice(17, 22);
    log.append(element('li', '', element('time', '', time), ` ${text}`));
    while (log.children.length > 4) log.firstElementChild?.remove();
  };
  const button = element('button', 'button', 'Run');
  button.type = 'button';
  button.setAttribute('aria-label', `Run: ${scenario.title}`);
  const start = () => {
    made.classList.add('ran');
    clients[scenario.id]?.({ url: socketUrl(scenario), say });
  };
  button.addEventListener('click', start);
  runs.set(scenario.id, start);
  footer.append(button);
  return made;
}

const main = document.querySelector('main') as HTMLElement;
for (const [group, title] of Object.entries(groupTitles) as [ScenarioGroup, string][]) {
  const cards = scenarios.filter((each) => each.group === group).map(card);
  const heading = element('h2', '', title);
  heading.id = `group-${group}`;
  const section = element('section', '', heading, element('div', 'cards', ...cards));
  section.setAttribute('aria-labelledby', heading.id);
  main.append(section);
}

// `?run=one,two` starts these with the page, as sockets that were there before DevTools.
const wanted = new URLSearchParams(location.search).get('run');
for (const id of wanted?.split(',') ?? []) runs.get(id)?.();
