// A page with React in strict mode, and one with axios, around one client.
import { attach } from '@portcullis/client/axios';
import { useSession } from '@portcullis/client/react';
import { createSessionClient, type SessionClientOptions } from '@portcullis/client';
import axios, { type AxiosInstance } from 'axios';
import { createElement, StrictMode, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { TestWindow } from './page.js';

export interface LibrariesWindow extends TestWindow {
  axios: AxiosInstance;
  root: Root;
  renders: number;
}

const test = globalThis as unknown as LibrariesWindow;
const options = JSON.parse(
  new URLSearchParams(location.hash.slice(1)).get('client') ?? '{}',
) as SessionClientOptions;
const client = createSessionClient(options);

test.client = client;
test.axios = axios.create({ baseURL: String(options.baseUrl) });
attach(test.axios, client);
test.renders = 0;

function Who(): ReactNode {
  const { state, session } = useSession(client);
  test.renders++;
  return createElement('p', { id: 'who' }, `${state} ${session?.user.email ?? 'nobody'}`);
}

const root = document.querySelector('#root');
if (root) {
  test.root = createRoot(root);
  test.root.render(createElement(StrictMode, null, createElement(Who)));
}
