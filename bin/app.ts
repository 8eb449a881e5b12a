import { connectorApp } from '../lib/infra/connector-app.ts';

connectorApp();
