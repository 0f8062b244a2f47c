// Reads one service of a simulated Google Cloud with Google's own client for Node, over REST, and prints its settings as JSON.
//   node read.mjs http://127.0.0.1:8085 projects/acme-prod/locations/europe-west1/services/checkout
import gaxRun from '@google-cloud/run';
import { GoogleAuth, OAuth2Client } from 'google-auth-library';

// Not on Google Cloud: do not look for its metadata server.
process.env.METADATA_SERVER_DETECTION = 'none';

const address = new URL(process.argv[2]);
const name = process.argv[3];

// A token that is never checked: the client insists on having one.
const authClient = new OAuth2Client();
authClient.setCredentials({ access_token: 'ana.ruiz@acme.example', expiry_date: Date.now() + 3_600_000 });
const projectId = name.split('/')[1];
const services = new gaxRun.v2.ServicesClient({
  fallback: true,
  protocol: 'http',
  apiEndpoint: address.hostname,
  port: Number(address.port),
  projectId,
  auth: new GoogleAuth({ authClient, projectId }),
});

const [service] = await services.getService({ name });
const container = service.template.containers.find((c) => c.ports?.length > 0) ?? service.template.containers[0];
console.log(JSON.stringify({
  cpuIdle: container.resources.cpuIdle,
  startupCpuBoost: container.resources.startupCpuBoost,
  limits: container.resources.limits,
  concurrency: service.template.maxInstanceRequestConcurrency,
  timeoutSeconds: Number(service.template.timeout.seconds),
  minInstances: service.scaling?.minInstanceCount ?? 0,
  maxInstances: service.scaling?.maxInstanceCount ?? 0,
  latestReadyRevision: service.latestReadyRevision.split('/').pop(),
}));
process.exit(0);
