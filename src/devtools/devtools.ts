import browser from 'webextension-polyfill';

// The leading slash: Firefox resolves these relative to this page.
await browser.devtools.panels.create('WebSocket Close', '/icons/32.png', '/src/panel/panel.html');
