import { startDemo } from './server.ts';

const demo = await startDemo(Number(process.env.PORT ?? 8008));
console.log(`The misbehaving site: ${demo.origin} (another origin: ${demo.otherOrigin})`);
